import { expect, test } from '@jest/globals';
import { createChannel } from '../testing/channel.js';
import { createMemoryStore } from './memory-store.js';
import { createRemoteSessions } from './remote-sessions.js';
import { createSessions, sharedSession } from './sessions.js';
import { createSessionsHub } from './sessions-hub.js';

const address = { api: 'shop', collection: 'users', scope: [] };
const create = { address, item: {}, key: ['id'], unique: [], upsert: false };
const forced = { id: 'f', operation: 'shop createUser', reply: { status: 409 }, times: 1 };

function createHub() {
  const hub = createSessionsHub(createSessions(createMemoryStore, () => 7));
  return () => {
    const [near, far] = createChannel();
    const disconnect = hub.connect(far);
    return { ...createRemoteSessions(near), disconnect };
  };
}

test('what one end creates in a session the others find there, and in no other', async () => {
  const connect = createHub();
  const [a, b] = [connect().sessions, connect().sessions];
  await (await a.of('s')).save(create);
  expect(await (await b.of('s')).list(address)).toEqual([{ id: 1 }]);
  expect(await (await b.of(sharedSession)).list(address)).toEqual([]);
  expect(await b.list()).toEqual([{ id: 's', lastUsedMs: 7 }]);
});

test('a reply that was forced at one end is known to all as soon as that is answered, and to none once it is used', async () => {
  const connect = createHub();
  const [a, b] = [connect().sessions, connect().sessions];
  const [inA, inB] = [await a.of('s'), await b.of('s')];
  expect(await inB.forced('shop createUser')).toEqual([]);
  await inA.addForced(forced);
  expect(await inB.forced('shop createUser')).toEqual([forced]);
  expect(await inB.useForced('f')).toBe(true);
  expect(inA.forced('shop createUser')).toEqual([]);
  expect(inB.forced('shop createUser')).toEqual([]);
});

test('who connects later knows of what was forced before', async () => {
  const connect = createHub();
  await (await connect().sessions.of('s')).addForced(forced);
  const late = await connect().sessions.of('s');
  expect(await late.forced('shop createUser')).toEqual([forced]);
  await Promise.resolve();
  expect(await late.forced('shop createUser')).toEqual([forced]);
});

test('who reads the journal reads what the other ends had not handed over yet', async () => {
  const connect = createHub();
  const [a, b] = [connect(), connect()];
  const inB = await b.sessions.of('s');
  b.onFlush(async () => inB.record(['late']));
  expect(await (await a.sessions.of('s')).recorded(0, 10)).toEqual([{ number: 1, entry: 'late' }]);
});

test('an end that is gone is waited for no longer', async () => {
  const connect = createHub();
  const [a, b] = [connect(), connect()];
  b.onFlush(() => new Promise(() => {}));
  const reading = (await a.sessions.of('s')).recorded(0, 10);
  setImmediate(() => setImmediate(b.disconnect));
  expect(await reading).toEqual([]);
});

test('a session that has ended begins anew at each end', async () => {
  const connect = createHub();
  const [a, b] = [connect().sessions, connect().sessions];
  const before = await b.of('s');
  await before.save(create);
  expect(await a.end('s')).toBe(true);
  expect(await b.of('s')).not.toBe(before);
  expect(await (await b.of('s')).list(address)).toEqual([]);
});
