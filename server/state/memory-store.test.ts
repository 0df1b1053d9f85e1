import { expect, test } from '@jest/globals';
import { describeStore } from '../testing/store-suite.js';
import { createMemoryStore } from './memory-store.js';

import type { Store } from './store.js';

let last: Store;
describeStore({
  name: 'in memory',
  open: async () => {
    last = createMemoryStore();
    return last;
  },
  again: async () => last,
});

test('windows that have not ended outlast the sweep of those that have', () => {
  const store = createMemoryStore();
  store.count('long', 1, 100_000, 0);
  for (let index = 0; index < 10_001; index++) store.count(`short ${index}`, 1, 10, 0);
  store.count('new', 1, 10, 50);
  expect(store.peek('long', 1, 100_000, 50)).toMatchObject({ allowed: false });
});

test('windows that have not ended are not looked through again for each request', () => {
  const store = createMemoryStore();
  let looks = 0;
  const now = {
    valueOf: () => {
      looks++;
      return 0;
    },
  } as unknown as number;
  const requests = 40_000;
  for (let index = 0; index < requests; index++) store.count(`subject ${index}`, 1, 1000, now);
  expect(looks).toBeLessThan(10 * requests);
});
