import type { Operation, Parameter, SecurityScheme } from '../../server/contract/index.js';
import type { Draft, DraftContext } from './draft.js';

interface Authorization {
  readonly headers: Record<string, string>;
  readonly query: string[];
  readonly cookies: string[];
}

/** Credentials for each of the schemes, where each scheme wants them. */
export function authorize(
  { credentials, ...draft }: Pick<Draft, 'credentials' | 'query' | 'header' | 'cookie'>,
  context: Pick<DraftContext, 'credential' | 'chance'>,
): Authorization {
  const made: Authorization = { headers: {}, query: [], cookies: [] };
  for (const scheme of credentials) {
    const secret = context.credential?.(scheme) ?? drafted(scheme, draft) ?? context.chance.token();
    place(scheme, secret, made);
  }
  return made;
}

/** Many documents say of an API key twice that it is sent: as a security scheme, and as a parameter. */
export function isCredential({ in: place, name }: Parameter, { security }: Operation): boolean {
  return security.some(({ schemes }) => schemes.some((scheme) => scheme.in === place && isNamed(scheme, name)));
}

function isNamed({ type, in: place, parameterName = '' }: SecurityScheme, name: string): boolean {
  return (
    type === 'apiKey' &&
    (place === 'header' ? parameterName.toLowerCase() === name.toLowerCase() : parameterName === name)
  );
}

/** The value that a parameter documents for the key. */
function drafted(scheme: SecurityScheme, draft: Pick<Draft, 'query' | 'header' | 'cookie'>): string | undefined {
  if (scheme.type !== 'apiKey' || scheme.in === undefined) return undefined;
  const found = Object.entries(draft[scheme.in]).find(([name]) => isNamed(scheme, name));
  return found && String(found[1]);
}

function place(
  { type, scheme, in: where, parameterName = '' }: SecurityScheme,
  secret: string,
  { headers, query, cookies }: Authorization,
): void {
  if (type === 'mutualTLS') return;
  if (type === 'apiKey') {
    if (where === 'query') query.push(`${encodeURIComponent(parameterName)}=${encodeURIComponent(secret)}`);
    else if (where === 'cookie') cookies.push(`${parameterName}=${secret}`);
    else headers[parameterName.toLowerCase()] ??= secret;
  } else if (type !== 'http' || scheme === undefined || scheme === 'bearer') headers.authorization = `Bearer ${secret}`;
  else if (scheme === 'basic') {
    const pair = secret.includes(':') ? secret : `${secret}:${secret}`;
    headers.authorization = `Basic ${Buffer.from(pair).toString('base64')}`;
  } else if (scheme === 'digest')
    headers.authorization = `Digest username="${secret}", realm="standin", nonce="${secret}", uri="/", response="${secret}"`;
  else headers.authorization = `${scheme} ${secret}`;
}
