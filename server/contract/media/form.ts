import { isObject } from '../../documents/index.js';
import type { Violation } from '../violation.js';
import { decodeText } from './charset.js';
import type { Codec, CodecContext } from './codec.js';
import { coerceDeep, textOf } from './coerce.js';
import { type Encoding, type Encodings, readEncodings } from './encoding.js';
import { readAs, unread } from './reading.js';
import { isList, isRecord, type Shape } from './shape.js';

/** `application/x-www-form-urlencoded` (WHATWG URL §5): the value is an object of the names, each typed by its schema. */
export function createFormCodec(context: CodecContext): Codec {
  const { shape } = context;
  const encodings = readEncodings(context);
  return {
    read: (content, contentType) => {
      const decoded = decodeText(content, contentType);
      if ('failure' in decoded) return decoded.failure;
      const types = shape.types();
      if (types.length > 0 && !types.includes('object'))
        return types.includes('string') ? readAs(decoded.text) : unread;
      return readForm(decoded.text, shape, encodings);
    },
    adopt: (parsed) => adopt(parsed, shape),
    write: (value) => {
      if (typeof value === 'string') return Buffer.from(value);
      const members = Object.entries(isObject(value) ? value : {});
      return Buffer.from(members.flatMap(([name, member]) => writeMember(name, member, encodings(name))).join('&'));
    },
  };
}

interface Pair {
  readonly name: string;
  readonly value: string;
  /** Not decoded, for separators that stand unencoded. */
  readonly raw: string;
}

function pairsOf(text: string): Pair[] {
  return text.split('&').flatMap((part) => {
    if (part === '') return [];
    const [name = '', raw = ''] = part.split(/=(.*)/s);
    return [{ name: decode(name), value: decode(raw), raw }];
  });
}

/** Percent signs that encode nothing stand for themselves (WHATWG URL §1.3). */
function decode(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return new URLSearchParams(`a=${text}`).get('a') ?? spaced;
  }
}

