import {
  delimiterOf,
  encodeUnreserved,
  escapeDelimiter,
  isJson,
  type Operation,
  type Parameter,
  parsePathKey,
  writeDelimited,
} from '../../server/contract/index.js';
import { isObject } from '../../server/documents/index.js';
import type { Draft } from './draft.js';

/** Parameters as text, by their styles (OpenAPI 3.1.1 §4.8.12.6). */
export function serialize(
  operation: Operation,
  draft: Pick<Draft, 'path' | 'query' | 'header' | 'cookie'>,
): { path: string; query: string[]; headers: Record<string, string> } {
  const documented = (place: Parameter['in'], name: string): Written | undefined =>
    operation.parameters.find((parameter) => parameter.in === place && parameter.name === name);
  const { template, conditions } = parsePathKey(operation.path);
  const path = template.replace(/\{([^}]+)\}/g, (_, name: string) =>
    inText(draft.path[name], documented('path', name) ?? { name, style: 'simple' }, encodeURIComponent),
  );
  const query = Object.entries(draft.query).flatMap(([name, value]) => {
    const whole = documented('querystring', name);
    return whole ? asQuerystring(value, whole) : inPairs(value, documented('query', name) ?? { name, style: 'form' });
  });
  const headers = Object.fromEntries(
    Object.entries(draft.header)
      .filter(([name]) => !ofTheMessage.has(name.toLowerCase()))
      .map(([name, value]) => [
        name.toLowerCase(),
        inText(value, documented('header', name) ?? { name, style: 'simple' }, String),
      ]),
  );
  const cookies = Object.entries(draft.cookie).map(([name, value]) =>
    inCookie(value, documented('cookie', name), name),
  );
  const needed = conditions.flatMap(({ name, value, parameter }) => {
    const isThere =
      name.toLowerCase() in headers || query.some((pair) => pair.split('=')[0] === encodeURIComponent(name));
    const text = parameter === undefined ? value : plain(draft.path[parameter]);
    return isThere ? [] : [text === undefined ? encodeURIComponent(name) : pairOf(name, encodeURIComponent(text))];
  });
  return {
    path,
    query: [...query, ...needed],
    headers: { ...headers, ...(cookies.length > 0 && { cookie: cookies.join('; ') }) },
  };
}

/** What the message itself is framed by (RFC 9112 §6, RFC 9110 §7.2): a made-up value would make another message of it. */
const ofTheMessage = new Set(['content-length', 'transfer-encoding', 'host', 'connection', 'upgrade', 'expect']);

type Written = Pick<Parameter, 'name' | 'style'> &
  Partial<Pick<Parameter, 'explode' | 'mediaType' | 'allowReserved' | 'itemDelimiters'>>;
type Encode = (text: string) => string;

const plain = (value: unknown) => (typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value));
const pairOf = (name: string, text: string) => `${encodeURIComponent(name)}=${text}`;
const content = (value: unknown, mediaType: string) => (isJson(mediaType) ? JSON.stringify(value) : plain(value));

/** What stands between members, and how texts are escaped. */
interface Joint {
  readonly separator: string;
  readonly link: string;
  readonly encode: Encode;
  /** Of the lists in a list, by depth. */
  readonly inner: readonly string[];
}

/** One text for the whole value: in a path, or a header. */
function inText(value: unknown, written: Written, encode: Encode): string {
  const { name, style, explode, mediaType, itemDelimiters = [] } = written;
  const comma: Joint = { separator: ',', link: ',', encode, inner: itemDelimiters };
  if (mediaType !== undefined) return encode(content(value, mediaType));
  if (style === 'label') {
    const encodeDot: Encode = (text) => encode(text).replaceAll('.', '%2E');
    return `.${joined(value, explode ? { separator: '.', link: '=', encode: encodeDot, inner: [] } : comma)}`;
  }
  if (style === 'matrix') {
    const key = encode(name);
    if (!explode || !isCompound(value)) {
      const text = joined(value, comma);
      return text === '' ? `;${key}` : `;${key}=${text}`;
    }
    return Array.isArray(value)
      ? value.map((member) => `;${key}=${encode(plain(member))}`).join('')
      : `;${joined(value, { ...comma, separator: ';', link: '=' })}`;
  }
  const separator = encode(delimiterOf(style)) === '%2C' ? ',' : encode(delimiterOf(style));
  return joined(value, { ...comma, separator, link: explode ? '=' : separator });
}

