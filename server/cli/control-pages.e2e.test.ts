import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { postJson } from '../testing/post-json.js';
import { request } from '../testing/request.js';
import { type RunningCli, startMock } from '../testing/run-cli.js';

jest.setTimeout(60_000);

const user = { firstName: 'Ada', lastName: 'Lovelace', contactEmail: 'ada@example.com' };

describe.each([['1'], ['2']])('what the inspector asks of %s worker(s)', (workers) => {
  let mock: RunningCli;
  beforeAll(async () => {
    mock = await startMock(['--workers', workers, 'specs']);
  });
  afterAll(() => mock?.stop());
  const get = (path: string, headers: Record<string, string> = {}) => fetch(`${mock.url}/_standin${path}`, { headers });
  const read = async (path: string, headers: Record<string, string> = {}) =>
    JSON.parse(await (await get(path, headers)).text());
  const create = (session: string) =>
    postJson(`${mock.url}/user-service/users`, user, { Authorization: 'Bearer x', 'Standin-Session': session });

  test('its page is there, asks to be looked for anew each time, and may not be framed', async () => {
    const page = await get('/');
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('cache-control')).toBe('no-cache');
    expect(page.headers.get('content-security-policy')).toMatch(/default-src 'none';.*frame-ancestors 'none'/);
    const headers = { 'If-None-Match': page.headers.get('etag') as string };
    const again = await request(`${mock.url}/_standin/`, { method: 'GET', headers });
    expect(again.status).toBe(304);
    const without = await fetch(`${mock.url}/_standin`, { redirect: 'manual' });
    expect([without.status, without.headers.get('location')]).toEqual([301, '/_standin/']);
    expect(await (await get('/none.js')).json()).toMatchObject({ type: 'urn:standin:problem:path-not-found' });
    expect((await get('/..%2fpackage.json')).status).not.toBe(200);
  });

  test('the problems of a document are told with their places', async () => {
    const { problems, examples } = await read('/apis/joyfill/problems');
    expect(problems).toContainEqual({
      severity: 'warning',
      rule: 'example-repaired',
      message: expect.any(String),
      advice: expect.any(String),
      place: expect.stringMatching(/openapi\.yaml:\d+:\d+$/),
      pointer: expect.stringMatching(/^\/paths\//),
    });
    expect(examples.repairable).toBe(3);
  });

  test('what a collection starts with is told, whatever it has become', async () => {
    const headers = { 'Standin-Session': 'seed' };
    const before = (await read('/collections/prelude/apps', headers)).items;
    await fetch(`${mock.url}/_standin/collections/prelude/apps`, {
      method: 'PUT',
      headers: { ...headers, 'Content-Type': 'application/json' },
      body: '{"items":[]}',
    });
    expect((await read('/collections/prelude/apps', headers)).items).toEqual([]);
    expect((await read('/collections/prelude/apps/seed', headers)).items).toEqual(before);
    expect((await get('/collections/prelude/users/seed')).status).toBe(422);
  });

  test('entries come without headers and bodies where these are not wanted', async () => {
    await create('outline');
    const headers = { 'Standin-Session': 'outline' };
    const [whole] = (await read('/journal', headers)).entries;
    const [outline] = (await read('/journal?details=false', headers)).entries;
    const { headers: _, body: __, ...request } = whole.request;
    expect(outline).toEqual({ ...whole, request, response: { status: 201 } });
  });

  test('a stream ends when its session begins anew', async () => {
    const { body } = await get('/journal/stream?session=ending&details=false');
    await create('ending');
    let text = '';
    for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
      text += Buffer.from(chunk).toString();
      if (!text.includes('"operation":"createUser"')) continue;
      await fetch(`${mock.url}/_standin/reset?session=ending`, { method: 'POST' });
    }
    // Without an end to it, this would never be reached.
    expect(text).toMatch(/^id: 1\nevent: entry\n/m);
  });
});

test('parameters are told with how they are written, and bodies with what goes over the wire', async () => {
  const mock = await startMock(['specs']);
  try {
    const read = async (path: string) => JSON.parse(await (await fetch(`${mock.url}/_standin/apis/${path}`)).text());
    const { operations } = await read('user-service/operations');
    const list = operations.find(
      ({ method, path }: Record<string, string>) => method === 'GET' && path === '/users/{userId}',
    );
    expect(list.parameters).toContainEqual(
      expect.objectContaining({ name: 'userId', in: 'path', style: 'simple', explode: false, allowReserved: false }),
    );
    const create = await read('user-service/operations/createUser');
    expect(create.requestBody.content[0].contentType).toBe('application/json');
  } finally {
    await mock.stop();
  }
});

test('where the control API is off, the page says so', async () => {
  const mock = await startMock(['--no-control', 'specs']);
  try {
    for (const path of ['', '/'])
      expect(await (await fetch(`${mock.url}/_standin${path}`)).json()).toMatchObject({
        type: 'urn:standin:problem:control-off',
        status: 404,
      });
    expect((await fetch(`${mock.url}/_standin/inspector.js`)).status).toBe(404);
  } finally {
    await mock.stop();
  }
});
