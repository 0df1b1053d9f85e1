import type { Scheme } from './control/types.js';

/** Any secret passes, but for `invalid` and `forbidden`. */
export const anySecret = 'standin';

export interface Credentials {
  readonly headers: Record<string, string>;
  readonly query: string[];
  readonly cookies: string[];
}

/** Credentials for each scheme, where it wants them. */
export function credentialsFor(schemes: readonly Scheme[], secretOf: (scheme: Scheme) => string): Credentials {
  const made: Credentials = { headers: {}, query: [], cookies: [] };
  for (const scheme of schemes) {
    const secret = secretOf(scheme);
    if (secret !== '') place(scheme, secret, made);
  }
  return made;
}

function place({ type, scheme = 'bearer', in: where, parameterName = '' }: Scheme, secret: string, made: Credentials) {
  if (type === 'mutualTLS') return;
  if (type === 'apiKey') {
    if (where === 'query') made.query.push(`${encodeURIComponent(parameterName)}=${encodeURIComponent(secret)}`);
    else if (where === 'cookie') made.cookies.push(`${parameterName}=${secret}`);
    else made.headers[parameterName] = secret;
  } else if (type !== 'http' || scheme === 'bearer') made.headers.Authorization = `Bearer ${secret}`;
  else if (scheme === 'basic')
    made.headers.Authorization = `Basic ${base64(secret.includes(':') ? secret : `${secret}:${secret}`)}`;
  else if (scheme === 'digest')
    made.headers.Authorization = `Digest username="${secret}", realm="standin", nonce="${secret}", uri="/", response="${secret}"`;
  else made.headers.Authorization = `${scheme} ${secret}`;
}

const base64 = (text: string) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
