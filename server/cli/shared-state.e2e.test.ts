import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { answerOf, postJson } from '../testing/post-json.js';
import { freePort, type RedisServer, redisBinary, sayIfMissing, startRedis } from '../testing/redis-server.js';
import { type RunningCli, runCli, startMock } from '../testing/run-cli.js';

// Several processes each, perhaps beside all that else runs.
jest.setTimeout(120_000);
sayIfMissing('what several processes keep in Redis together');

const thing = {
  type: 'object',
  required: ['id'],
  properties: { id: { type: 'string' }, name: { type: 'string' } },
};
const json = (schema: object, example?: unknown) => ({
  description: 'as it is',
  content: { 'application/json': { schema, ...(example !== undefined && { example }) } },
});
const shop = join(mkdtempSync(join(tmpdir(), 'standin-shared-')), 'shop.json');
writeFileSync(
  shop,
  JSON.stringify({
    openapi: '3.1.0',
    info: { title: 'Shop', version: '1' },
    paths: {
      '/hours': { get: { responses: { 200: json({ type: 'object' }, { open: '9-17' }) } } },
      '/things': {
        get: { responses: { 200: json({ type: 'array', items: thing }) } },
        post: {
          requestBody: { content: { 'application/json': { schema: thing } } },
          responses: { 201: json(thing), 409: json({ type: 'object' }, { error: 'taken' }) },
        },
      },
      '/things/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        get: {
          responses: {
            200: { ...json(thing), headers: { ETag: { schema: { type: 'string' } } } },
            404: json({ type: 'object' }, { error: 'missing' }),
          },
        },
        put: {
          requestBody: { content: { 'application/json': { schema: thing } } },
          responses: { 200: json(thing), 201: json(thing), 412: json({ type: 'object' }, { error: 'changed' }) },
        },
      },
    },
  }),
);

const get = async (url: string) => answerOf(await fetch(url));
const statusOf = async (url: string) => (await get(url)).status;
/** Until it is so, as often as it takes. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo().catch(() => false))) await new Promise((resolve) => setTimeout(resolve, 20));
}

let redis: RedisServer | undefined;
const mocks: RunningCli[] = [];
afterEach(async () => {
  await Promise.all(mocks.splice(0).map((mock) => mock.stop()));
  await redis?.stop();
  redis = undefined;
});

async function startReplica(url: string, ...args: readonly string[]): Promise<RunningCli> {
  const mock = await startMock([shop, '--state', url, ...args]);
  mocks.push(mock);
  return mock;
}

interface Burst {
  readonly created: readonly string[];
  readonly refused: readonly string[];
}

/** Clients that create things, each under a key of its own; what was not answered they send again, with the same key. */
async function createMany(
  urls: () => readonly string[],
  count: number,
  onCreated: (n: number) => void,
): Promise<Burst> {
  const created: string[] = [];
  const refused: string[] = [];
  let next = 0;
  const client = async () => {
    while (next < count) {
      const id = `thing-${next++}`;
      for (let tries = 0; ; tries++) {
        const places = urls();
        const url = places[tries % places.length] as string;
        const answer = await postJson(`${url}/things`, { id }, { Connection: 'close' }).catch(() => undefined);
        if (answer?.status === 201) created.push(id);
        if (answer?.status === 409) refused.push(id);
        if (answer?.status === 201 || answer?.status === 409) break;
      }
      onCreated(created.length);
    }
  };
  await Promise.all(Array.from({ length: 16 }, client));
  return { created, refused };
}

async function expectAllOnce(url: string, { created, refused }: Burst, count: number): Promise<void> {
  const ids = ((await get(`${url}/things`)).body as { id: string }[]).map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(created.filter((id) => !ids.includes(id))).toEqual([]);
  expect(new Set(created).size).toBe(created.length);
  expect(ids).toHaveLength(count);
  expect(created.length + refused.length).toBe(count);
}

