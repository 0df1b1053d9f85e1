import { isObject, type JsonObject } from '../documents/index.js';
import type { Server } from './contract.js';

/** Of a URL with many variables of many values, no more than this are tried. */
const combinationsMax = 200;

/** The `servers` of a document, path item or operation; `inherited` where there are none (OpenAPI 3.1.1 §4.8.5). */
export function compileServers(value: unknown, inherited: readonly Server[]): readonly Server[] {
  if (!Array.isArray(value) || value.length === 0) return inherited;
  const urls = value
    .filter(isObject)
    .flatMap((server) =>
      typeof server.url === 'string' ? expand(server.url, isObject(server.variables) ? server.variables : {}) : [],
    );
  return [...new Set(urls)].map(parse);
}

/**
 * A variable with an `enum` has those values; one without has its default, and any other text where it stands in the path.
 * The defaults come first.
 */
function expand(url: string, variables: JsonObject): string[] {
  const parts = url.split(/\{([^{}]+)\}/);
  const withoutPath = url.indexOf('/', url.indexOf('//') + 2);
  let position = 0;
  const choices = parts.map((part, index): readonly string[] => {
    const at = position;
    position += index % 2 === 1 ? part.length + 2 : part.length;
    if (index % 2 === 0) return [part];
    const variable = variables[part];
    const inPath = !url.includes('//') || (withoutPath !== -1 && at > withoutPath);
    const { enum: values, default: byDefault } = isObject(variable) ? variable : {};
    const known = byDefault === undefined ? [] : [String(byDefault)];
    if (Array.isArray(values) && values.length > 0) return [...new Set([...known, ...values.map(String)])];
    return inPath || known.length === 0 ? [...known, `{${part}}`] : known;
  });
  return choices.reduce<string[]>(
    (urls, texts) => urls.flatMap((begun) => texts.map((text) => begun + text)).slice(0, combinationsMax),
    [''],
  );
}

function parse(url: string): Server {
  const [, scheme, authority, path] = /^(?:([a-z][a-z0-9+.-]*|\{[^{}]*\}):)?\/\/([^/?#]*)([^?#]*)/i.exec(url) ?? [
    undefined,
    undefined,
    undefined,
    url.replace(/[?#].*$/, ''),
  ];
  const host = authority?.replace(/^.*@/, '').toLowerCase();
  return { url, basePath: normalize(path ?? ''), ...(host && { host: withoutUsualPort(host, scheme) }) };
}

/** `./v1/` → `/v1`: from the root, without dot segments (RFC 3986 §5.2.4), and with what can't stand in a path encoded. */
function normalize(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment.replace(/[^\x21-\x7e]+/g, encodeURIComponent));
  }
  return segments.map((segment) => `/${segment}`).join('');
}

/** Clients leave out the port that a scheme implies (RFC 9110 §4.2). */
function withoutUsualPort(host: string, scheme: string | undefined): string {
  if (scheme === undefined) return host;
  return host.replace(scheme.toLowerCase() === 'http' ? /:80$/ : /:443$/, '');
}
