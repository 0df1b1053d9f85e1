import type { Contract } from '../server/contract/index.js';
import type { Gap } from './case.js';
import type { Outcome } from './run/run-case.js';

/** One documented status of one operation, and what the cases that lead to it say. */
export interface PlanEntry {
  readonly api: string;
  readonly operation: string;
  /** `404`, `4XX` or `default`. */
  readonly status: string;
  /** `proved`: some case was proved, and none violated. */
  readonly verdict: 'proved' | 'violated' | 'not provokable';
  /** Whether a request that leads there proved it, and not only one that asked for it by `Prefer`. */
  readonly isProvoked: boolean;
  /** Ids of the cases that lead there. */
  readonly cases: readonly string[];
  /** Why some, or all of it, can't be provoked. */
  readonly why: readonly string[];
}

/** Every operation × documented status, in the order of the documents. */
export function planOf(
  contracts: readonly Contract[],
  outcomes: readonly Outcome[],
  gaps: readonly Gap[],
): PlanEntry[] {
  const led = groupBy(outcomes, ({ case: { api, operation, expect } }) => keyOf(api, operation, expect.response ?? ''));
  const lacking = groupBy(gaps, ({ api, operation, status }) => keyOf(api, operation, status));
  return contracts.flatMap(({ name: api, operations }) =>
    operations.flatMap(({ id: operation, responses }) =>
      responses.map(({ status }): PlanEntry => {
        const key = keyOf(api, operation, status);
        const own = led.get(key) ?? [];
        const proved = own.filter(({ verdict }) => verdict === 'proved');
        const isViolated = own.some(({ verdict }) => verdict === 'violated');
        const causes = (lacking.get(key) ?? []).map(({ why }) => why);
        // That a service takes no Prefer says less than what else is missing.
        const known = [
          ...causes,
          ...own
            .filter(({ case: { kind } }) => causes.length === 0 || kind !== 'documented')
            .flatMap(({ why }) => why ?? []),
        ];
        const why = known.length === 0 && own.length === 0 ? ['no case for it was run'] : known;
        return {
          api,
          operation,
          status,
          verdict: isViolated ? 'violated' : proved.length > 0 ? 'proved' : 'not provokable',
          isProvoked: proved.some(({ case: { kind } }) => kind !== 'documented'),
          cases: own.map(({ case: { id } }) => id),
          why: [...new Set(why)],
        };
      }),
    ),
  );
}

const keyOf = (...parts: readonly string[]) => parts.join('\n');

function groupBy<T>(list: readonly T[], key: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of list) {
    const group = groups.get(key(one));
    if (group) group.push(one);
    else groups.set(key(one), [one]);
  }
  return groups;
}
