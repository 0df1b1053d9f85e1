import { expect, test } from '@jest/globals';
import type { JournalEntry } from './entry.js';
import { createFilter, type JournalFilter } from './filter.js';

const entry: JournalEntry = {
  timeMs: 0,
  durationMs: 1,
  session: '',
  api: 'shop',
  operation: 'createUser',
  method: 'POST',
  url: '/shop/users/a.b?x=1',
  status: 422,
  reason: 'problem',
  problem: 'request-invalid',
};

test.each<[JournalFilter, boolean]>([
  [{}, true],
  [{ api: 'shop', operation: 'createUser', method: 'post', status: '4xx', verdict: 'invalid' }, true],
  [{ path: '/shop/users/a.b' }, true],
  [{ path: '/shop/*' }, true],
  [{ path: '*/users/*' }, true],
  [{ path: '/shop/users/aXb' }, false],
  [{ path: '/shop' }, false],
  [{ status: '422' }, true],
  [{ status: '5XX' }, false],
  [{ verdict: 'valid' }, false],
  [{ api: 'other' }, false],
])('%j lets the entry through: %s', (filter, expected) => {
  expect(createFilter(filter)(entry)).toBe(expected);
});
