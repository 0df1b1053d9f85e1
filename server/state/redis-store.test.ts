import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type RedisServer, redisBinary, sayIfMissing, startRedis } from '../testing/redis-server.js';
import { describeStore } from '../testing/store-suite.js';
import { createRedisSessions, type RedisSessions, type RedisSessionsOptions } from './redis-sessions.js';
import { sharedSession } from './sessions.js';

sayIfMissing('what is kept in Redis');

const address = { api: 'shop', collection: 'users', scope: [] };
const create = { address, item: {}, key: ['id'], unique: [], upsert: false };

type Options = RedisSessionsOptions & { readonly url?: string; readonly prefix?: string };

(redisBinary ? describe : describe.skip)('with a server of its own', () => {
  let server: RedisServer;
  const opened: RedisSessions[] = [];
  const connect = async ({ url = server.url, prefix, ...options }: Options = {}) => {
    const sessions = await createRedisSessions(prefix === undefined ? url : `${url}?prefix=${prefix}`, options);
    opened.push(sessions);
    return sessions;
  };
  const close = async () => {
    for (const sessions of opened.splice(0)) await sessions.close();
  };
  beforeAll(async () => {
    server = await startRedis();
  });
  afterEach(close);
  afterAll(() => server?.stop());

  let id = '';
  describeStore({
    name: 'in Redis',
    open: async () => {
      id = randomUUID();
      return (await connect()).of(id);
    },
    again: async () => (await connect()).of(id),
  });

  test('what a session starts with is put in once, also anew after it was ended by another process', async () => {
    const entries = [{ key: 's', item: { id: 's' }, unique: [{ pointer: '/email', values: ['x'] }] }];
    const start = [{ ...address, hasBegun: true, hasLived: true, lastNumber: 4, entries }];
    const [one, other] = [await connect({ start }), await connect({ start })];
    const [here, there] = [await one.of('started'), await other.of('started')];
    expect(await Promise.all([here.list(address), there.list(address)])).toEqual([[{ id: 's' }], [{ id: 's' }]]);
    expect(await here.save({ ...create, unique: [{ pointer: '/email', values: ['x'] }] })).toMatchObject({
      kind: 'conflict',
    });
    expect(await there.save(create)).toMatchObject({ item: { id: 5 } });
    await here.remove(address, 's');
    expect(await other.end('started')).toBe(true);
    expect(await here.list(address)).toEqual([{ id: 's' }]);
    expect(await here.save(create)).toMatchObject({ item: { id: 5 } });
  });

  test('a partition that ends with its session begins anew in the midst of what is asked of it', async () => {
    const [one, other] = [await connect(), await connect()];
    const store = await one.of('begun');
    await store.begin(address, [{ item: { id: 's' }, keyValue: 's', unique: [] }]);
    await other.end('begun');
    expect(await store.list(address)).toEqual([{ id: 's' }]);
  });

  test('what is created in one session is in no other', async () => {
    const sessions = await connect();
    await (await sessions.of('a')).save(create);
    expect(await (await sessions.of('a')).list(address)).toEqual([{ id: 1 }]);
    expect(await (await sessions.of('a}')).list(address)).toEqual([]);
    expect(await (await sessions.of(sharedSession)).list(address)).toEqual([]);
    expect(await (await (await connect({ prefix: 'other' })).of('a')).list(address)).toEqual([]);
  });

  test('sessions are listed by all, the one that has been idle longest first, and end when idle for long', async () => {
    let nowMs = 0;
    const options = { idleMs: 1000, now: () => nowMs, prefix: 'idle' };
    const [one, other] = [await connect(options), await connect(options)];
    for (const name of ['a', 'b']) await one.of(name);
    expect(await one.list()).toMatchObject([{ id: 'a' }, { id: 'b' }]);
    nowMs = 600;
    await other.of('a');
    expect(await other.list()).toEqual([
      { id: 'b', lastUsedMs: 0 },
      { id: 'a', lastUsedMs: 600 },
    ]);
    nowMs = 1200;
    expect(await one.list()).toEqual([{ id: 'a', lastUsedMs: 600 }]);
    expect(await one.end('b')).toBe(false);
  });

  test('one session too many ends that which has been idle longest, with all it has', async () => {
    const sessions = await connect({ most: 2, prefix: 'most' });
    for (const name of ['a', 'b']) await (await sessions.of(name)).save(create);
    for (const name of ['a', 'c']) await sessions.of(name);
    expect((await sessions.list()).map((session) => session.id)).toEqual(['a', 'c']);
    expect(await (await sessions.of('a')).list(address)).toHaveLength(1);
    expect(await (await sessions.of('b')).list(address)).toEqual([]);
  });

  test('all that a session has expires with it, and the shared one has no end', async () => {
    const sessions = await connect({ idleMs: 60_000, prefix: 'expiry' });
    for (const name of ['x', sharedSession]) {
      const store = await sessions.of(name);
      await store.save({ ...create, unique: [{ pointer: '/a', values: ['a'] }] });
      await store.addForced({ id: 'f', operation: 'o', reply: {} });
      await store.record(['entry']);
      await store.tally({ a: 1 });
    }
    const { createClient } = await import('@redis/client');
    const client = await createClient({ url: server.url }).connect();
    const keys = (await client.keys('expiry:*')).filter((key) => !key.includes('{sessions}'));
    const lives = await Promise.all(keys.map(async (key) => [key.includes('{~x}'), (await client.pTTL(key)) > 0]));
    client.destroy();
    expect(keys).toHaveLength(16);
    expect(lives.filter(([isNamed, expires]) => isNamed !== expires)).toEqual([]);
  });

  test('scripts that the server has forgotten, and all the rest, are there again', async () => {
    const sessions = await connect({ prefix: 'flushed' });
    const store = await sessions.of(sharedSession);
    await store.save(create);
    const { createClient } = await import('@redis/client');
    const client = await createClient({ url: server.url }).connect();
    await client.scriptFlush();
    expect(await store.list(address)).toHaveLength(1);
    await client.flushAll();
    client.destroy();
    expect(await store.list(address)).toEqual([]);
  });

  test('user, password and database come from the URL, and no message tells the password', async () => {
    const locked = await startRedis(['--requirepass', 'se?cret']);
    const changes: unknown[] = [];
    const url = (password: string) => `redis://default:${password}@127.0.0.1:${locked.port}/3`;
    const sessions = await connect({ url: url('se%3Fcret') });
    await (await sessions.of(sharedSession)).save(create);
    const wrong = await connect({ url: url('wr0ng'), onChange: (change) => changes.push(change) });
    expect(wrong.isReady()).toBe(false);
    expect(JSON.stringify(changes)).toContain('WRONGPASS');
    expect(JSON.stringify(changes)).not.toContain('wr0ng');
    await close();
    await locked.stop();
  });

  test('a cluster keeps each session in one place', async () => {
    const cluster = await startRedis(['--cluster-enabled', 'yes', '--cluster-config-file', `/tmp/${randomUUID()}`]);
    const { createClient } = await import('@redis/client');
    const client = await createClient({ url: cluster.url }).connect();
    await client.sendCommand(['CLUSTER', 'ADDSLOTSRANGE', '0', '16383']);
    while (!String(await client.sendCommand(['CLUSTER', 'INFO'])).includes('cluster_state:ok'));
    client.destroy();
    const sessions = await connect({ most: 1, url: cluster.url.replace('redis:', 'redis+cluster:') });
    for (const name of [sharedSession, 'a', 'b']) await (await sessions.of(name)).save(create);
    expect(await sessions.list()).toMatchObject([{ id: 'b' }]);
    expect(await (await sessions.of(sharedSession)).list(address)).toHaveLength(1);
    await close();
    await cluster.stop();
  });
});
