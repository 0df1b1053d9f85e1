import { type Leaf, readBrackets } from '../brackets.js';
import { coercePart } from '../coerce.js';
import { delimiterOf, type Escaping, readDelimited, splitAt } from '../delimited.js';
import { isList, isRecord, type Shape } from '../shape.js';
import type { Violation } from '../violation.js';
import type { Encoding, Encodings } from './encoding.js';

/** A text by its name, as forms have them. */
export interface Pair {
  readonly name: string;
  readonly value: string;
  /** Not decoded, for delimiters that stand unencoded. */
  readonly raw: string;
}

/** How the texts of a form are escaped. */
export interface Escaped {
  readonly escaping: Escaping;
  readonly decode: (text: string) => string;
}

/** The properties that pairs are, typed by their schemas, and what is wrong with them. */
export function readPairs(
  pairs: readonly Pair[],
  shape: Shape,
  encodings: Encodings,
  escaped: Escaped,
): { readonly members: ReadonlyMap<string, unknown>; readonly violations: readonly Violation[] } {
  const properties = shape.properties();
  const byName = new Map<string, Pair[]>();
  /** What is written in brackets: `address[city]=Paris`, `tags[]=a`. */
  const branches = new Map<string, Leaf[]>();
  for (const pair of pairs) {
    const [root, keys] = properties.has(pair.name) ? [pair.name, []] : inBrackets(pair.name);
    if (keys.length === 0) add(byName, root, pair);
    else add(branches, root, { keys, text: pair.value });
  }
  const members = new Map<string, unknown>();
  for (const [name, leaves] of branches) members.set(name, readBrackets(leaves, shape.property(name)));
  const violations: Violation[] = [];
  for (const [name, same] of byName) {
    const owner = properties.has(name) ? undefined : spreadOwner(shape, encodings, name);
    const property = owner ? shape.property(owner).property(name) : shape.property(name);
    const isDocumented = owner !== undefined || properties.has(name);
    const found = readMember(same, property, owner ? encodings('') : encodings(name), escaped, isDocumented);
    if (found === 'duplicate') violations.push(duplicate(name, same.length));
    else if (owner) members.set(owner, { ...(members.get(owner) as object), [name]: found.value });
    else members.set(name, found.value);
  }
  return { members, violations };
}

export function duplicate(name: string, count: number): Violation {
  const pointer = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  return { location: 'body', pointer, keyword: 'duplicate', message: `was sent ${count} times` };
}

/** `address[city]` taken apart; a name without brackets is a root without keys. */
export function inBrackets(name: string): readonly [root: string, keys: readonly string[]] {
  const [, root, rest = ''] = /^([^[\]]+)((?:\[[^[\]]*\])+)$/.exec(name) ?? [];
  return root === undefined ? [name, []] : [root, rest.slice(1, -1).split('][')];
}

/** The object whose own members are pairs of the form: `style: form` with `explode`, as RFC 6570 has it. */
export function spreadOwner(shape: Shape, encodings: Encodings, name: string): string | undefined {
  for (const [owner, property] of shape.properties()) {
    const { style, explode } = encodings(owner);
    if (style === 'form' && explode && isRecord(property) && property.properties().has(name)) return owner;
  }
  return undefined;
}

function add<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

function readMember(
  pairs: readonly Pair[],
  shape: Shape,
  { style, explode, contentTypes, itemDelimiters }: Encoding,
  { escaping, decode }: Escaped,
  isDocumented: boolean,
): { readonly value: unknown } | 'duplicate' {
  const [first, second] = pairs as [Pair, ...Pair[]];
  const delimiter = style === undefined || explode ? undefined : delimiterOf(style);
  const nesting = { delimiters: itemDelimiters, escaping };
  if (isList(shape)) {
    if (!second && delimiter !== undefined)
      return {
        value: partsOf(first.raw, delimiter, { escaping, decode }).map((raw, index) =>
          readDelimited(raw, shape.itemAt(index), decode, nesting),
        ),
      };
    const isJson = !second && (contentTypes.some(isJsonType) || /^\s*\[/.test(first.value));
    const list = isJson ? jsonOf(first.value) : undefined;
    return {
      value: Array.isArray(list)
        ? list
        : pairs.map(({ raw }, index) => readDelimited(raw, shape.itemAt(index), decode, nesting)),
    };
  }
  if (second)
    return isDocumented && shape.types().length > 0 ? 'duplicate' : { value: pairs.map(({ value }) => value) };
  const parts =
    isRecord(shape) && delimiter !== undefined ? partsOf(first.raw, delimiter, { escaping, decode }) : undefined;
  if (parts && parts.length > 1 && !/^\s*\{/.test(first.value)) {
    const texts = parts.map(decode);
    return {
      value: Object.fromEntries(
        texts.flatMap((name, index) =>
          index % 2 === 0 ? [[name, coercePart(texts[index + 1] ?? '', shape.property(name))]] : [],
        ),
      ),
    };
  }
  return { value: coercePart(first.value, shape) };
}

/** Many clients encode each comma; where there is none that is not, those that are count as delimiters. */
function partsOf(raw: string, delimiter: string, { escaping, decode }: Escaped): string[] {
  const parts = splitAt(raw, delimiter, escaping);
  return parts.length !== 1 || escaping === 'none' ? parts : decode(raw).split(delimiter).map(encodeURIComponent);
}

const isJsonType = (type: string) => /\bjson\b/.test(type);

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