(redisBinary ? describe : describe.skip)('with a Redis of its own', () => {
  test('of many that change an item with one entity tag, or create it if there is none, through two processes, one does', async () => {
    redis = await startRedis();
    const replicas = [await startReplica(redis.url), await startReplica(redis.url)];
    const putAll = async (round: string, headers: Record<string, string>) => {
      const statuses = await Promise.all(
        Array.from({ length: 40 }, async (_, n) => {
          const response = await fetch(`${replicas[n % 2]?.url}/things/one`, {
            method: 'PUT',
            headers: { 'content-type': 'application/json', ...headers },
            // Content that was there before would have the tag that it had before.
            body: JSON.stringify({ id: 'one', name: `${round} ${n}` }),
          });
          return response.status;
        }),
      );
      return statuses.filter((status) => status !== 412);
    };
    expect(await putAll('first', { 'if-none-match': '*' })).toEqual([201]);
    const tag = (await fetch(`${replicas[0]?.url}/things/one`)).headers.get('etag') ?? '';
    expect(await putAll('second', { 'if-match': tag })).toEqual([200]);
  });

  test('of 1,000 requests that create the same item at once, in three processes, one is answered with 201', async () => {
    redis = await startRedis();
    const { url } = redis;
    const urls = (await Promise.all([1, 2, 3].map(() => startReplica(url)))).map((mock) => mock.url);
    const answers = await Promise.all(
      Array.from({ length: 1000 }, (_, n) => postJson(`${urls[n % 3]}/things`, { id: 'one', name: `${n}` })),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect(statuses.filter((status) => status === 409)).toHaveLength(999);
    const [made] = answers.filter(({ status }) => status === 201);
    for (const each of urls) expect((await get(`${each}/things/one`)).body).toEqual(made?.body);
  });

  test('replicas that are killed in the midst of a burst lose nothing they acknowledged, and double nothing', async () => {
    redis = await startRedis();
    const { url } = redis;
    const count = 600;
    const replicas = await Promise.all([1, 2, 3].map(() => startReplica(url)));
    const kills = [count / 6, count / 3];
    const restarts: Promise<unknown>[] = [];
    const burst = await createMany(
      () => replicas.map((replica) => replica.url),
      count,
      (done) => {
        if (done < (kills[0] ?? Number.POSITIVE_INFINITY)) return;
        kills.shift();
        const killed = kills.length;
        replicas[killed]?.signal('SIGKILL');
        restarts.push(
          startReplica(url).then((replica) => {
            replicas[killed] = replica;
          }),
        );
      },
    );
    await Promise.all(restarts);
    expect(kills).toEqual([]);
    for (const replica of replicas) await expectAllOnce(replica.url, burst, count);
  });

  test('workers that are killed in the midst of a burst lose nothing they acknowledged, and double nothing', async () => {
    redis = await startRedis();
    const count = 600;
    const mock = await startReplica(redis.url, '--workers', '2');
    const kills = [count / 6, count / 3, count / 2];
    const killed: Promise<unknown>[] = [];
    const burst = await createMany(
      () => [mock.url],
      count,
      (done) => {
        if (done < (kills[0] ?? Number.POSITIVE_INFINITY)) return;
        kills.shift();
        killed.push(mock.workers().then(([pid]) => pid !== undefined && process.kill(pid, 'SIGKILL')));
      },
    );
    await Promise.all(killed);
    expect(kills).toEqual([]);
    await until(async () => (await get(`${mock.url}/things`)).status === 200);
    await expectAllOnce(mock.url, burst, count);
  });

  test('while Redis is away, what needs it gets a 503 and the rest is answered; all goes on when it is back', async () => {
    redis = await startRedis();
    const { port, url } = redis;
    const { url: base, stderrMatching } = await startReplica(url);
    expect(await postJson(`${base}/things`, { id: 'a' })).toMatchObject({ status: 201 });
    expect(await statusOf(`${base}/_standin/ready`)).toBe(200);
    await redis.stop();
    await stderrMatching(/is away \(.+\); requests that need what is remembered get a 503/);
    const refused = await postJson(`${base}/things`, { id: 'b' });
    expect(refused).toMatchObject({ status: 503, body: { type: 'urn:standin:problem:store-unreachable' } });
    expect(refused.headers.get('content-type')).toBe('application/problem+json');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await get(`${base}/hours`)).toMatchObject({ status: 200, body: { open: '9-17' } });
    expect(await statusOf(`${base}/_standin/health`)).toBe(200);
    expect(await statusOf(`${base}/_standin/ready`)).toBe(503);
    expect(await statusOf(`${base}/_standin/sessions`)).toBe(503);
    redis = await startRedis([], port);
    await until(async () => (await postJson(`${base}/things`, { id: 'b' })).status === 201);
    expect(await statusOf(`${base}/_standin/ready`)).toBe(200);
    const stderr = await stderrMatching(/is back/);
    expect(stderr.match(/ is away/g)).toHaveLength(1);
    expect(stderr.match(/ is back/g)).toHaveLength(1);
  });

  test('a Redis that hangs is as good as away, and what hung was not done twice', async () => {
    redis = await startRedis();
    const { url: base, stderrMatching } = await startReplica(redis.url);
    expect(await postJson(`${base}/things`, { id: 'a' })).toMatchObject({ status: 201 });
    redis.signal('SIGSTOP');
    expect(await postJson(`${base}/things`, { id: 'b' })).toMatchObject({ status: 503 });
    expect(await get(`${base}/hours`)).toMatchObject({ status: 200 });
    redis.signal('SIGCONT');
    await stderrMatching(/is back/);
    await until(async () => [201, 409].includes((await postJson(`${base}/things`, { id: 'b' })).status));
    expect((await get(`${base}/things`)).body).toHaveLength(2);
  });

  test.each([[[]], [['--workers', '2']]])(
    'it starts without Redis %p, says so once, and waits for it',
    async (args) => {
      const port = await freePort();
      const mock = await startReplica(`redis://user:secret@127.0.0.1:${port}`, ...args);
      expect(await get(`${mock.url}/hours`)).toMatchObject({ status: 200 });
      expect(await statusOf(`${mock.url}/_standin/ready`)).toBe(503);
      redis = await startRedis(['--user', 'user', 'on', '>secret', '~*', '+@all'], port);
      await mock.stderrMatching(/redis:\/\/127\.0\.0\.1:\d+ is back/);
      await until(async () => (await postJson(`${mock.url}/things`, { id: 'a' })).status === 201);
      const { stderr, exitCode } = await mock.stop();
      expect(stderr.match(/ is away/g)).toHaveLength(1);
      expect(stderr).not.toContain('secret');
      expect(exitCode).toBe(0);
      mocks.length = 0;
    },
  );

  test('sessions, the journal and forced replies are those of all processes', async () => {
    redis = await startRedis();
    const [one, other] = [await startReplica(redis.url), await startReplica(redis.url)];
    const session = { 'Standin-Session': 'mine' };
    expect(await postJson(`${one.url}/things`, { id: 'a' }, session)).toMatchObject({ status: 201 });
    expect(await postJson(`${other.url}/things`, { id: 'a' }, session)).toMatchObject({ status: 409 });
    expect(await postJson(`${other.url}/things`, { id: 'a' })).toMatchObject({ status: 201 });
    const { body } = await get(`${other.url}/_standin/sessions`);
    expect(body).toMatchObject({ sessions: [{ id: 'mine' }] });
    expect(await get(`${other.url}/~mine/things`)).toMatchObject({ body: [{ id: 'a' }] });
    await fetch(`${one.url}/_standin/sessions/mine`, { method: 'DELETE' });
    expect(await postJson(`${other.url}/things`, { id: 'a' }, session)).toMatchObject({ status: 201 });
  });
});

test.each([
  [['--state', 'redis:/x'], 'expected redis://'],
  [['--state', 'redis://127.0.0.1:1', '--state-file', '/tmp/none.json'], '--state-file is for --state memory'],
])('%p is refused with what was expected', async (args, message) => {
  const { exitCode, stderr } = await runCli(['mock', shop, ...args]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(message);
});
