import { type ApiRequest, headerOf } from './api-request.js';

/** What the client asks for by `Prefer` (RFC 7240), or by `__code`, `__example`, `__dynamic` in the query. */
export interface Preferences {
  readonly code?: number;
  readonly example?: string;
  readonly dynamic?: boolean;
}

export type PreferencesReading = { readonly preferences: Preferences } | { readonly malformed: string };

const none: PreferencesReading = { preferences: {} };

/** Preferences of other names are left alone (RFC 7240 §2); of those that count, the header's come before the query's. */
export function readPreferences(request: Pick<ApiRequest, 'headers' | 'query'>): PreferencesReading {
  const header = headerOf(request, 'prefer');
  const asked = header === undefined ? [] : parsePrefer(asUtf8(header));
  if (typeof asked === 'string') return { malformed: asked };
  const inQuery = request.query.includes('__') ? parseQuery(request.query) : [];
  if (asked.length === 0 && inQuery.length === 0) return none;
  const known = [...asked, ...inQuery].filter(([name]) => name === 'code' || name === 'example' || name === 'dynamic');
  const preferences: { code?: number; example?: string; dynamic?: boolean } = {};
  for (const [name, value] of known) {
    if (name === 'code') {
      if (!/^[1-5]\d\d$/.test(value)) return { malformed: `code=${value} is no status code; write code=200` };
      preferences.code ??= Number(value);
    } else if (name === 'example') {
      if (value === '') return { malformed: 'example needs a name; write example=NAME' };
      preferences.example ??= value;
    } else {
      if (!/^(?:true|false|)$/.test(value)) return { malformed: `dynamic=${value} is neither true nor false` };
      preferences.dynamic ??= value !== 'false';
    }
  }
  return { preferences };
}

/** Node reads headers as Latin-1; names of examples are UTF-8 more often. */
function asUtf8(text: string): string {
  if (!/[\u0080-\u00ff]/.test(text)) return text;
  const decoded = Buffer.from(text, 'latin1').toString('utf8');
  return decoded.includes('\ufffd') ? text : decoded;
}

/** No two parts of it can take the same spaces, so that reading takes no longer than the header is long. */
const preference = /[\s,;]*([!#$%&'*+.^_`|~\w-]+)\s*(?:=\s*(?:"((?:[^"\\]|\\.)*)"\s*|([^\s,;"][^,;"]*)?))?(?=[,;]|$)/y;

/** `code=409, example="Invalid API key"`: names and values; commas and semicolons both separate. A text says what is wrong. */
function parsePrefer(header: string): (readonly [name: string, value: string])[] | string {
  const found: (readonly [string, string])[] = [];
  preference.lastIndex = 0;
  for (let at = 0; at < header.length; at = preference.lastIndex) {
    const match = preference.exec(header);
    const rest = match ? '' : header.slice(at).replace(/^[\s,;]+/, '');
    if (rest !== '') return `can't read "${rest}"; write code=409, example="name"`;
    if (!match) break;
    const [, name = '', quoted, plain = ''] = match;
    found.push([name.toLowerCase(), quoted === undefined ? plain.trim() : quoted.replace(/\\(.)/g, '$1')]);
  }
  return found;
}

function parseQuery(query: string): (readonly [string, string])[] {
  return [...new URLSearchParams(query)].flatMap(([name, value]) =>
    name.startsWith('__') ? [[name.slice(2), value] as const] : [],
  );
}

/** `Preference-Applied` (RFC 7240 §3), as bytes that a header may carry. */
export function preferenceApplied({ code, example, dynamic }: Preferences): string {
  const parts = [
    ...(code === undefined ? [] : [`code=${code}`]),
    ...(example === undefined
      ? []
      : [`example=${/^[!#$%&'*+.^_`|~\w-]+$/.test(example) ? example : `"${example.replace(/["\\]/g, '\\$&')}"`}`]),
    ...(dynamic === true ? ['dynamic=true'] : []),
  ];
  return toHeaderText(parts.join(', '));
}

/** Clients refuse answers whose headers are too long, some of them at 16 KiB altogether. */
const headerTextMax = 2000;

/** A text fit for a header: UTF-8 bytes, no control characters, not too long. */
export function toHeaderText(text: string): string {
  const short = text.length > headerTextMax ? `${text.slice(0, headerTextMax)}…` : text;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must go
  return Buffer.from(short.replace(/[\u0000-\u001f\u007f]+/g, ' '), 'utf8').toString('latin1');
}
