import { createRequire } from 'node:module';
import { CORE_SCHEMA, load } from 'js-yaml';
import type { Node as JsonNode, ParseError } from 'jsonc-parser';
import type { Alias, Document, LineCounter, Node } from 'yaml';
import type { Diagnostic } from './diagnostic.js';
import { DocumentError } from './document-error.js';
import { isTooDeep, nestingMax, tooDeepAt } from './nesting.js';
import type { Place } from './place.js';

/** The parsers that know places take longer to load than most documents to read, and are seldom needed. */
const require = createRequire(import.meta.url);
const jsonc = () => require('jsonc-parser') as typeof import('jsonc-parser');
const yaml = () => require('yaml') as typeof import('yaml');

/** A text in JSON or YAML, its value, and a way back from the value to the text. */
export interface Source {
  readonly file: string;
  readonly text: string;
  readonly value: unknown;
  readonly warnings: readonly Diagnostic[];
  /** Of JSON, what stands twice in its object: to find that takes as long as to read it again. */
  readonly repeatedKeys?: () => readonly Diagnostic[];
  /** The place of the value at `keys`: of its name, where it is a property. The nearest ancestor where there is no such value. */
  readonly locate: (keys: readonly string[]) => Place;
}

export interface SourceText {
  readonly file: string;
  readonly text: string;
  readonly format: 'json' | 'yaml';
  /** Lines of the file before the text's first, for text inside a page. */
  readonly linesBefore?: number;
  readonly columnsBefore?: number;
}

/**
 * Parses a text. JSON goes through `JSON.parse`; a positional parser reads it again only when a place must be named.
 *
 * @throws DocumentError with the place of the first syntax error.
 */
export function parseSource(source: SourceText): Source {
  return source.format === 'json' ? parseJson(source) : parseYaml(source);
}

function placeAt(source: SourceText, line: number, column: number): Place {
  return { file: source.file, line: line + (source.linesBefore ?? 0), column: column + (source.columnsBefore ?? 0) };
}

/** @throws DocumentError where a text is nested too deeply. */
function refuseDeep(
  { text, format }: Pick<SourceText, 'text' | 'format'>,
  at: (offset: number) => Place,
  otherwise?: number,
): void {
  const offset = tooDeepAt(text, format) ?? otherwise;
  if (offset !== undefined)
    throw DocumentError.at(
      at(offset),
      'nesting',
      `this is nested too deeply: expected at most ${nestingMax} levels`,
      'name what is deep, under `components`, and refer to it',
    );
}

function parseJson(source: SourceText): Source {
  const text = source.text.replace(/^\uFEFF/, '');
  let lines: LineCounter | undefined;
  const at = (offset: number) => {
    lines ??= lineCounter(text);
    const { line, col } = lines.linePos(offset);
    return placeAt(source, line, col);
  };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    refuseDeep({ text, format: 'json' }, at);
    const errors: ParseError[] = [];
    const { parse, printParseErrorCode } = jsonc();
    parse(text, errors, { allowTrailingComma: false, disallowComments: true });
    const [first] = errors;
    const name = first ? printParseErrorCode(first.error) : 'not JSON';
    const [what, advice] = jsonErrors(text, name, first?.offset ?? 0);
    throw DocumentError.at(at(first?.offset ?? 0), 'syntax', `this is not JSON: ${what}`, advice);
  }
  if (isTooDeep(value)) refuseDeep({ text, format: 'json' }, at);
  let tree: JsonNode | undefined;
  return {
    file: source.file,
    text,
    value,
    warnings: [],
    repeatedKeys: () => repeatedIn(text).map((offset) => repeatedKey(at(offset))),
    locate: (keys) => {
      // To know where a document starts, a long one need not be read again.
      if (keys.length === 0) return at(text.search(/\S/));
      tree ??= jsonc().parseTree(text);
      return at(tree === undefined ? 0 : offsetInJson(tree, keys));
    },
  };
}

const repeatedKey = (place: Place): Diagnostic => ({
  severity: 'warning',
  rule: 'duplicate-key',
  message: 'this key stands twice in its mapping; the last one counts',
  advice: 'remove one',
  place,
});

/** Offsets of the names in JSON that their object has already. */
function repeatedIn(text: string): number[] {
  const offsets: number[] = [];
  const objects: Set<string>[] = [];
  jsonc().visit(text, {
    onObjectBegin: () => {
      objects.push(new Set());
    },
    onObjectProperty: (name, offset) => {
      const names = objects.at(-1);
      if (names?.has(name)) offsets.push(offset);
      names?.add(name);
    },
    onObjectEnd: () => {
      objects.pop();
    },
  });
  return offsets;
}

/** What is wrong in words, and the way out, by the name that the parser has for it. */
function jsonErrors(text: string, name: string, offset: number): readonly [what: string, advice: string] {
  if (text.trim() === '') return ['the file is empty', 'write a document'];
  if (name === 'InvalidCommentToken') return ['it has no comments', 'remove them, or name the file .yaml'];
  if (/,\s*$/.test(text.slice(0, offset)) && /^[}\]]/.test(text.slice(offset)))
    return ['a comma stands before the end', 'remove the comma'];
  return [name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase(), 'correct the syntax'];
}