const isCompound = (value: unknown) => Array.isArray(value) || isObject(value);

function joined(value: unknown, { separator, link, encode, inner }: Joint): string {
  if (Array.isArray(value)) return value.map((member) => itemText(member, encode, inner)).join(separator);
  if (!isObject(value)) return encode(plain(value));
  return Object.entries(value)
    .map(([name, member]) => `${encode(name)}${link}${encode(plain(member))}`)
    .join(separator);
}

/** A member of a list, in a place where texts are escaped as delimiters are, but for the comma. */
const itemText = (member: unknown, encode: Encode, inner: readonly string[]) =>
  writeDelimited(
    member,
    inner,
    (one) => encode(plain(one)),
    (delimiter) => (delimiter === ',' ? delimiter : encode(delimiter)),
  );

/** `name=value`, once or several times. */
function inPairs(value: unknown, written: Written): string[] {
  const { name, style, explode = true, mediaType, allowReserved, itemDelimiters: inner = [] } = written;
  const encode = allowReserved ? encodeUnreserved : encodeURIComponent;
  if (mediaType !== undefined) return [pairOf(name, encode(content(value, mediaType)))];
  if (style === 'deepObject') return deepPairs(name, value, encode);
  if (explode && Array.isArray(value)) return value.map((member) => pairOf(name, itemText(member, encode, inner)));
  if (explode && isObject(value)) return exploded(value, encode);
  const separator = escapeDelimiter(delimiterOf(style));
  return [pairOf(name, joined(value, { separator, link: separator, encode, inner }))];
}

/** Members that are lists have their name several times, as lists of their own would. */
function exploded(value: Readonly<Record<string, unknown>>, encode: Encode): string[] {
  return Object.entries(value).flatMap(([name, member]) =>
    Array.isArray(member)
      ? member.map((one) => pairOf(name, encode(plain(one))))
      : [pairOf(name, encode(plain(member)))],
  );
}

function deepPairs(name: string, value: unknown, encode: Encode): string[] {
  if (!isCompound(value)) return [pairOf(name, encode(plain(value)))];
  return Object.entries(value as object).flatMap(([key, member]) => deepPairs(`${name}[${key}]`, member, encode));
}

function asQuerystring(value: unknown, { mediaType = 'application/x-www-form-urlencoded' }: Written): string[] {
  if (mediaType !== 'application/x-www-form-urlencoded') return [encodeURIComponent(content(value, mediaType))];
  return isObject(value) ? exploded(value, encodeURIComponent) : [encodeURIComponent(plain(value))];
}

/** What `form` explodes is one text (RFC 6570 §3.2.9); what `cookie` explodes are several cookies (OpenAPI 3.2.0 §4.12.3). */
function inCookie(value: unknown, written: Written | undefined, name: string): string {
  const { style = 'form', explode = true, mediaType } = written ?? {};
  const encode: Encode = style === 'cookie' ? String : encodeURIComponent;
  if (mediaType !== undefined) return `${name}=${encode(content(value, mediaType))}`;
  const between = style === 'cookie' ? '; ' : '&';
  if (explode && Array.isArray(value)) return value.map((member) => `${name}=${encode(plain(member))}`).join(between);
  if (explode && isObject(value)) return joined(value, { separator: between, link: '=', encode, inner: [] });
  return `${name}=${joined(value, { separator: ',', link: ',', encode, inner: [] })}`;
}
