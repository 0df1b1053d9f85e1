import { expect, test } from '@jest/globals';
import { createChannel } from '../testing/channel.js';
import { createMemoryStore } from './memory-store.js';
import { answerCalls, callStore, createAsk, createRemoteStore } from './remote-store.js';
import type { SaveRequest, Store } from './store.js';

function share(store: Store): Store {
  const [near, far] = createChannel();
  answerCalls(far, (_, method, parameters) => callStore(store, method, parameters));
  return createRemoteStore(createAsk(near), 'session');
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
