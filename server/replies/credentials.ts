import type { SecurityRequirement, SecurityScheme } from '../contract/index.js';
import { type ApiRequest, headerOf } from './api-request.js';
import { queryPairs } from './query.js';

/** How a request fares against the security requirements of its operation. */
export type CredentialsOutcome =
  | {
      readonly kind: 'accepted' /** The credential used; absent where none was needed. */;
      readonly credential?: string;
    }
  | { readonly kind: 'forbidden'; readonly credential: string; readonly detail: string }
  | { readonly kind: 'missing' | 'invalid'; readonly detail: string };

type SchemeOutcome =
  | { readonly kind: 'accepted' | 'forbidden'; readonly credential: string }
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
    if (!closest || nearness[outcome.kind] > nearness[closest.kind]) closest = outcome;
  }
  return closest ?? { kind: 'accepted' };
}

const nearness = { missing: 0, invalid: 1, forbidden: 2 } as const;

function checkAll(schemes: readonly SecurityScheme[], request: ApiRequest): CredentialsOutcome {
  const used: string[] = [];
  let forbidden = false;
  for (const scheme of schemes) {
    const outcome = checkScheme(scheme, request);
    if (!('credential' in outcome)) return outcome;
    if (outcome.kind === 'forbidden') forbidden = true;
    used.push(outcome.credential);
  }
  const credential = used.join('\n');
  if (forbidden)
    return { kind: 'forbidden', credential, detail: 'the credential `forbidden` does not suffice for this operation' };
  return used.length === 0 ? { kind: 'accepted' } : { kind: 'accepted', credential };
}

function checkScheme(scheme: SecurityScheme, request: ApiRequest): SchemeOutcome {
  if (scheme.type === 'mutualTLS') return { kind: 'accepted', credential: '' };
  if (scheme.type === 'apiKey') return checkApiKey(scheme, request);
  const wanted = scheme.type === 'http' ? (scheme.scheme ?? 'bearer') : 'bearer';
  return checkAuthorization(wanted, headerOf(request, 'authorization'));
}

function checkApiKey({ in: place, parameterName = '' }: SecurityScheme, request: ApiRequest): SchemeOutcome {
  const missing = {
    kind: 'missing',
    detail: `send an API key as the ${place === 'header' ? 'header' : `${place} parameter`} ${parameterName}`,
  } as const;
  const values = keysSent(place, parameterName, request).filter((value) => value !== '');
  const [value] = values;
  if (value === undefined) return missing;
  if (values.length > 1) return { kind: 'invalid', detail: `${parameterName} was sent ${values.length} times` };
  return judge(value);
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

export function cookiesOf(header: string): { name: string; value: string }[] {
  return header.split(';').flatMap((part) => {
    const [name = '', ...value] = part.split('=');
    return name.trim() === ''
      ? []
      : [
          {
            name: name.trim(),
            value: value
              .join('=')
              .trim()
              .replace(/^"(.*)"$/, '$1'),
          },
        ];
  });
}

/** RFC 9110 §11.4: `scheme SP credentials`, the scheme in any case. */
function checkAuthorization(wanted: string, header: string | undefined): SchemeOutcome {
  const [scheme = '', ...rest] = (header ?? '').trim().split(/\s+/);
  const credentials = rest.join(' ');
  const label = wanted.charAt(0).toUpperCase() + wanted.slice(1);
  if (scheme === '' || (scheme.toLowerCase() === wanted && credentials === '')) {
    return { kind: 'missing', detail: `send \`Authorization: ${label} …\`` };
  }
  if (scheme.toLowerCase() !== wanted)
    return { kind: 'invalid', detail: `expected \`Authorization: ${label} …\`, found the scheme "${scheme}"` };
  if (wanted === 'basic') {
    const decoded = Buffer.from(credentials, 'base64').toString('utf8');
    if (!decoded.includes(':')) return { kind: 'invalid', detail: 'basic credentials are base64 of `user:password`' };
    const [user, ...password] = decoded.split(':');
    const literal = [user, password.join(':')].find((part) => part === 'invalid' || part === 'forbidden');
    return judge(literal ?? credentials);
  }
  if (wanted === 'bearer' && !/^[\w.~+/-]+=*$/.test(credentials))
    return { kind: 'invalid', detail: 'a bearer token has letters, digits and -._~+/ only (RFC 6750 §2.1)' };
  return judge(credentials);
}

function judge(credential: string): SchemeOutcome {
  if (credential === 'invalid') return { kind: 'invalid', detail: 'the credential `invalid` never passes' };
  return { kind: credential === 'forbidden' ? 'forbidden' : 'accepted', credential };
}

/** `WWW-Authenticate` for each alternative (RFC 9110 §11.6.1). API keys have no registered scheme; `ApiKey` says where they go. */
export function challenges(requirements: readonly SecurityRequirement[], realm: string): string[] {
  const quoted = `realm="${quotable(realm)}"`;
  const schemes = requirements.flatMap((requirement) => requirement.schemes);
  return [
    ...new Set(
      schemes.flatMap(({ type, scheme, in: place, parameterName = '' }) => {
        if (type === 'mutualTLS') return [];
        if (type === 'apiKey') return [`ApiKey ${quoted}, in="${place}", name="${quotable(parameterName)}"`];
        if (type !== 'http' || scheme === 'bearer') return [`Bearer ${quoted}`];
        if (scheme === 'basic') return [`Basic ${quoted}, charset="UTF-8"`];
        return [`${scheme} ${quoted}`];
      }),
    ),
  ];
}

/** A text fit for the inside of a quoted string in a header. */
function quotable(text: string): string {
  return text.replace(/["\\]/g, '').replace(/[^\x20-\x7e]/g, '?');
}
