import { expect, test } from '@jest/globals';
import { createMemoryForced } from './memory-forced.js';

const forced = (id: string, times?: number) => ({
  id,
  operation: 'shop createUser',
  reply: { status: 409 },
  ...(times !== undefined && { times }),
});

test('forced replies of an operation are there in the order they came, until they are used up', () => {
  const store = createMemoryForced();
  store.addForced(forced('a', 2));
  store.addForced(forced('b'));
  expect(store.forced('shop createUser')).toMatchObject([{ id: 'a', times: 2 }, { id: 'b' }]);
  expect(store.forced('shop other')).toEqual([]);
  expect([store.useForced('a'), store.useForced('a'), store.useForced('a')]).toEqual([true, true, false]);
  expect([store.useForced('b'), store.useForced('b')]).toEqual([true, true]);
  expect(store.forced()).toMatchObject([{ id: 'b' }]);
});

test('one can be taken out, or all', () => {
  const store = createMemoryForced();
  for (const id of ['a', 'b', 'c']) store.addForced(forced(id));
  expect(store.removeForced('b')).toBe(1);
  expect(store.removeForced('b')).toBe(0);
  expect(store.forced('shop createUser')).toMatchObject([{ id: 'a' }, { id: 'c' }]);
  expect(store.removeForced()).toBe(2);
  expect(store.forced('shop createUser')).toEqual([]);
});
