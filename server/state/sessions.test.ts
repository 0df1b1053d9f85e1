import { expect, test } from '@jest/globals';
import { createMemoryStore } from './memory-store.js';
import { createSessions, sharedSession } from './sessions.js';

const address = { api: 'shop', collection: 'users', scope: [] };
const create = { address, item: {}, key: ['id'], unique: [], upsert: false };

function clockOf(start: number) {
  let now = start;
  return { now: () => now, pass: (ms: number) => (now += ms) };
}

test('what is created in one session is in no other, and there again when it is asked for again', async () => {
  const sessions = createSessions(createMemoryStore, () => 0);
  await (await sessions.of('a')).save(create);
  expect(await (await sessions.of('a')).list(address)).toEqual([{ id: 1 }]);
  expect(await (await sessions.of('b')).list(address)).toEqual([]);
  expect(await (await sessions.of(sharedSession)).list(address)).toEqual([]);
});

test('a session that is idle for long ends; one that is used does not, nor does the shared one', async () => {
  const { now, pass } = clockOf(0);
  const sessions = createSessions(createMemoryStore, now, { idleMs: 1000 });
  for (const id of ['a', 'b', sharedSession]) await (await sessions.of(id)).save(create);
  pass(600);
  await sessions.of('b');
  pass(600);
  expect(await sessions.list()).toEqual([{ id: 'b', lastUsedMs: 600 }]);
  expect(await (await sessions.of('a')).list(address)).toEqual([]);
  expect(await (await sessions.of('b')).list(address)).toHaveLength(1);
  expect(await (await sessions.of(sharedSession)).list(address)).toHaveLength(1);
});

test('one session too many ends that which has been idle longest', async () => {
  const sessions = createSessions(createMemoryStore, () => 0, { most: 2 });
  for (const id of ['a', 'b', 'a', 'c']) await sessions.of(id);
  expect((await sessions.list()).map(({ id }) => id)).toEqual(['a', 'c']);
});

test('ending the shared session begins it anew', async () => {
  const sessions = createSessions(createMemoryStore, () => 0);
  await (await sessions.of(sharedSession)).save(create);
  expect(await sessions.end(sharedSession)).toBe(true);
  expect(await (await sessions.of(sharedSession)).list(address)).toEqual([]);
  expect(await sessions.end('unknown')).toBe(false);
});
