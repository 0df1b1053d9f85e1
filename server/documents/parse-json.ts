import { createRequire } from 'node:module';
import type { Node as JsonNode, ParseError } from 'jsonc-parser';
import type { LineCounter } from 'yaml';
import { DocumentError } from './document-error.js';
import { lineCounter } from './line-counter.js';
import { isTooDeep } from './nesting.js';
import type { Source, SourceText } from './source.js';
import { placeAt, refuseDeep, repeatedKey } from './source-fault.js';

/** The parsers that know places take longer to load than most documents to read, and are seldom needed. */
const require = createRequire(import.meta.url);
const jsonc = () => require('jsonc-parser') as typeof import('jsonc-parser');

/** @throws DocumentError with the place of the first syntax error. */
export function parseJson(source: SourceText): Source {
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
