import { afterEach, describe, expect, test } from '@jest/globals';
import type { Forced, SaveRequest, Store } from '../state/index.js';

/** Makes stores; those that `open` made last know the same, where `again` is given. */
interface StoreKind {
  readonly name: string;
  /** A store with nothing in it. */
  readonly open: () => Promise<Store>;
  /** Another way to what the store made last has, as another process would have it. */
  readonly again: () => Promise<Store>;
  /** After each test. */
  readonly close?: () => Promise<void>;
}

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
const seedOf = (id: string) => ({ item: { id }, keyValue: id, unique: [] });
const forced = (id: string, times?: number): Forced => ({
  id,
  operation: 'shop createUser',
  reply: { status: 409 },
  ...(times !== undefined && { times }),
});

/** What every store does. */
export function describeStore({ name, open, again, close }: StoreKind): void {
  describe(`a store ${name}`, () => {
    if (close) afterEach(close);

    test('an item is stored with its key in place, and found by it', async () => {
      const store = await open();
      expect(await store.save(user({ name: 'Ada' }, { keyValue: 'a' }))).toEqual({
        kind: 'created',
        item: { name: 'Ada', id: 'a' },
      });
      expect(await store.find(address, 'a')).toMatchObject({ item: { name: 'Ada', id: 'a' } });
      expect(await store.find(address, 'b')).toBeUndefined();
    });

    test('a key may lie deep in the item, and what is beside it stays', async () => {
      const store = await open();
      const item = { meta: { tag: 1 } };
      expect(await store.save(user(item, { key: ['meta', 'id'], keyValue: 'a' }))).toMatchObject({
        item: { meta: { tag: 1, id: 'a' } },
      });
      expect(item).toEqual({ meta: { tag: 1 } });
    });

    test('scopes, collections and APIs know nothing of each other', async () => {
      const store = await open();
      await store.save(withEmail('a', 'ada@example.com'));
      for (const elsewhere of [{ scope: ['other'] }, { collection: 'admins' }, { api: 'bank' }]) {
        const there = { ...address, ...elsewhere };
        expect(await store.find(there, 'a')).toBeUndefined();
        expect(await store.save({ ...withEmail('a', 'ada@example.com'), address: there })).toMatchObject({
          kind: 'created',
        });
      }
    });

    test('a key that is taken is a conflict at the key, with the item that has it', async () => {
      const store = await open();
      await store.save(user({ name: 'Ada' }, { keyValue: 'a' }));
      expect(await store.save(user({ name: 'Bob' }, { keyValue: 'a' }))).toEqual({
        kind: 'conflict',
        pointer: '/id',
        item: { name: 'Ada', id: 'a' },
      });
    });

    test('a unique value that is taken is a conflict at its pointer, and nothing is stored', async () => {
      const store = await open();
      await store.save(withEmail('a', 'ada@example.com'));
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
      expect(await store.save(second)).toEqual({
        kind: 'conflict',
        pointer: '/email',
        item: { email: 'ada@example.com', id: 'a' },
      });
      expect(await store.find(address, 'b')).toBeUndefined();
      const third = user({}, { keyValue: 'c', unique: [{ pointer: '/phone', values: ['1'] }] });
      expect(await store.save(third)).toMatchObject({ kind: 'created' });
    });

    test('the same value under another pointer is another value', async () => {
      const store = await open();
      await store.save(withEmail('a', 'x'));
      expect(
        await store.save(user({}, { keyValue: 'b', unique: [{ pointer: '/phone', values: ['x'] }] })),
      ).toMatchObject({
        kind: 'created',
      });
    });

    test('an upsert of a key that is there merges the item into it', async () => {
      const store = await open();
      await store.save(user({ name: 'Ada', tags: ['x'], age: 1 }, { keyValue: 'a' }));
      expect(await store.save(user({ age: 2, tags: [] }, { keyValue: 'a', upsert: true }))).toEqual({
        kind: 'found',
        item: { id: 'a', name: 'Ada', tags: [], age: 2 },
      });
    });

    test('an upsert keeps its own unique values, and may not take those of others', async () => {
      const store = await open();
      await store.save(withEmail('a', 'ada@example.com'));
      await store.save(withEmail('b', 'bob@example.com'));
      expect(await store.save(withEmail('a', 'ada@example.com', true))).toMatchObject({ kind: 'found' });
      expect(await store.save(withEmail('a', 'bob@example.com', true))).toMatchObject({
        kind: 'conflict',
        pointer: '/email',
      });
      expect(await store.find(address, 'a')).toMatchObject({ item: { email: 'ada@example.com' } });
    });

    test('an upsert that changes a unique value releases the old one', async () => {
      const store = await open();
      await store.save(withEmail('a', 'old@example.com'));
      await store.save(withEmail('a', 'new@example.com', true));
      expect(await store.save(withEmail('b', 'old@example.com'))).toMatchObject({ kind: 'created' });
      expect(await store.save(withEmail('c', 'new@example.com'))).toMatchObject({ kind: 'conflict' });
    });

    test('an upsert that says nothing of a unique value keeps it, and one that empties it releases it', async () => {
      const store = await open();
      await store.save(withEmail('a', 'ada@example.com'));
      await store.save(withEmail('a', undefined, true));
      expect(await store.save(withEmail('b', 'ada@example.com'))).toMatchObject({ kind: 'conflict' });
      await store.save(
        user({ email: null }, { keyValue: 'a', upsert: true, unique: [{ pointer: '/email', values: [] }] }),
      );
      expect(await store.save(withEmail('b', 'ada@example.com'))).toMatchObject({ kind: 'created' });
    });

    test('numbers count up from the highest there is, and a refused item uses none', async () => {
      const store = await open();
      const taken = [{ pointer: '/email', values: ['x'] }];
      expect(await store.save(user({}, { unique: taken }))).toMatchObject({ item: { id: 1 } });
      expect(await store.save(user({}, { unique: taken }))).toMatchObject({ kind: 'conflict' });
      expect(await store.save(user({}))).toMatchObject({ item: { id: 2 } });
      await store.save(user({}, { keyValue: 10 }));
      expect(await store.save(user({}))).toMatchObject({ item: { id: 11 } });
    });

    test.each(['1', 0.5, 1e300])(
      'a made number is whole and free, although a client chose the key %p',
      async (keyValue) => {
        const store = await open();
        await store.save(user({}, { keyValue }));
        const made = await store.save(user({}));
        expect(made).toMatchObject({ kind: 'created', item: { id: keyValue === '1' ? 2 : 1 } });
      },
    );

    test('a limit lets its number of requests pass in a window, and again when that has ended', async () => {
      const store = await open();
      const take = (nowMs: number) => store.count('ada', 2, 1000, nowMs);
      expect(await take(0)).toEqual({ allowed: true, remaining: 1, resetMs: 1000 });
      expect(await take(999)).toEqual({ allowed: true, remaining: 0, resetMs: 1000 });
      expect(await take(999)).toEqual({ allowed: false, remaining: 0, resetMs: 1000 });
      expect(await take(1000)).toEqual({ allowed: true, remaining: 1, resetMs: 2000 });
    });

    test('each subject has a window of its own, and looking at it counts nothing', async () => {
      const store = await open();
      await store.count('ada', 1, 1000, 0);
      expect(await store.peek('ada', 1, 1000, 500)).toEqual({ allowed: false, remaining: 0, resetMs: 1000 });
      expect(await store.peek('bob', 1, 1000, 500)).toEqual({ allowed: true, remaining: 1, resetMs: 1500 });
      expect(await store.peek('bob', 1, 1000, 500)).toMatchObject({ remaining: 1 });
      expect(await store.peek('ada', 1, 1000, 1000)).toMatchObject({ allowed: true, remaining: 1 });
    });

    test('a partition begins once, and lists its items in the order in which they came', async () => {
      const store = await open();
      expect(await store.hasLived(address)).toBe(false);
      expect(await store.hasBegun(address)).toBe(false);
      await store.begin(address, [seedOf('b'), seedOf('a')]);
      expect(await store.hasBegun(address)).toBe(true);
      await store.save(user({}, { keyValue: 'c' }));
      await store.begin(address, [seedOf('d')]);
      expect(await store.list(address)).toEqual([{ id: 'b' }, { id: 'a' }, { id: 'c' }]);
      expect(await store.list({ ...address, scope: ['other'] })).toEqual([]);
    });

    test('what is removed is gone, its unique values are free, and the partition has lived', async () => {
      const store = await open();
      await store.save(withEmail('a', 'ada@example.com'));
      expect(await store.remove(address, 'a')).toMatchObject({ item: { id: 'a', email: 'ada@example.com' } });
      expect(await store.remove(address, 'a')).toBeUndefined();
      expect(await store.find(address, 'a')).toBeUndefined();
      expect(await store.hasLived(address)).toBe(true);
      expect(await store.save(withEmail('b', 'ada@example.com'))).toMatchObject({ kind: 'created' });
    });

    test('a change may not take the unique values of others, and releases those that the item had', async () => {
      const store = await open();
      await store.save(withEmail('a', 'ada@example.com'));
      await store.save(withEmail('b', 'bob@example.com'));
      const { version = 0 } = (await store.find(address, 'b')) ?? {};
      const to = (email: string) =>
        store.change({
          address,
          key: 'b',
          version,
          item: { id: 'b', email },
          unique: [{ pointer: '/email', values: [email] }],
        });
      expect(await to('ada@example.com')).toMatchObject({ kind: 'conflict', pointer: '/email' });
      expect(await store.find(address, 'b')).toMatchObject({ item: { email: 'bob@example.com' } });
      expect(await to('new@example.com')).toMatchObject({ kind: 'updated' });
      expect(await store.save(withEmail('c', 'bob@example.com'))).toMatchObject({ kind: 'created' });
      expect(await store.save(withEmail('d', 'new@example.com'))).toMatchObject({ kind: 'conflict' });
    });

    test('a change of what was changed meanwhile, or is not there, changes nothing and says so', async () => {
      const store = await open();
      await store.save(withEmail('a', 'ada@example.com'));
      const { version = 0 } = (await store.find(address, 'a')) ?? {};
      const to = (key: string, item: unknown) => store.change({ address, key, version, item, unique: [] });
      expect(await to('a', { n: 1 })).toEqual({ kind: 'updated', item: { n: 1 } });
      expect(await to('a', { n: 2 })).toEqual({ kind: 'stale' });
      expect(await to('b', { n: 3 })).toEqual({ kind: 'missing' });
      expect(await store.list(address)).toEqual([{ n: 1 }]);
    });

    test('a snapshot is data, and a store that it is restored to goes on where the other was', async () => {
      const store = await open();
      await store.begin(address, [seedOf('s')]);
      await store.save(withEmail('a', 'ada@example.com'));
      await store.save(user({}));
      const snapshot = JSON.parse(JSON.stringify(await store.snapshot()));
      const other = await open();
      await other.save(user({}, { keyValue: 'gone', address: { ...address, scope: ['x'] } }));
      await other.restore(snapshot);
      expect(await other.list(address)).toEqual(await store.list(address));
      expect(await other.find({ ...address, scope: ['x'] }, 'gone')).toBeUndefined();
      await other.begin(address, [seedOf('z')]);
      expect(await other.list(address)).toEqual(await store.list(address));
      expect(await other.save(withEmail('b', 'ada@example.com'))).toMatchObject({
        kind: 'conflict',
        pointer: '/email',
      });
      expect(await other.save(user({}))).toMatchObject({ item: { id: 2 } });
    });

    test('items keep what JSON can say, and keys and values any character', async () => {
      const store = await open();
      const item = { list: [], object: {}, null: null, deep: [[{}]], number: 1e300, text: '\0\u2028"\\€𝄞' };
      for (const key of ['\0', 'a\0b', 'ä{}', ' ', '__proto__']) {
        const unique = [{ pointer: '/text', values: [`\0${key}`] }];
        expect(await store.save(user(item, { keyValue: key, unique }))).toMatchObject({ kind: 'created' });
        expect(await store.find(address, key)).toMatchObject({ item: { ...item, id: key } });
        expect(await store.save(user({}, { unique }))).toMatchObject({ kind: 'conflict', item: { id: key } });
      }
      expect(await store.list(address)).toHaveLength(5);
      expect(await store.remove(address, 'a\0b')).toMatchObject({ item });
      expect(await store.list(address)).toHaveLength(4);
    });

    test('items stay where they came, also when they are changed', async () => {
      const store = await open();
      for (const id of ['b', 'c', 'a']) await store.save(withEmail(id, id));
      const { version = 0 } = (await store.find(address, 'b')) ?? {};
      await store.change({ address, key: 'b', version, item: { id: 'b', n: 1 }, unique: [] });
      await store.save(user({ n: 2 }, { keyValue: 'c', upsert: true }));
      expect(await store.list(address)).toMatchObject([{ id: 'b', n: 1 }, { id: 'c', n: 2 }, { id: 'a' }]);
    });

    test('what a partition starts with is put in once, whoever comes first', async () => {
      const store = await open();
      const stores = [store, await again(), await again()];
      await Promise.all(stores.map((one) => one.begin(address, [seedOf('s'), seedOf('t')])));
      await stores[1]?.remove(address, 's');
      await stores[2]?.begin(address, [seedOf('s'), seedOf('t')]);
      for (const one of stores) expect(await one.list(address)).toEqual([{ id: 't' }]);
    });

    test('a partition that is begun with nothing known has not lived, one begun with none has', async () => {
      const store = await open();
      await store.begin(address, undefined);
      expect(await store.hasLived(address)).toBe(false);
      const there = { ...address, scope: ['x'] };
      await store.begin(there, []);
      expect(await store.hasLived(there)).toBe(true);
    });

    test('what a snapshot lacks begins anew after it was restored', async () => {
      const store = await open();
      const empty = await store.snapshot();
      await store.begin(address, [seedOf('s')]);
      await store.remove(address, 's');
      await store.restore(empty);
      expect((await store.hasBegun(address)) ? undefined : await store.begin(address, [seedOf('s')])).toBeUndefined();
      expect(await store.list(address)).toEqual([{ id: 's' }]);
    });

    test('partitions are replaced as a whole, and the others stay', async () => {
      const store = await open();
      const there = { ...address, scope: ['x'] };
      await store.begin(address, [seedOf('s')]);
      await store.save(withEmail('a', 'ada@example.com'));
      await store.save(user({}, { keyValue: 'kept', address: there }));
      const partition = { ...address, hasBegun: true, hasLived: true, lastNumber: 7 };
      const unique = [{ pointer: '/email', values: ['new@example.com'] }];
      await store.replace([{ ...partition, entries: [{ key: 'b', item: { id: 'b' }, unique }] }]);
      expect(await store.list(address)).toEqual([{ id: 'b' }]);
      expect(await store.find(address, 'a')).toBeUndefined();
      expect(await store.find(there, 'kept')).toBeDefined();
      expect(await store.save(withEmail('c', 'new@example.com'))).toMatchObject({ kind: 'conflict' });
      expect(await store.save(withEmail('a', 'ada@example.com'))).toMatchObject({ kind: 'created' });
      expect(await store.save(user({}))).toMatchObject({ item: { id: 8 } });
      await store.replace([{ ...partition, hasBegun: false, hasLived: false, lastNumber: 0, entries: [] }]);
      await store.begin(address, [seedOf('s')]);
      expect(await store.list(address)).toEqual([{ id: 's' }]);
    });

    test('an item is removed only in the version that is asked for', async () => {
      const store = await open();
      await store.save(withEmail('a', 'ada'));
      const { version = 0 } = (await store.find(address, 'a')) ?? {};
      await store.change({ address, key: 'a', version, item: { id: 'a', n: 1 }, unique: [] });
      expect(await store.remove(address, 'a', version)).toBeUndefined();
      const now = await store.find(address, 'a');
      expect(await store.remove(address, 'a', now?.version)).toMatchObject({ item: { n: 1 } });
    });

    test('of many that create the same item at once, by several ways, one succeeds', async () => {
      const store = await open();
      const other = await again();
      const outcomes = await Promise.all(
        Array.from({ length: 50 }, (_, n) => (n % 2 ? store : other).save(user({ n }, { keyValue: 'a' }))),
      );
      expect(outcomes.filter(({ kind }) => kind === 'created')).toHaveLength(1);
      expect(outcomes.filter(({ kind }) => kind === 'conflict')).toHaveLength(49);
    });

    test('of many that change the same version at once, one succeeds', async () => {
      const store = await open();
      const other = await again();
      await store.save(withEmail('a', 'ada'));
      const { version = 0 } = (await store.find(address, 'a')) ?? {};
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, (_, n) =>
          (n % 2 ? store : other).change({ address, key: 'a', version, item: { n }, unique: [] }),
        ),
      );
      expect(outcomes.filter(({ kind }) => kind === 'updated')).toHaveLength(1);
      expect(outcomes.filter(({ kind }) => kind === 'stale')).toHaveLength(19);
    });

    test('upserts of the same item at once all take part', async () => {
      const store = await open();
      const other = await again();
      await Promise.all(
        Array.from({ length: 10 }, (_, n) =>
          (n % 2 ? store : other).save(user({ [`n${n}`]: n }, { keyValue: 'a', upsert: true })),
        ),
      );
      expect(Object.keys((await store.find(address, 'a'))?.item as object)).toHaveLength(11);
    });

    test('numbers are given once each, in one row', async () => {
      const store = await open();
      const other = await again();
      await Promise.all(Array.from({ length: 40 }, (_, n) => (n % 2 ? store : other).save(user({}))));
      const ids = (await store.list(address)).map((item) => (item as { id: number }).id);
      expect(ids).toEqual(Array.from({ length: 40 }, (_, n) => n + 1));
    });

    test('requests count against one limit, by whatever way, until the counts are forgotten', async () => {
      const store = await open();
      const other = await again();
      const counts = Array.from({ length: 20 }, (_, n) => (n % 2 ? store : other).count('c', 5, 1000, 0));
      const allowed = (await Promise.all(counts)).filter((one) => one.allowed);
      expect(allowed).toHaveLength(5);
      await store.forgetCounts();
      expect(await other.peek('c', 5, 1000, 0)).toMatchObject({ remaining: 5 });
    });

    test('forced replies of an operation are there in the order they came, until they are used up', async () => {
      const store = await open();
      await store.addForced(forced('b', 2));
      await store.addForced(forced('a'));
      expect(await store.forced('shop createUser')).toEqual([forced('b', 2), forced('a')]);
      expect(await store.forced('shop other')).toEqual([]);
      expect(await store.useForced('b')).toBe(true);
      expect(await store.forced()).toEqual([forced('b', 1), forced('a')]);
      expect([await store.useForced('b'), await store.useForced('b')]).toEqual([true, false]);
      expect([await store.useForced('a'), await store.useForced('a')]).toEqual([true, true]);
      expect(await store.forced()).toEqual([forced('a')]);
    });

    test('a forced reply is there for all as soon as it was added, also for who knew of none', async () => {
      const store = await open();
      const other = await again();
      for (const one of [store, other]) expect(await one.forced('shop createUser')).toEqual([]);
      await other.addForced(forced('a'));
      for (const one of [store, other]) expect(await one.forced('shop createUser')).toEqual([forced('a')]);
    });

    test('a forced reply is used as often as it says, by whatever way', async () => {
      const store = await open();
      const other = await again();
      await store.addForced(forced('a', 7));
      const used = await Promise.all(Array.from({ length: 30 }, (_, n) => (n % 2 ? store : other).useForced('a')));
      expect(used.filter(Boolean)).toHaveLength(7);
    });

    test('one forced reply can be taken out, or all', async () => {
      const store = await open();
      for (const id of ['a', 'b', 'c']) await store.addForced(forced(id));
      expect(await store.removeForced('b')).toBe(1);
      expect(await store.removeForced('b')).toBe(0);
      expect(await store.forced('shop createUser')).toMatchObject([{ id: 'a' }, { id: 'c' }]);
      expect(await store.removeForced()).toBe(2);
      expect(await store.forced('shop createUser')).toEqual([]);
    });

    test('entries of the journal come back by their numbers, the oldest first, after any that is known', async () => {
      const store = await open();
      await store.record([{ a: [] }, 'b']);
      await store.record([]);
      await store.record(['c']);
      expect(await store.recorded(0, 10)).toEqual([
        { number: 1, entry: { a: [] } },
        { number: 2, entry: 'b' },
        { number: 3, entry: 'c' },
      ]);
      expect(await store.recorded(1, 1)).toEqual([{ number: 2, entry: 'b' }]);
      expect(await store.recorded(3, 10)).toEqual([]);
      expect(await store.recorded(0, 0)).toEqual([]);
    });

    test('the last 10,000 entries are kept, under the numbers they had', async () => {
      const store = await open();
      const entries = Array.from({ length: 2001 }, (_, index) => index);
      for (let times = 0; times < 5; times++) await store.record(entries);
      const [first] = await store.recorded(0, 1);
      expect(first).toEqual({ number: 6, entry: 5 });
      expect(await store.recorded(0, 20_000)).toHaveLength(10_000);
      await store.forgetRecorded();
      expect(await store.recorded(0, 10)).toEqual([]);
      await store.record(['next']);
      expect(await store.recorded(0, 10)).toEqual([{ number: 10_006, entry: 'next' }]);
    });

    test('counts add up by name, by whatever way, until they are forgotten', async () => {
      const store = await open();
      const other = await again();
      await Promise.all([store.tally({ a: 1, b: 2 }), other.tally({ b: 1 }), other.tally({})]);
      expect(await store.tallies()).toEqual({ a: 1, b: 3 });
      await store.forgetTallies();
      expect(await store.tallies()).toEqual({});
    });
  });
}
