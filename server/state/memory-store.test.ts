import { expect, test } from '@jest/globals';
import { createMemoryStore } from './memory-store.js';
import type { SaveRequest } from './store.js';

const address = { api: 'shop', collection: 'users', scope: [] };
const user = (item: unknown, more: Partial<SaveRequest> = {}): SaveRequest => ({
  address,
  item,
  key: ['id'],
  unique: [],
  upsert: false,
  ...more,
});
const withEmail = (id: string, email: string | undefined, upsert = false) =>
  user(email === undefined ? {} : { email }, {
    keyValue: id,
    upsert,
    unique: email === undefined ? [] : [{ pointer: '/email', values: [email] }],
  });

test('an item is stored with its key in place, and found by it', () => {
  const store = createMemoryStore();
  expect(store.save(user({ name: 'Ada' }, { keyValue: 'a' }))).toEqual({
    kind: 'created',
    item: { name: 'Ada', id: 'a' },
  });
  expect(store.find(address, 'a')).toMatchObject({ item: { name: 'Ada', id: 'a' } });
  expect(store.find(address, 'b')).toBeUndefined();
});

test('a key may lie deep in the item, and what is beside it stays', () => {
  const store = createMemoryStore();
  const item = { meta: { tag: 1 } };
  expect(store.save(user(item, { key: ['meta', 'id'], keyValue: 'a' }))).toMatchObject({
    item: { meta: { tag: 1, id: 'a' } },
  });
  expect(item).toEqual({ meta: { tag: 1 } });
});

test('scopes, collections and APIs know nothing of each other', () => {
  const store = createMemoryStore();
  store.save(withEmail('a', 'ada@example.com'));
  for (const elsewhere of [{ scope: ['other'] }, { collection: 'admins' }, { api: 'bank' }]) {
    const there = { ...address, ...elsewhere };
    expect(store.find(there, 'a')).toBeUndefined();
    expect(store.save({ ...withEmail('a', 'ada@example.com'), address: there })).toMatchObject({ kind: 'created' });
  }
});

test('a key that is taken is a conflict at the key, with the item that has it', () => {
  const store = createMemoryStore();
  store.save(user({ name: 'Ada' }, { keyValue: 'a' }));
  expect(store.save(user({ name: 'Bob' }, { keyValue: 'a' }))).toEqual({
    kind: 'conflict',
    pointer: '/id',
    item: { name: 'Ada', id: 'a' },
  });
});

test('a unique value that is taken is a conflict at its pointer, and nothing is stored', () => {
  const store = createMemoryStore();
  store.save(withEmail('a', 'ada@example.com'));
  const second = user(
    {},
    {
      keyValue: 'b',
      unique: [
        { pointer: '/phone', values: ['1'] },
        { pointer: '/email', values: ['ada@example.com'] },
      ],
    },
  );
  expect(store.save(second)).toEqual({
    kind: 'conflict',
    pointer: '/email',
    item: { email: 'ada@example.com', id: 'a' },
  });
  expect(store.find(address, 'b')).toBeUndefined();
  const third = user({}, { keyValue: 'c', unique: [{ pointer: '/phone', values: ['1'] }] });
  expect(store.save(third)).toMatchObject({ kind: 'created' });
});

test('the same value under another pointer is another value', () => {
  const store = createMemoryStore();
  store.save(withEmail('a', 'x'));
  expect(store.save(user({}, { keyValue: 'b', unique: [{ pointer: '/phone', values: ['x'] }] }))).toMatchObject({
    kind: 'created',
  });
});

test('an upsert of a key that is there merges the item into it', () => {
  const store = createMemoryStore();
  store.save(user({ name: 'Ada', tags: ['x'], age: 1 }, { keyValue: 'a' }));
  expect(store.save(user({ age: 2, tags: [] }, { keyValue: 'a', upsert: true }))).toEqual({
    kind: 'found',
    item: { id: 'a', name: 'Ada', tags: [], age: 2 },
  });
});

test('an upsert keeps its own unique values, and may not take those of others', () => {
  const store = createMemoryStore();
  store.save(withEmail('a', 'ada@example.com'));
  store.save(withEmail('b', 'bob@example.com'));
  expect(store.save(withEmail('a', 'ada@example.com', true))).toMatchObject({ kind: 'found' });
  expect(store.save(withEmail('a', 'bob@example.com', true))).toMatchObject({ kind: 'conflict', pointer: '/email' });
  expect(store.find(address, 'a')).toMatchObject({ item: { email: 'ada@example.com' } });
});

test('an upsert that changes a unique value releases the old one', () => {
  const store = createMemoryStore();
  store.save(withEmail('a', 'old@example.com'));
  store.save(withEmail('a', 'new@example.com', true));
  expect(store.save(withEmail('b', 'old@example.com'))).toMatchObject({ kind: 'created' });
  expect(store.save(withEmail('c', 'new@example.com'))).toMatchObject({ kind: 'conflict' });
});

test('an upsert that says nothing of a unique value keeps it, and one that empties it releases it', () => {
  const store = createMemoryStore();
  store.save(withEmail('a', 'ada@example.com'));
  store.save(withEmail('a', undefined, true));
  expect(store.save(withEmail('b', 'ada@example.com'))).toMatchObject({ kind: 'conflict' });
  store.save(user({ email: null }, { keyValue: 'a', upsert: true, unique: [{ pointer: '/email', values: [] }] }));
  expect(store.save(withEmail('b', 'ada@example.com'))).toMatchObject({ kind: 'created' });
});

