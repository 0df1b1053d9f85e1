import type { SecurityScheme } from '../../server/contract/index.js';
import { toRequest } from './draft.js';
import { expectRefusal, type Outcome } from './expect.js';
import type { Drafts, Provocation } from './provoked.js';
import { scopeOf } from './satisfy.js';

/** Credentials dropped, spoiled, of another scheme, and low: for each of the alternatives. */
export function provokeByCredentials(drafts: Drafts): Provocation[] {
  const { context } = drafts;
  const { operation, lowCredential } = context;
  const { security } = operation;
  if (security.length === 0 || security.some(({ schemes }) => schemes.length === 0)) return [];
  const provoke = (
    title: string,
    outcome: Outcome,
    credentials: readonly SecurityScheme[],
    { secret, sent = {} }: { readonly secret?: (scheme: SecurityScheme) => string; readonly sent?: Sent } = {},
  ): Provocation[] => {
    const draft = { ...drafts.valid(), credentials, sent };
    const expect = expectRefusal(operation, outcome, scopeOf(context, draft));
    const request = toRequest(secret === undefined ? context : { ...context, credential: secret }, draft);
    return expect ? [{ kind: 'auth', title, steps: [{ request }], expect }] : [];
  };
  const missing = { event: 'credentials.missing', problem: 'credentials-missing', ...unauthorized } as const;
  const invalid = { event: 'credentials.invalid', problem: 'credentials-invalid', ...unauthorized } as const;
  return [
    ...provoke('without credentials', missing, []),
    ...security.flatMap(({ schemes }): Provocation[] => {
      if (schemes.every(({ type }) => type === 'mutualTLS')) return [];
      const by = schemes.map(({ name }) => name).join(' and ');
      const other = ofAnotherScheme(
        schemes,
        security.flatMap((one) => one.schemes),
      );
      const low = provoke(
        `with too low a credential for ${by}`,
        { event: 'credentials.forbidden', statuses: [403], open: false },
        schemes,
        { secret: (scheme) => lowCredential?.(scheme) ?? 'forbidden' },
      );
      const lacking = schemes.filter((scheme) => lowCredential?.(scheme) === undefined);
      const variables = lacking.map(({ name }) => `${variableOf(name)}_LOW`).join(', ');
      return [
        ...provoke(`with an invalid credential for ${by}`, invalid, schemes, { secret: () => 'invalid' }),
        ...(other ? provoke(`with a credential of another scheme than ${by}`, invalid, [], { sent: other }) : []),
        ...spoilable(
          schemes,
          security.map((one) => one.schemes),
        ).flatMap((spoilt) =>
          provoke(`with ${by}, but an invalid credential for ${spoilt.name}`, invalid, schemes, {
            secret: (scheme) => (scheme === spoilt ? 'invalid' : (context.credential?.(scheme) ?? 'standin')),
          }),
        ),
        ...withoutOne(
          schemes,
          security.map((one) => one.schemes),
        ).flatMap((rest) => {
          const dropped = schemes.find((scheme) => !rest.includes(scheme))?.name;
          return provoke(`with ${by}, but without ${dropped}`, missing, rest);
        }),
        ...(lacking.length === 0
          ? low
          : low.map((one) => ({
              ...one,
              blockedOnService: `no credential is known that may do too little: set ${variables}`,
            }))),
      ];
    }),
  ];
}

type Sent = Readonly<Record<string, string>>;

const unauthorized = { statuses: [401], problemStatus: 401 } as const;

/** The environment variable for the credential of a scheme. */
export const variableOf = (scheme: string) => `AUTH_${scheme.replace(/[^A-Za-z\d]+/g, '_').toUpperCase()}`;

/** An `Authorization` of a scheme that no alternative has. */
function ofAnotherScheme(schemes: readonly SecurityScheme[], all: readonly SecurityScheme[]): Sent | undefined {
  const usesHeader = ({ type, in: place, parameterName = '' }: SecurityScheme) =>
    type !== 'apiKey' || (place === 'header' && parameterName.toLowerCase() === 'authorization');
  const [first] = schemes;
  if (!first || first.type === 'apiKey' || all.some((one) => one.type === 'apiKey' && usesHeader(one)))
    return undefined;
  const known = new Set(
    all.filter(usesHeader).map(({ type, scheme = 'bearer' }) => (type === 'http' ? scheme : 'bearer')),
  );
  if (!known.has('bearer')) return { authorization: 'Bearer standin' };
  return known.has('basic')
    ? undefined
    : { authorization: `Basic ${Buffer.from('standin:standin').toString('base64')}` };
}

const placeOf = ({ type, in: place, parameterName = '' }: SecurityScheme) =>
  type === 'apiKey' && !(place === 'header' && parameterName.toLowerCase() === 'authorization')
    ? `${place} ${parameterName.toLowerCase()}`
    : 'authorization';

/** Of several that are needed together, each left out: unless the others are enough by another alternative. */
function withoutOne(
  schemes: readonly SecurityScheme[],
  alternatives: readonly (readonly SecurityScheme[])[],
): SecurityScheme[][] {
  return spoilable(schemes, alternatives).map((dropped) => schemes.filter((scheme) => scheme !== dropped));
}

/** Each without which the others are not enough. */
function spoilable(
  schemes: readonly SecurityScheme[],
  alternatives: readonly (readonly SecurityScheme[])[],
): SecurityScheme[] {
  if (schemes.length < 2) return [];
  // Where two are sent in one place, the one is sent as well as the other.
  const isAlone = (scheme: SecurityScheme) =>
    schemes.every((other) => other === scheme || placeOf(other) !== placeOf(scheme));
  const droppable = schemes.filter((scheme) => scheme.type !== 'mutualTLS' && isAlone(scheme));
  return droppable.filter((dropped) => {
    const names = new Set(schemes.filter((scheme) => scheme !== dropped).map(({ name }) => name));
    return !alternatives.some((needed) => needed.every(({ name }) => names.has(name)));
  });
}