function readForm(text: string, shape: Shape, encodings: Encodings) {
  const properties = shape.properties();
  const byName = new Map<string, Pair[]>();
  /** What is written in brackets: `address[city]=Paris`, `tags[]=a`. */
  const branches = new Map<string, { path: string[]; value: string }[]>();
  for (const pair of pairsOf(text)) {
    const [, root = '', rest = ''] = /^([^[\]]+)((?:\[[^[\]]*\])+)$/.exec(pair.name) ?? [];
    if (root !== '' && !properties.has(pair.name)) {
      const path = [...rest.matchAll(/\[([^[\]]*)\]/g)].map(([, key = '']) => key);
      add(branches, root, { path, value: pair.value });
    } else add(byName, pair.name, pair);
  }
  const violations: Violation[] = [];
  const members = new Map<string, unknown>();
  for (const [name, leaves] of branches)
    members.set(name, plant(leaves, properties.get(name) ?? shape.additional(), 0));
  const spread = spreadObject(properties, encodings);
  for (const [name, pairs] of byName) {
    const owner = !properties.has(name) && spread?.[1].properties().has(name) ? spread : undefined;
    const property = owner ? owner[1].properties().get(name) : properties.get(name);
    const found = readMember(pairs, property ?? shape.additional(), encodings(name), property !== undefined);
    if (found === 'duplicate')
      violations.push({
        location: 'body',
        pointer: `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
        keyword: 'duplicate',
        message: `was sent ${pairs.length} times`,
      });
    else if (owner) members.set(owner[0], { ...(members.get(owner[0]) as object), [name]: found.value });
    else members.set(name, found.value);
  }
  return readAs(Object.fromEntries(members), violations);
}

function add<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

/** The object whose own members are pairs of the form: `style: form` with `explode`, as RFC 6570 has it. */
function spreadObject(properties: ReadonlyMap<string, Shape>, encodings: Encodings): [string, Shape] | undefined {
  return [...properties].find(([name, property]) => {
    const { style, explode } = encodings(name);
    return style === 'form' && explode && isRecord(property);
  });
}

const separators: Readonly<Record<string, RegExp>> = {
  form: /,|%2C/i,
  spaceDelimited: /%20|\+/,
  pipeDelimited: /\||%7C/i,
};

function readMember(
  pairs: readonly Pair[],
  shape: Shape,
  { style, explode, contentTypes }: Encoding,
  isDocumented: boolean,
): { value: unknown } | 'duplicate' {
  const [first] = pairs as [Pair];
  const types = shape.types();
  if (isList(shape)) {
    const separator = explode ? undefined : separators[style ?? 'form'];
    const [only] = pairs;
    if (pairs.length === 1 && only && separator)
      return {
        value: only.raw === '' ? [] : only.raw.split(separator).map((raw) => scalar(decode(raw), shape.items())),
      };
    const json = pairs.length === 1 && (contentTypes.some(isJsonType) || /^\s*\[/.test(first.value));
    const list = json ? jsonOf(first.value) : undefined;
    return { value: Array.isArray(list) ? list : pairs.map(({ value }) => scalar(value, shape.items())) };
  }
  if (pairs.length > 1)
    return isDocumented && types.length > 0 ? 'duplicate' : { value: pairs.map(({ value }) => value) };
  if (isRecord(shape) && style !== undefined && !explode && /,|%2C/i.test(first.raw)) {
    const parts = first.raw.split(separators[style] ?? ',').map(decode);
    return {
      value: Object.fromEntries(
        parts.flatMap((name, index) =>
          index % 2 === 0 ? [[name, scalar(parts[index + 1] ?? '', shape.properties().get(name))]] : [],
        ),
      ),
    };
  }
  return { value: scalar(first.value, shape) };
}

const isJsonType = (type: string) => /\bjson\b/.test(type);

const scalar = (text: string, shape: Shape | undefined): unknown => coerceDeep(text, shape?.types() ?? []);

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Deeper brackets than this are nobody's. */
const depthMax = 20;

function plant(leaves: readonly { path: readonly string[]; value: string }[], shape: Shape, depth: number): unknown {
  const last = leaves.at(-1);
  if (!last) return undefined;
  if (last.path.length === 0 || depth > depthMax) return scalar(last.value, shape);
  const isArray = isList(shape) || leaves.every(({ path: [key] }) => key === '' || /^\d+$/.test(key ?? ''));
  const groups = new Map<string, { path: readonly string[]; value: string }[]>();
  for (const [index, { path, value }] of leaves.entries()) {
    const [key = '', ...path_] = path;
    // Each `[]` is an item of its own.
    const group = key === '' ? `#${index}` : key;
    add(groups, group, { path: path_, value });
  }
  if (isArray) return [...groups.values()].map((group) => plant(group, shape.items(), depth + 1));
  return Object.fromEntries(
    [...groups].map(([key, group]) => [
      key,
      plant(group, shape.properties().get(key) ?? shape.additional(), depth + 1),
    ]),
  );
}

/** What a body parser made of a form, typed: it knows text only. */
export function adopt(parsed: unknown, shape: Shape): unknown {
  if (isList(shape)) return (Array.isArray(parsed) ? parsed : [parsed]).map((item) => adopt(item, shape.items()));
  if (typeof parsed === 'string') return scalar(parsed, shape);
  if (!isObject(parsed)) return parsed;
  return Object.fromEntries(
    Object.entries(parsed).map(([name, member]) => [
      name,
      adopt(member, shape.properties().get(name) ?? shape.additional()),
    ]),
  );
}

const encode = (text: string) => encodeURIComponent(text).replaceAll('%20', '+');
const pair = (name: string, value: unknown) => `${encode(name)}=${encode(textOf(value))}`;

function writeMember(name: string, value: unknown, { style = 'form', explode }: Encoding): string[] {
  if (value === undefined) return [];
  if (style === 'deepObject') return writeBranches(name, value);
  if (Array.isArray(value)) {
    if (value.some((item) => typeof item === 'object' && item !== null) && explode) return [pair(name, value)];
    if (explode) return value.map((item) => pair(name, item));
    const separator = style === 'spaceDelimited' ? '%20' : style === 'pipeDelimited' ? '%7C' : ',';
    return [`${encode(name)}=${value.map((item) => encode(textOf(item))).join(separator)}`];
  }
  return [pair(name, value)];
}

function writeBranches(name: string, value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => writeBranches(`${name}[${index}]`, item));
  if (isObject(value)) return Object.entries(value).flatMap(([key, item]) => writeBranches(`${name}[${key}]`, item));
  return [pair(name, value)];
}
