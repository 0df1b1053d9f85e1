import { expect, test } from '@jest/globals';
import { createMemoryStore } from './memory-store.js';
import { answerStore, createRemoteStore, type StoreChannel } from './remote-store.js';
import type { SaveRequest, Store } from './store.js';

/** The two ends of a channel that copies what it carries, as one between processes does. */
function createChannel(): [StoreChannel, StoreChannel] {
  const listeners: ((message: unknown) => void)[][] = [[], []];
  const end = (own: number): StoreChannel => ({
    send: (message) => {
      const copy = structuredClone(message);
      setImmediate(() => listeners[1 - own]?.forEach((listener) => void listener(copy)));
    },
    onMessage: (listener) => listeners[own]?.push(listener),
  });
  return [end(0), end(1)];
}

function share(store: Store): Store {
  const [near, far] = createChannel();
  answerStore(store, far);
  return createRemoteStore(near);
}

const create = (item: unknown): SaveRequest => ({
  address: { api: 'a', collection: 'things', scope: [] },
  item,
  key: ['id'],
  keyValue: '1',
  unique: [],
  upsert: false,
});

test('of many that create the same item at once, in several processes, one succeeds', async () => {
  const kept = createMemoryStore();
  const [one, other] = [share(kept), share(kept)];
  const outcomes = await Promise.all(Array.from({ length: 50 }, (_, n) => (n % 2 ? one : other).save(create({ n }))));
  expect(outcomes.filter(({ kind }) => kind === 'created')).toHaveLength(1);
  expect(outcomes.filter(({ kind }) => kind === 'conflict')).toHaveLength(49);
});

test('what one process has stored, another finds, and what nobody has stored, none', async () => {
  const kept = createMemoryStore();
  const [one, other] = [share(kept), share(kept)];
  await one.save(create({ name: 'x' }));
  const { address } = create({});
  expect(await other.find(address, '1')).toMatchObject({ item: { name: 'x', id: '1' } });
  expect(await other.find(address, '2')).toBeUndefined();
});

test('requests of all processes count against one limit', async () => {
  const kept = createMemoryStore();
  const [one, other] = [share(kept), share(kept)];
  const allowed = [
    await one.count('c', 2, 1000, 0),
    await other.count('c', 2, 1000, 0),
    await one.count('c', 2, 1000, 0),
  ];
  expect(allowed.map((allowance) => allowance.allowed)).toEqual([true, true, false]);
  expect((await other.peek('c', 2, 1000, 0)).remaining).toBe(0);
});

test('an error of the store is that of the call', async () => {
  const broken = { ...createMemoryStore(), find: () => Promise.reject(new Error('gone')) };
  await expect(share(broken).find({ api: 'a', collection: 'b', scope: [] }, '1')).rejects.toThrow('gone');
});
