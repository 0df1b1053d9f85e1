import type { RecordBudget } from './record-budget.js';
import type { Recorded, Store } from './store.js';

/** How many entries a journal keeps. */
export const recordsMax = 10_000;

/** The journal, and named counts. */
export function createMemoryRecords(
  budget: RecordBudget = () => {},
): Pick<Store, 'record' | 'recorded' | 'forgetRecorded' | 'tally' | 'tallies' | 'forgetTallies'> {
  const tallies = new Map<string, number>();
  /** A ring: the entry of a number stands at the number modulo its length. */
  const ring: unknown[] = [];
  let last = 0;
  let first = 1;

  return {
    record: (entries) => {
      for (const entry of entries) {
        ring[++last % recordsMax] = entry;
        budget(entry);
      }
      first = Math.max(first, last - recordsMax + 1);
    },
    recorded: (after, most) => {
      const from = Math.max(first, after + 1);
      const count = Math.max(0, Math.min(most, last - from + 1));
      return Array.from({ length: count }, (_, index): Recorded => {
        const number = from + index;
        return { number, entry: ring[number % recordsMax] };
      });
    },
    forgetRecorded: () => {
      ring.length = 0;
      first = last + 1;
    },
    tally: (additions) => {
      for (const name in additions) tallies.set(name, (tallies.get(name) ?? 0) + (additions[name] as number));
    },
    tallies: () => Object.fromEntries(tallies),
    forgetTallies: () => tallies.clear(),
  };
}
