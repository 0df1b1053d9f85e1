import type { SecurityScheme } from '../../server/contract/index.js';
import type { DraftContext } from './draft.js';

interface Authorization {
  readonly headers: Record<string, string>;
  readonly query: string[];
  readonly cookies: string[];
}

/** Credentials for each of the schemes, where each scheme wants them. */
export function authorize(
  schemes: readonly SecurityScheme[],
  context: Pick<DraftContext, 'credential' | 'chance'>,
): Authorization {
  const made: Authorization = { headers: {}, query: [], cookies: [] };
  for (const scheme of schemes) {
    const secret = context.credential?.(scheme) ?? context.chance.token();
    place(scheme, secret, made);
  }
  return made;
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
    else headers[parameterName.toLowerCase()] = secret;
  } else if (type === 'http' && scheme === 'basic') {
    const pair = secret.includes(':') ? secret : `${secret}:${secret}`;
    headers.authorization = `Basic ${Buffer.from(pair).toString('base64')}`;
  } else if (type === 'http' && scheme !== 'bearer') headers.authorization = `${scheme} ${secret}`;
  else headers.authorization = `Bearer ${secret}`;
}