test('numbers count up from the highest there is, and a refused item uses none', () => {
  const store = createMemoryStore();
  const taken = [{ pointer: '/email', values: ['x'] }];
  expect(store.save(user({}, { unique: taken }))).toMatchObject({ item: { id: 1 } });
  expect(store.save(user({}, { unique: taken }))).toMatchObject({ kind: 'conflict' });
  expect(store.save(user({}))).toMatchObject({ item: { id: 2 } });
  store.save(user({}, { keyValue: 10 }));
  expect(store.save(user({}))).toMatchObject({ item: { id: 11 } });
});

test.each(['1', 0.5, 1e300])('a made number is whole and free, although a client chose the key %p', (keyValue) => {
  const store = createMemoryStore();
  store.save(user({}, { keyValue }));
  const made = store.save(user({}));
  expect(made).toMatchObject({ kind: 'created', item: { id: keyValue === '1' ? 2 : 1 } });
});

test('a limit lets its number of requests pass in a window, and again when that has ended', () => {
  const store = createMemoryStore();
  const take = (nowMs: number) => store.count('ada', 2, 1000, nowMs);
  expect(take(0)).toEqual({ allowed: true, remaining: 1, resetMs: 1000 });
  expect(take(999)).toEqual({ allowed: true, remaining: 0, resetMs: 1000 });
  expect(take(999)).toEqual({ allowed: false, remaining: 0, resetMs: 1000 });
  expect(take(1000)).toEqual({ allowed: true, remaining: 1, resetMs: 2000 });
});

test('each subject has a window of its own, and looking at it counts nothing', () => {
  const store = createMemoryStore();
  store.count('ada', 1, 1000, 0);
  expect(store.peek('ada', 1, 1000, 500)).toEqual({ allowed: false, remaining: 0, resetMs: 1000 });
  expect(store.peek('bob', 1, 1000, 500)).toEqual({ allowed: true, remaining: 1, resetMs: 1500 });
  expect(store.peek('bob', 1, 1000, 500)).toMatchObject({ remaining: 1 });
  expect(store.peek('ada', 1, 1000, 1000)).toMatchObject({ allowed: true, remaining: 1 });
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

const seedOf = (id: string) => ({ item: { id }, keyValue: id, unique: [] });

test('a partition begins once, and lists its items in the order in which they came', () => {
  const store = createMemoryStore();
  expect(store.hasLived(address)).toBe(false);
  expect(store.hasBegun(address)).toBe(false);
  store.begin(address, [seedOf('b'), seedOf('a')]);
  expect(store.hasBegun(address)).toBe(true);
  store.save(user({}, { keyValue: 'c' }));
  store.begin(address, [seedOf('d')]);
  expect(store.list(address)).toEqual([{ id: 'b' }, { id: 'a' }, { id: 'c' }]);
  expect(store.list({ ...address, scope: ['other'] })).toEqual([]);
});

test('what is removed is gone, its unique values are free, and the partition has lived', () => {
  const store = createMemoryStore();
  store.save(withEmail('a', 'ada@example.com'));
  expect(store.remove(address, 'a')).toMatchObject({ item: { id: 'a', email: 'ada@example.com' } });
  expect(store.remove(address, 'a')).toBeUndefined();
  expect(store.find(address, 'a')).toBeUndefined();
  expect(store.hasLived(address)).toBe(true);
  expect(store.save(withEmail('b', 'ada@example.com'))).toMatchObject({ kind: 'created' });
});

test('a change may not take the unique values of others, and releases those that the item had', async () => {
  const store = createMemoryStore();
  store.save(withEmail('a', 'ada@example.com'));
  store.save(withEmail('b', 'bob@example.com'));
  const { version = 0 } = (await store.find(address, 'b')) ?? {};
  const to = (email: string) =>
    store.change({
      address,
      key: 'b',
      version,
      item: { id: 'b', email },
      unique: [{ pointer: '/email', values: [email] }],
    });
  expect(to('ada@example.com')).toMatchObject({ kind: 'conflict', pointer: '/email' });
  expect(store.find(address, 'b')).toMatchObject({ item: { email: 'bob@example.com' } });
  expect(to('new@example.com')).toMatchObject({ kind: 'updated' });
  expect(store.save(withEmail('c', 'bob@example.com'))).toMatchObject({ kind: 'created' });
  expect(store.save(withEmail('d', 'new@example.com'))).toMatchObject({ kind: 'conflict' });
});

test('a change of what was changed meanwhile, or is not there, changes nothing and says so', async () => {
  const store = createMemoryStore();
  store.save(withEmail('a', 'ada@example.com'));
  const { version = 0 } = (await store.find(address, 'a')) ?? {};
  const to = (key: string, item: unknown) => store.change({ address, key, version, item, unique: [] });
  expect(to('a', { n: 1 })).toEqual({ kind: 'updated', item: { n: 1 } });
  expect(to('a', { n: 2 })).toEqual({ kind: 'stale' });
  expect(to('b', { n: 3 })).toEqual({ kind: 'missing' });
  expect(store.list(address)).toEqual([{ n: 1 }]);
});

test('a snapshot is data, and a store that it is restored to goes on where the other was', async () => {
  const store = createMemoryStore();
  store.begin(address, [seedOf('s')]);
  store.save(withEmail('a', 'ada@example.com'));
  store.save(user({}));
  const snapshot = JSON.parse(JSON.stringify(await store.snapshot()));
  const other = createMemoryStore();
  other.save(user({}, { keyValue: 'gone', address: { ...address, scope: ['x'] } }));
  other.restore(snapshot);
  expect(other.list(address)).toEqual(store.list(address));
  expect(other.find({ ...address, scope: ['x'] }, 'gone')).toBeUndefined();
  expect(other.hasBegun(address)).toBe(true);
  expect(other.save(withEmail('b', 'ada@example.com'))).toMatchObject({ kind: 'conflict', pointer: '/email' });
  expect(other.save(user({}))).toMatchObject({ item: { id: 2 } });
});
