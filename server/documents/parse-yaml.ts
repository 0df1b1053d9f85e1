import { createRequire } from 'node:module';
import { CORE_SCHEMA, load } from 'js-yaml';
import type { Alias, Document, LineCounter, Node } from 'yaml';
import { DocumentError } from './document-error.js';
import { lineCounter } from './line-counter.js';
import { isTooDeep } from './nesting.js';
import type { Source, SourceText } from './source.js';
import { placeAt, refuseDeep, repeatedKey } from './source-fault.js';
import { placesInYaml } from './yaml-places.js';

/** It takes longer to load than most documents to read, and is seldom needed. */
const yaml = () => createRequire(import.meta.url)('yaml') as typeof import('yaml');

/** What only the thorough parser reads: anchors, merge keys, tags of one's own. */
const intricate = /(?:^|[\s,[{:-])(?:&[\w-]+(?:\s|$)|<<\s*:|![\w!<])/m;

/**
 * Most documents are plain, and one parser reads them several times as fast as the other, which says better what is wrong: that
 * one reads the rest. Where things stand in a plain one is found out when a place must be named.
 */
export function parseYaml(source: SourceText): Source {
  if (intricate.test(source.text)) return parseIntricateYaml(source);
  let value: unknown;
  try {
    value = load(source.text, { schema: CORE_SCHEMA });
  } catch {
    return parseIntricateYaml(source);
  }
  if (isTooDeep(value)) return parseIntricateYaml(source);
  let lines: LineCounter | undefined;
  let places: ReturnType<typeof placesInYaml> | undefined;
  return {
    file: source.file,
    text: source.text,
    value,
    warnings: [],
    locate: (keys) => {
      lines ??= lineCounter(source.text);
      places ??= placesInYaml(source.text);
      const { line, col } = lines.linePos(places(keys));
      return placeAt(source, Math.max(line, 1), Math.max(col, 1));
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
