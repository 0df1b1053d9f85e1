import type { IncomingHttpHeaders } from 'node:http';
import type { Reply } from '../replies/index.js';

/** Response headers that scripts may read without being allowed to (Fetch §2.2.2). */
const safelisted = new Set([
  'cache-control',
  'content-language',
  'content-length',
  'content-type',
  'expires',
  'last-modified',
  'pragma',
]);

/** Lets a page of any origin read the reply, with credentials; those rule out `*`, so origin and header names are spelt out. */
export function corsHeaders(headers: IncomingHttpHeaders, exposed: Iterable<string>): Record<string, string> {
  const { origin } = headers;
  if (origin === undefined) return {};
  const names = [...exposed].filter((name) => !safelisted.has(name) && !name.startsWith('access-control-'));
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    ...(names.length > 0 && { 'access-control-expose-headers': names.join(', ') }),
  };
}

export function isPreflight(method: string, headers: IncomingHttpHeaders): boolean {
  return method === 'OPTIONS' && headers.origin !== undefined && headers['access-control-request-method'] !== undefined;
}

/** How long a browser may remember the answer to a preflight. */
const preflightSeconds = 600;

/** The answer to a CORS preflight (Fetch §3.3.6). The method asked for is allowed: the page gets to read why if it is not. */
export function preflight(headers: IncomingHttpHeaders, allow: readonly string[]): Reply {
  const wanted = String(headers['access-control-request-method']).toUpperCase();
  const requestHeaders = headers['access-control-request-headers'];
  return {
    status: 204,
    headers: {
      'access-control-allow-methods': [...new Set([...allow, wanted])].join(', '),
      ...(requestHeaders !== undefined && { 'access-control-allow-headers': String(requestHeaders) }),
      ...(headers['access-control-request-private-network'] === 'true' && {
        'access-control-allow-private-network': 'true',
      }),
      'access-control-max-age': String(preflightSeconds),
      vary: 'Access-Control-Request-Method, Access-Control-Request-Headers',
    },
    reason: 'problem',
  };
}