/** Offset of the property or the item that `keys` lead to, or of the nearest ancestor. */
function offsetInJson(tree: JsonNode, keys: readonly string[]): number {
  let node = tree;
  let { offset } = tree;
  for (const key of keys) {
    const child: JsonNode | undefined =
      node.type === 'array'
        ? node.children?.[Number(key)]
        : node.children?.findLast(({ children: [name] = [] }) => name?.value === key);
    if (!child) break;
    offset = child.offset;
    const value: JsonNode | undefined = child.type === 'property' ? child.children?.[1] : child;
    if (!value) break;
    node = value;
  }
  return offset;
}

function lineCounter(text: string): LineCounter {
  const lines = new (yaml().LineCounter)();
  lines.addNewLine(0);
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines.addNewLine(at + 1);
  return lines;
}

/** What only the thorough parser reads: anchors, merge keys, tags of one's own. */
const intricate = /(?:^|[\s,[{:-])(?:&[\w-]+(?:\s|$)|<<\s*:|![\w!<])/m;

/**
 * Most documents are plain, and one parser reads them several times as fast as the other, which knows places and says what
 * is wrong: that one reads the rest, and a plain one again when a place must be named.
 */
function parseYaml(source: SourceText): Source {
  if (intricate.test(source.text)) return parseIntricateYaml(source);
  let value: unknown;
  try {
    value = load(source.text, { schema: CORE_SCHEMA });
  } catch {
    return parseIntricateYaml(source);
  }
  if (isTooDeep(value)) return parseIntricateYaml(source);
  let thorough: Source | undefined;
  return {
    file: source.file,
    text: source.text,
    value,
    warnings: [],
    locate: (keys) => {
      thorough ??= parseIntricateYaml(source);
      return thorough.locate(keys);
    },
  };
}

function parseIntricateYaml(source: SourceText): Source {
  const { LineCounter, parseDocument } = yaml();
  const lines = new LineCounter();
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return placeAt(source, Math.max(line, 1), Math.max(col, 1));
  };
  const document: Document = parseDocument(source.text, { lineCounter: lines, merge: true, logLevel: 'error' });
  const broken = document.errors.filter((error) => error.code !== 'DUPLICATE_KEY');
  if (broken[0]) {
    // It goes down itself, and where the text does so for too long it only says that it ran out of stack.
    if (/call stack/.test(broken[0].message)) refuseDeep(source, at);
    const message =
      broken[0].code === 'MULTIPLE_DOCS'
        ? 'a second document starts here'
        : broken[0].message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '');
    throw DocumentError.at(at(broken[0].pos[0]), 'syntax', `this is not YAML: ${message}`, 'correct the syntax');
  }
  const aliases = aliasesIn(document);
  let value: unknown;
  try {
    value = document.toJS();
    // An overlay must be able to change what an alias repeats without changing what its anchor names.
    if (aliases.length > 0) value = JSON.parse(JSON.stringify(value));
  } catch (error) {
    if (error instanceof RangeError) refuseDeep(source, at);
    const circular = aliases.find((alias) => isInside(alias, alias.resolve(document)));
    if (circular)
      throw DocumentError.at(
        at(circular.range?.[0] ?? 0),
        'syntax',
        `this alias, "${circular.source}", stands in what it repeats, and so has no end`,
        'refer to it by `$ref`',
      );
    const culprit = aliases.find((alias) => !alias.resolve(document)) ?? aliases[0];
    const [message = ''] = (error as Error).message.split('\n');
    throw DocumentError.at(
      at(culprit?.range?.[0] ?? 0),
      'syntax',
      `this YAML can't be read: ${/^Excessive alias/.test(message) ? 'its aliases repeat too much, and each other' : message}`,
      'correct its anchors and aliases',
    );
  }
  // Aliases may make more of it than stands there.
  if (isTooDeep(value)) refuseDeep(source, at, 0);
  return {
    file: source.file,
    text: source.text,
    value,
    warnings: document.errors.map((error) => repeatedKey(at(error.pos[0]))),
    locate: (keys) => at(offsetOf(document, keys)),
  };
}

function isInside(alias: Alias, node: Node | undefined): boolean {
  const [at = 0] = alias.range ?? [];
  const [start = 0, , end = 0] = node?.range ?? [];
  return node !== undefined && start <= at && at < end;
}

function aliasesIn(document: Document): Alias[] {
  const aliases: Alias[] = [];
  yaml().visit(document, {
    Alias: (_key, alias) => {
      aliases.push(alias);
    },
  });
  return aliases;
}

/** Offset of the key (in a mapping) or the item (in a sequence) that `keys` lead to, or of the nearest ancestor. */
function offsetOf(document: Document, keys: readonly string[]): number {
  const { isMap, isPair, isScalar, isSeq } = yaml();
  let node: unknown = document.contents;
  let offset = (document.contents as Node | null)?.range?.[0] ?? 0;
  for (const key of keys) {
    if (isMap(node)) {
      const pair = node.items.findLast((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === key);
      if (!pair) break;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(key)];
      if (!node) break;
      offset = (node as Node).range?.[0] ?? offset;
    } else break;
    if (node && typeof node === 'object' && 'resolve' in node)
      node = (node as { resolve(d: Document): unknown }).resolve(document);
  }
  return offset;
}
