import type { SecurityScheme } from '../../server/contract/index.js';
import { toRequest } from './draft.js';
import { expectRefusal, type Outcome } from './expect.js';
import type { Drafts, Provocation } from './provoked.js';
import { scopeOf } from './satisfy.js';

/** Credentials dropped, spoiled, and low. */
export function provokeByCredentials(drafts: Drafts): Provocation[] {
  const { context } = drafts;
  const { operation } = context;
  if (operation.security.length === 0 || operation.security.some(({ schemes }) => schemes.length === 0)) return [];
  const provoke = (
    title: string,
    outcome: Outcome,
    credentials: readonly SecurityScheme[],
    secret?: string,
  ): Provocation[] => {
    const draft = { ...drafts.valid(), credentials };
    const expect = expectRefusal(operation, outcome, scopeOf(context, draft));
    const request = toRequest(secret === undefined ? context : { ...context, credential: () => secret }, draft);
    return expect ? [{ kind: 'auth', title, steps: [{ request }], expect }] : [];
  };
  const unauthorized = { statuses: [401], problemStatus: 401 };
  return [
    ...provoke(
      'without credentials',
      { event: 'credentials.missing', problem: 'credentials-missing', ...unauthorized },
      [],
    ),
    ...operation.security.flatMap(({ schemes }) => {
      if (schemes.every(({ type }) => type === 'mutualTLS')) return [];
      const by = schemes.map(({ name }) => name).join(' and ');
      return [
        ...provoke(
          `with an invalid credential for ${by}`,
          { event: 'credentials.invalid', problem: 'credentials-invalid', ...unauthorized },
          schemes,
          'invalid',
        ),
        ...provoke(
          `with too low a credential for ${by}`,
          { event: 'credentials.forbidden', statuses: [403], open: false },
          schemes,
          'forbidden',
        ),
      ];
    }),
  ];
}
