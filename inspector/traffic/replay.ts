import type { Entry, Operation, Scheme } from '../control/types.js';
import { anySecret, credentialsFor } from '../credentials.js';
import type { HttpRequest } from '../request.js';

/** What the journal has in the place of a secret. */
const redacted = '[redacted]';

/** Of the connection, or of the client that sent them: they are not what was asked. */
const ownHeaders =
  /^(?:host|connection|content-length|transfer-encoding|accept-encoding|keep-alive|upgrade.*|expect|te|trailer|date|dnt|via|origin|referer|user-agent|if-.*|sec-.*|proxy-.*|access-control-.*)$/;

export type Replay = { readonly request: HttpRequest } | { readonly why: string };

/**
 * The request of an entry, to be sent again. What the journal hides is taken by a credential of the same form, which passes:
 * the operation says of which.
 */
export function replayOf({ request, session }: Entry, operation: Operation | undefined, origin: string): Replay {
  const { method, url, headers, body } = request;
  if (!headers) return { why: 'its headers and body are kept no more' };
  if (body && !body.isWhole) return { why: 'only the start of its body is kept' };
  if (body && body.text === undefined) return { why: 'its body is no text' };
  if (method === 'TRACE' || method === 'CONNECT') return { why: `no browser sends ${method}` };
  const schemes = operation?.security.flat() ?? [];
  const kept = Object.entries(headers)
    .filter(([name]) => !ownHeaders.test(name))
    .map(([name, value]) => [name, revealed(name, [value].flat().join(', '), schemes)] as const);
  const target = new URL(url, origin);
  const text = body?.text?.replaceAll(redacted, anySecret);
  const isInPath = target.pathname.startsWith('/~');
  return {
    request: {
      method,
      url: `${origin}${target.pathname}${target.search.replaceAll(redacted, anySecret).replaceAll(encodeURIComponent(redacted), anySecret)}`,
      headers: { ...Object.fromEntries(kept), ...(session !== '' && !isInPath && { 'standin-session': session }) },
      ...(text !== undefined && method !== 'GET' && method !== 'HEAD' && { body: text }),
    },
  };
}

function revealed(name: string, value: string, schemes: readonly Scheme[]): string {
  if (!value.includes(redacted)) return value;
  if (name === 'authorization') {
    const sent = value.split(' ')[0]?.toLowerCase();
    const scheme = schemes.find((one) => one.type === 'http' && one.scheme === sent);
    const made = credentialsFor(
      [scheme ?? { name: '', type: 'http', scheme: sent ?? '', scopes: [] }],
      () => anySecret,
    );
    return made.headers.Authorization as string;
  }
  return value.replaceAll(redacted, anySecret);
}
