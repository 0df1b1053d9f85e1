import type { RecordBudget } from './record-budget.js';
import { pageOf, type RecordPage } from './record-page.js';
import type { Recorded, Store } from './store.js';

/** How many entries a journal keeps. */
export const recordsMax = 10_000;

interface Placed {
  /** Number of its first entry. */
  readonly first: number;
  readonly page: RecordPage;
}

/** The journal, and named counts. */
export function createMemoryRecords(
  budget: RecordBudget = noBudget,
): Pick<Store, 'record' | 'recorded' | 'forgetRecorded' | 'tally' | 'tallies' | 'forgetTallies'> {
  const tallies = new Map<string, number>();
  const pages: Placed[] = [];
  let last = 0;
  let first = 1;

  const drop = ({ page }: Placed) => {
    budget.release(page);
    page.drop();
  };
  const forgetBefore = (number: number) => {
    first = number;
    while (pages[0] && pages[0].first + pages[0].page.count <= first) drop(pages.shift() as Placed);
  };

  return {
    record: (entries) => {
      const page = pageOf(entries);
      if (page.count === 0) return;
      pages.push({ first: last + 1, page });
      last += page.count;
      budget.hold(page);
      forgetBefore(Math.max(first, last - recordsMax + 1));
    },
    recorded: (after, most) => {
      const from = Math.max(first, after + 1);
      const end = Math.min(last + 1, from + most);
      const found: Recorded[] = [];
      for (let place = placeOf(pages, from); place < pages.length && found.length < end - from; place++) {
        const { first: start, page } = pages[place] as Placed;
        const numbered = page.read().map((entry, index) => ({ number: start + index, entry }));
        found.push(...numbered.slice(Math.max(0, from - start), Math.max(0, end - start)));
      }
      return found;
    },
    forgetRecorded: () => forgetBefore(last + 1),
    tally: (additions) => {
      for (const name in additions) tallies.set(name, (tallies.get(name) ?? 0) + (additions[name] as number));
    },
    tallies: () => Object.fromEntries(tallies),
    forgetTallies: () => tallies.clear(),
  };
}

const noBudget: RecordBudget = { hold: () => {}, release: () => {} };

/** Index of the page that has the entry of a number, or would have it. */
function placeOf(pages: readonly Placed[], number: number): number {
  let low = 0;
  let high = pages.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const { first, page } = pages[middle] as Placed;
    if (first + page.count <= number) low = middle + 1;
    else high = middle;
  }
  return low;
}
