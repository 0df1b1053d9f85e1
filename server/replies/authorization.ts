import type { SecurityScheme } from '../contract/index.js';
import { judgeSecret, type SchemeOutcome } from './judge-secret.js';

/** The name of the HTTP authentication scheme that a security scheme uses, in lower case. */
export function authenticationScheme({ type, scheme = 'bearer' }: SecurityScheme): string {
  return type === 'http' ? scheme : 'bearer';
}

/** As it is usually written; it means the same in any case (RFC 9110 §11.1). */
export function schemeLabel(scheme: string): string {
  return labels[scheme] ?? scheme.charAt(0).toUpperCase() + scheme.slice(1);
}

const labels: Readonly<Record<string, string>> = {
  dpop: 'DPoP',
  gnap: 'GNAP',
  hoba: 'HOBA',
  oauth: 'OAuth',
  privatetoken: 'PrivateToken',
  'scram-sha-1': 'SCRAM-SHA-1',
  'scram-sha-256': 'SCRAM-SHA-256',
  vapid: 'vapid',
};

/** `scheme SP credentials` (RFC 9110 §11.4), for any of the security schemes. */
export function judgeAuthorization(wanted: readonly SecurityScheme[], header: string | undefined): SchemeOutcome {
  const text = (header ?? '').trim();
  const [space] = /\s/.exec(text) ?? [];
  const end = space === undefined ? text.length : text.indexOf(space);
  const sent = text.slice(0, end);
  const credentials = text.slice(end).trimStart();
  const scheme = sent.toLowerCase();
  const those = wanted.filter((one) => authenticationScheme(one) === scheme);
  if (sent === '' || (those.length > 0 && credentials === ''))
    return { kind: 'missing', detail: `send ${adviceFor(wanted)}` };
  if (those.length === 0)
    return { kind: 'invalid', isOther: true, detail: `expected ${adviceFor(wanted)}, found the scheme "${sent}"` };
  switch (scheme) {
    case 'basic':
      return judgeBasic(credentials);
    case 'bearer':
      return judgeBearer(
        credentials,
        those.flatMap(({ scopes }) => scopes),
      );
    case 'digest':
      return judgeDigest(credentials);
    default:
      return judgeSecret(credentials);
  }
}

function adviceFor(wanted: readonly SecurityScheme[]): string {
  const forms = wanted.map((one) => `\`Authorization: ${schemeLabel(authenticationScheme(one))} …\``);
  return [...new Set(forms)].join(' or ');
}

/** RFC 7617 §2. */
function judgeBasic(credentials: string): SchemeOutcome {
  const decoded = Buffer.from(credentials, 'base64').toString('utf8');
  const at = decoded.indexOf(':');
  if (at === -1) return { kind: 'invalid', detail: 'basic credentials are base64 of `user:password`' };
  return judgeSecret(literalOf([decoded.slice(0, at), decoded.slice(at + 1)]) ?? credentials, credentials);
}

const literalOf = (secrets: readonly (string | undefined)[]) =>
  secrets.find((secret) => secret === 'invalid' || secret === 'forbidden');

/** RFC 6750 §2.1. A token that says which scopes it has must have those that are needed; others have any. */
function judgeBearer(token: string, scopes: readonly string[]): SchemeOutcome {
  if (!/^[\w.~+/-]+=*$/.test(token))
    return { kind: 'invalid', detail: 'a bearer token has letters, digits and -._~+/ only (RFC 6750 §2.1)' };
  const granted = scopes.length === 0 ? undefined : scopesOf(token);
  const lacking = granted ? scopes.filter((scope) => !granted.includes(scope)) : [];
  if (lacking.length > 0)
    return { kind: 'forbidden', credential: token, detail: `the token lacks the scope ${lacking.join(', ')}` };
  return judgeSecret(token);
}

/** What a JSON Web Token claims in `scope` (RFC 9068 §2.2.3), or in `scp` or `scopes`; its signature is not looked at. */
function scopesOf(token: string): readonly string[] | undefined {
  const [, payload, signature] = token.split('.');
  if (payload === undefined || signature === undefined) return undefined;
  try {
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Record<string, unknown> | null;
    const claimed = claims?.scope ?? claims?.scp ?? claims?.scopes;
    if (Array.isArray(claimed)) return claimed.map(String);
    return typeof claimed === 'string' ? claimed.split(/\s+/) : undefined;
  } catch {
    return undefined;
  }
}

const digestParameters = ['username', 'realm', 'nonce', 'uri', 'response'];

/** RFC 7616 §3.4: the form is looked at, the response is not computed. */
function judgeDigest(credentials: string): SchemeOutcome {
  const found = new Map<string, string>();
  for (const [, name = '', quoted, token] of credentials.matchAll(
    /([\w*-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/g,
  ))
    found.set(name.toLowerCase().replace(/\*$/, ''), quoted ?? token ?? '');
  const lacking = digestParameters.filter((name) => !found.has(name));
  if (lacking.length > 0)
    return { kind: 'invalid', detail: `digest credentials lack ${lacking.join(', ')} (RFC 7616 §3.4)` };
  const user = found.get('username') as string;
  return judgeSecret(literalOf([user, found.get('response')]) ?? user, user);
}
