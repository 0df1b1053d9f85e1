import type { Chance, SecurityRequirement, SecurityScheme } from '../contract/index.js';
import { authenticationScheme, schemeLabel } from './authorization.js';

/**
 * `WWW-Authenticate` for each scheme of each alternative (RFC 9110 §11.6.1). API keys have no registered scheme; `ApiKey`
 * says where they go.
 */
export function challenges(requirements: readonly SecurityRequirement[], realm: string, chance: Chance): string[] {
  const quoted = `realm="${quotable(realm)}"`;
  const schemes = requirements.flatMap((requirement) => requirement.schemes);
  return [...new Set(schemes.flatMap((scheme) => challenge(scheme, quoted, chance)))];
}

function challenge(scheme: SecurityScheme, realm: string, chance: Chance): string[] {
  const { type, in: place, parameterName = '', scopes } = scheme;
  if (type === 'mutualTLS') return [];
  if (type === 'apiKey') return [`ApiKey ${realm}, in="${place}", name="${quotable(parameterName)}"`];
  const name = authenticationScheme(scheme);
  const label = schemeLabel(name);
  switch (name) {
    case 'basic':
      return [`${label} ${realm}, charset="UTF-8"`];
    case 'bearer':
      return [scopes.length === 0 ? `${label} ${realm}` : `${label} ${realm}, scope="${quotable(scopes.join(' '))}"`];
    case 'digest':
      return [`${label} ${realm}, qop="auth", algorithm=SHA-256, nonce="${chance.token()}"`];
    default:
      return [`${label} ${realm}`];
  }
}

/** A text fit for the inside of a quoted string in a header. */
function quotable(text: string): string {
  return text.replace(/["\\]/g, '').replace(/[^\x20-\x7e]/g, '?');
}
