import { lazyOf, type SecurityRequirement, type SecurityScheme } from '../contract/index.js';
import { type ApiRequest, headerOf } from './api-request.js';
import { judgeAuthorization } from './authorization.js';
import { cookiesOf } from './cookies.js';
import { judgeSecret, type SchemeOutcome } from './judge-secret.js';
import { queryPairs } from './query.js';

/** How a request fares against the security requirements of its operation. */
export type CredentialsOutcome =
  | {
      readonly kind: 'accepted' /** The credential used; absent where none was needed. */;
      readonly credential?: string;
    }
  | { readonly kind: 'forbidden'; readonly credential: string; readonly detail: string }
  | { readonly kind: 'missing' | 'invalid'; readonly detail: string };

/**
 * Requirements are alternatives; the schemes of one are all needed (OpenAPI 3.1.1 §4.8.30). Any credential of the right
 * form passes, except the literals `invalid` and `forbidden`. Where no alternative passes, the one that came closest speaks.
 */
export function checkCredentials(
  requirements: readonly SecurityRequirement[],
  request: ApiRequest,
): CredentialsOutcome {
  if (requirements.length === 0) return { kind: 'accepted' };
  let closest: Exclude<CredentialsOutcome, { kind: 'accepted' }> | undefined;
  for (const { schemes } of requirements) {
    const outcome = checkAll(schemes, request);
    if (outcome.kind === 'accepted') return outcome;
    if (!closest || nearness(outcome) > nearness(closest)) closest = outcome;
  }
  return closest ?? { kind: 'accepted' };
}

/** A credential for something else is nearer than none, one that is wrong nearer than that. */
function nearness({
  kind,
  isOther,
}: Exclude<CredentialsOutcome, { kind: 'accepted' }> & { isOther?: boolean }): number {
  return kind === 'missing' ? 0 : kind === 'forbidden' ? 3 : isOther ? 1 : 2;
}

/** Of several schemes, an invalid credential speaks before a missing one, whichever comes first. */
function checkAll(schemes: readonly SecurityScheme[], request: ApiRequest): CredentialsOutcome {
  const judge = judgeOf(schemes);
  if (schemes.length === 1 && judge) return judge(headerOf(request, 'authorization'));
  const used: string[] = [];
  let refused: Extract<SchemeOutcome, { kind: 'missing' | 'invalid' }> | undefined;
  let forbidden: string | undefined;
  for (const outcome of outcomesOf(schemes, request)) {
    if ('credential' in outcome) {
      used.push(outcome.credential);
      if (outcome.kind === 'forbidden') forbidden ??= outcome.detail;
    } else if (!refused || (refused.kind === 'missing' && outcome.kind === 'invalid')) refused = outcome;
  }
  if (refused) return refused;
  const credential = used.join('\n');
  if (forbidden !== undefined) return { kind: 'forbidden', credential, detail: forbidden };
  return used.length === 0 ? { kind: 'accepted' } : { kind: 'accepted', credential };
}

/**
 * A request has one `Authorization` (RFC 9110 §11.6.2): schemes that share it are satisfied by the same credential. What
 * TLS has seen to cannot be known here, and is taken for granted.
 */
function outcomesOf(schemes: readonly SecurityScheme[], request: ApiRequest): SchemeOutcome[] {
  const keys = schemes.filter(({ type }) => type === 'apiKey').map((scheme) => checkApiKey(scheme, request));
  const judge = judgeOf(schemes);
  return judge ? [...keys, judge(headerOf(request, 'authorization'))] : keys;
}

/** Clients send the same credential time and again: what was said of the last one is kept. */
const judgeOf = lazyOf((schemes: readonly SecurityScheme[]) => {
  const others = schemes.filter(({ type }) => type !== 'apiKey' && type !== 'mutualTLS');
  if (others.length === 0) return undefined;
  let last: { readonly header: string | undefined; readonly outcome: SchemeOutcome } | undefined;
  return (header: string | undefined): SchemeOutcome => {
    if (!last || last.header !== header) last = { header, outcome: judgeAuthorization(others, header) };
    return last.outcome;
  };
});

function checkApiKey({ in: place, parameterName = '' }: SecurityScheme, request: ApiRequest): SchemeOutcome {
  const values = keysSent(place, parameterName, request).filter((value) => value !== '');
  const [value] = values;
  if (value === undefined) {
    const where = place === 'header' ? 'header' : `${place} parameter`;
    return { kind: 'missing', detail: `send an API key as the ${where} ${parameterName}` };
  }
  if (values.length > 1) return { kind: 'invalid', detail: `${parameterName} was sent ${values.length} times` };
  // Many APIs document their `Authorization: Token …` as an API key.
  return judgeSecret(value.replace(/^[A-Za-z][\w-]* +(?=(?:invalid|forbidden)$)/, ''), value);
}

function keysSent(place: SecurityScheme['in'], name: string, request: ApiRequest): string[] {
  if (place === 'query') return queryPairs(request.query).flatMap((pair) => (pair.name === name ? [pair.value] : []));
  if (place === 'cookie')
    return cookiesOf(headerOf(request, 'cookie') ?? '').flatMap((cookie) =>
      cookie.name === name ? [cookie.value] : [],
    );
  const header = headerOf(request, name.toLowerCase());
  return header === undefined ? [] : [header.trim()];
}
