import { isObject } from '../../documents/index.js';
import { isCalledSecret, type Secrets } from './secrets.js';

/** What stands in the place of a secret. */
export const redacted = '[redacted]';

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The headers, themselves where there is nothing to hide. */
export function redactHeaders(headers: Headers, { headers: secret }: Secrets): Headers {
  let copy: Record<string, string | readonly string[] | undefined> | undefined;
  for (const name of secret) {
    if (headers[name] === undefined) continue;
    copy ??= { ...headers };
    copy[name] = redactHeader(name, String(headers[name]));
  }
  return copy ?? headers;
}

/** The scheme of a credential is no secret, nor is the name of a cookie. */
function redactHeader(name: string, value: string): string {
  if (name === 'cookie' || name === 'set-cookie') return value.replace(/=[^;,]*/g, `=${redacted}`);
  const [, scheme] = /^([A-Za-z][\w-]*) +\S/.exec(value) ?? [];
  return scheme === undefined ? redacted : `${scheme} ${redacted}`;
}

/** A URL without the credentials in its query. */
export function redactUrl(url: string, { query, documented }: Secrets): string {
  const mark = url.indexOf('?');
  if (mark === -1 || (query.size === 0 && !remindsOfSecrets.test(url))) return url;
  const pairs = url.slice(mark + 1).split('&');
  // A credential for another API, or for this one as its client believes, is one all the same.
  const isHidden = (name: string) => query.has(name) || (!documented.has(name) && isCalledSecret(name));
  return `${url.slice(0, mark)}?${pairs.map((pair) => redactPair(pair, isHidden)).join('&')}`;
}

/** Most URLs need no closer look. */
const remindsOfSecrets = /pass|pwd|secret|token|key|credential|authorization|%/i;

function redactPair(pair: string, isHidden: (name: string) => boolean): string {
  const at = pair.indexOf('=');
  if (at === -1) return pair;
  const name = pair.slice(0, at);
  return isHidden(nameOf(name)) ? `${name}=${redacted}` : pair;
}

function nameOf(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

/** A body without its passwords. One that can't be read, though it should have some, is not shown at all. */
export function redactBody(text: string, contentType: string, { properties }: Secrets): string {
  if (properties.size === 0 || text === '') return text;
  if (/[/+]json\b/i.test(contentType)) {
    try {
      return Buffer.from(
        JSON.stringify(withoutPasswords(JSON.parse(Buffer.from(text, 'latin1').toString()), properties)),
      ).toString('latin1');
    } catch {
      return redacted;
    }
  }
  if (/^application\/x-www-form-urlencoded\b/i.test(contentType))
    return text
      .split('&')
      .map((pair) => redactPair(pair, (name) => properties.has(name)))
      .join('&');
  return redacted;
}

function withoutPasswords(value: unknown, names: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((member) => withoutPasswords(member, names));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, names.has(name) ? redacted : withoutPasswords(member, names)]),
  );
}
