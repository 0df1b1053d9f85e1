import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { writeFolder } from '../testing/load-document.js';
import { answerOf, postJson } from '../testing/post-json.js';
import { request } from '../testing/request.js';
import { type RunningCli, runCli, startMock } from '../testing/run-cli.js';

jest.setTimeout(60_000);

const user = { firstName: 'Ada', lastName: 'Lovelace', contactEmail: 'ada@example.com' };
interface Entry {
  readonly number: number;
  readonly verdict: string;
  readonly reason: string;
  readonly request: { readonly url: string; readonly headers: Record<string, string> };
}

test('what is wrong with a long document is found as it is in a short one', async () => {
  const paths = Object.fromEntries(
    Array.from({ length: 1500 }, (_, index) => [
      `/things${index}/{id}`,
      { get: { responses: { 200: { description: `one ${'.'.repeat(60)}` } } } },
    ]),
  );
  const document = { openapi: '3.1.0', info: { title: 'Long', version: '1' }, paths };
  const folder = writeFolder({ 'openapi.json': document });
  const [mock, { stdout }] = await Promise.all([
    startMock(['openapi.json'], { cwd: folder }),
    runCli(['check', 'openapi.json', '--format', 'json'], { cwd: folder }),
  ]);
  try {
    const { apis } = (await (await fetch(`${mock.url}/_standin/apis`)).json()) as { apis: { name: string }[] };
    const answer = await fetch(`${mock.url}/_standin/apis/${apis[0]?.name}/problems`);
    const { problems } = (await answer.json()) as { problems: { rule: string; place: string }[] };
    type Told = { rule: string; file: string; line: number; column: number };
    const { documents } = JSON.parse(stdout) as { documents: { diagnostics: Told[] }[] };
    expect(problems.map(({ rule, place }) => `${rule} ${place}`)).toEqual(
      documents[0]?.diagnostics.map(({ rule, file, line, column }) => `${rule} ${file}:${line}:${column}`),
    );
    expect(problems).toHaveLength(1500);
  } finally {
    await mock.stop();
  }
});

describe.each([['1'], ['2']])('the control API of %s worker(s)', (workers) => {
  let mock: RunningCli;
  beforeAll(async () => {
    mock = await startMock(['--workers', workers, 'specs']);
  });
  afterAll(() => mock?.stop());

  /** Each request on a connection of its own, so that workers take turns. */
  const inSession = (session: string) => {
    const headers = { 'Standin-Session': session, Connection: 'close' };
    const ask = async (method: string, path: string) => {
      const answer = await request(`${mock.url}/_standin${path}`, { method, headers });
      return { status: answer.status, body: answer.text === '' ? undefined : JSON.parse(answer.text) };
    };
    return {
      get: (path: string) => ask('GET', path),
      remove: (path: string) => ask('DELETE', path),
      post: (path: string, body: unknown) => postJson(`${mock.url}/_standin${path}`, body, headers),
      put: async (path: string, body: unknown) =>
        answerOf(
          await fetch(`${mock.url}/_standin${path}`, {
            method: 'PUT',
            headers: { ...headers, 'Content-Type': 'application/json' },
            body: JSON.stringify(body),
          }),
        ),
      create: (body: unknown = user, more: Record<string, string> = {}) =>
        postJson(`${mock.url}/user-service/users`, body, { Authorization: 'Bearer secret', ...headers, ...more }),
    };
  };

  test('a list of forced replies is a scenario, of its session alone', async () => {
    const { post, create, get } = inSession('scenario');
    const forced = { api: 'user-service', operation: 'createUser' };
    const made = { userId: 7, firstName: 'F', lastName: 'G', contactEmail: 'f@example.com' };
    const added = await post('/forced', [
      { ...forced, example: 'email_in_use', times: 2 },
      { api: 'user-service', method: 'post', path: '/users', status: 201, body: made, headers: { 'X-Made': 'up' } },
      { ...forced, status: 429, times: 'always', criteria: [{ condition: "$request.body#/firstName == 'Eve'" }] },
    ]);
    expect(added.status).toBe(201);
    expect(await inSession('other').create()).toMatchObject({ status: 201, body: { userId: 1 } });
    const inUse = { status: 400, body: { message: 'The email address is already in use.' } };
    expect(await create()).toMatchObject(inUse);
    expect(await create()).toMatchObject(inUse);
    const third = await create();
    expect(third).toMatchObject({ status: 201, body: made });
    expect(third.headers.get('x-made')).toBe('up');
    expect(await create({ ...user, firstName: 'Eve' })).toMatchObject({ status: 429 });
    expect(await create()).toMatchObject({ status: 201, body: { userId: 1 } });
    expect((await get('/forced')).body.forced).toMatchObject([
      { status: 429, times: 'always', operation: 'createUser' },
    ]);
    expect((await get('/journal')).body.entries.map(({ reason }: Entry) => reason)).toEqual([
      'forced',
      'forced',
      'forced',
      'forced',
      'state',
    ]);
  });

  test('what a client prefers comes before what was forced', async () => {
    const { post, create } = inSession('prefer');
    await post('/forced', { api: 'user-service', operation: 'createUser', status: 500 });
    expect(await create(user, { Prefer: 'code=403' })).toMatchObject({ status: 403 });
    expect(await create()).toMatchObject({ status: 500 });
  });

  test.each([
    ['an undocumented status', { operation: 'createUser', status: 409 }, '/status'],
    [
      'a body that its schema refuses',
      { operation: 'createUser', status: 201, body: { userId: 'x' } },
      '/body/firstName',
    ],
    ['an unknown example', { operation: 'createUser', example: 'none' }, '/example'],
    ['a broken criterion', { operation: 'createUser', status: 500, criteria: [{ condition: '===' }] }, '/criteria/0'],
    [
      'a header of HTTP itself',
      { operation: 'createUser', status: 500, headers: { 'Content-Length': '1' } },
      '/headers/Content-Length',
    ],
    ['nothing', { operation: 'createUser' }, ''],
    ['an operation that several have', { operation: 'POST /users', status: 200, api: undefined }, '/api'],
  ])('%s is refused with its place, and nothing is forced', async (_, asked, pointer) => {
    const { post, get } = inSession('refused');
    const answer = await post('/forced', [{ api: 'user-service', ...asked }]);
    expect(answer).toMatchObject({
      status: 422,
      body: {
        type: 'urn:standin:problem:forced-impossible',
        violations: expect.arrayContaining([expect.objectContaining({ pointer: `/0${pointer}` })]),
      },
    });
    expect((await get('/forced')).body).toEqual({ forced: [] });
  });

  test('who waits for requests gets them, whether they came before or come later', async () => {
    const { get, create } = inSession('wait');
    const waiting = get('/journal/wait?operation=createUser&status=2XX&count=2&timeout=10000');
    await create();
    await create({ ...user, contactEmail: 'b@example.com' });
    const { status, body } = await waiting;
    expect(status).toBe(200);
    expect(body.entries.map(({ number }: Entry) => number)).toEqual([1, 2]);
    expect(await get(`/journal/wait?after=${body.last}&timeout=10`)).toMatchObject({
      status: 404,
      body: { type: 'urn:standin:problem:nothing-arrived' },
    });
  });

  test('the journal says what was wrong, and hides credentials and cookies', async () => {
    const { get, create } = inSession('journal');
    await create({ ...user, contactEmail: 1 }, { Cookie: 'sid=topsecret' });
    await create(user, { Authorization: 'Bearer topsecret' });
    await request(`${mock.url}/permutive/v2.0/users?k=topsecret&x=1`, {
      headers: { 'Standin-Session': 'journal', 'X-API-Key': 'topsecret' },
    });
    const { body } = await get('/journal');
    expect(body.entries).toHaveLength(3);
    const invalid = body.entries.find(({ verdict }: Entry) => verdict === 'invalid');
    expect(invalid).toMatchObject({
      violations: [{ pointer: '/contactEmail', keyword: 'type' }],
      request: { body: { text: expect.stringContaining('"contactEmail":1') } },
    });
    const urls = body.entries.map(({ request: { url } }: Entry) => url);
    expect(urls).toContain('/permutive/v2.0/users?k=[redacted]&x=1');
    expect(JSON.stringify(body)).not.toContain('topsecret');
    expect((await get('/journal?verdict=invalid')).body.entries).toHaveLength(1);
    expect((await get('/journal?path=*/users&method=post&limit=2')).body.entries).toHaveLength(2);
    expect((await get('/journal?api=permutive&status=2xx&after=0')).body.entries).toHaveLength(1);
    expect((await get('/journal?after=3')).body).toEqual({ entries: [], last: 3 });
    expect((await get('/journal/2')).body).toMatchObject({ number: 2 });
    expect(await get('/journal/4')).toMatchObject({ status: 404 });
  });

  test('the journal is an HTTP archive, too', async () => {
    const { get, create } = inSession('har');
    await create();
    const { body } = await get('/journal.har');
    expect(body.log).toMatchObject({
      version: '1.2',
      creator: { name: 'standin' },
      entries: [
        {
          startedDateTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
          time: expect.any(Number),
          request: {
            method: 'POST',
            url: `${mock.url}/user-service/users`,
            httpVersion: 'HTTP/1.1',
            cookies: [],
            queryString: [],
            postData: { mimeType: 'application/json', text: JSON.stringify(user) },
          },
          response: {
            status: 201,
            statusText: 'Created',
            content: { mimeType: 'application/json', text: expect.stringContaining('"userId":1') },
            redirectURL: '',
          },
          cache: {},
          timings: { send: 0, wait: expect.any(Number), receive: 0 },
        },
      ],
    });
  });

  test('coverage tells what was met, and what never', async () => {
    const { get, create, remove } = inSession('coverage');
    await create();
    await create();
    const { body } = await get('/coverage');
    expect(body.summary).toMatchObject({ operations: { met: 1, documented: 9 }, statuses: { met: 2, documented: 44 } });
    const api = body.apis.find(({ name }: { name: string }) => name === 'user-service');
    const operation = api.operations.find(({ id }: { id: string }) => id === 'createUser');
    expect(operation).toMatchObject({ requests: 2, requestBodies: [{ requests: 2 }] });
    const refused = operation.responses.find(({ status }: { status: string }) => status === '400');
    expect(refused.content[0].examples).toEqual([
      { name: 'missing_required_field', requests: 0 },
      { name: 'invalid_field', requests: 0 },
      { name: 'email_in_use', requests: 1 },
    ]);
    await remove('/coverage');
    expect((await get('/coverage')).body.summary.operations.met).toBe(0);
  });

  test('collections are read, replaced and reset; snapshots put all of it back', async () => {
    const { get, put, remove, create } = inSession('collections');
    await create();
    const users = '/collections/user-service/users';
    expect((await get(users)).body.items).toMatchObject([{ userId: 1 }]);
    const snapshot = (await get('/snapshot')).body;
    const other = { ...user, userId: 5, contactEmail: 'c@example.com' };
    expect(await put(users, { items: [other] })).toMatchObject({ status: 200, body: { items: [other] } });
    expect(await create({ ...user, contactEmail: 'C@example.com' })).toMatchObject({ status: 400 });
    expect(await create()).toMatchObject({ status: 201, body: { userId: 6 } });
    expect(await put(users, { items: [other, other] })).toMatchObject({ status: 422 });
    expect(await put(users, { items: [{}] })).toMatchObject({ status: 422 });
    expect(await put(users, { items: [{ ...other, firstName: 5 }] })).toMatchObject({
      status: 422,
      body: { violations: [{ pointer: '/items/0/firstName', keyword: 'type' }] },
    });
    expect(await put('/snapshot', snapshot)).toMatchObject({ status: 204 });
    expect((await get(users)).body.items).toMatchObject([{ userId: 1 }]);
    expect(await create()).toMatchObject({ status: 400 });
    expect(await remove(users)).toMatchObject({ status: 204 });
    expect((await get(users)).body.items).toEqual([]);
    expect((await get('/collections/prelude/apps')).body.items).toHaveLength(3);
  });

  test('a session that is ended begins anew, with collections, journal and forced replies', async () => {
    const { get, post, remove, create } = inSession('ending');
    await create();
    await post('/forced', { api: 'user-service', operation: 'createUser', status: 500 });
    expect((await get('/sessions')).body.sessions.map(({ id }: { id: string }) => id)).toContain('ending');
    expect(await remove('/sessions/ending')).toMatchObject({ status: 204 });
    expect(await create()).toMatchObject({ status: 201, body: { userId: 1 } });
    expect((await get('/journal')).body.entries).toHaveLength(1);
    expect(await remove('/sessions/nobody')).toMatchObject({ status: 404 });
  });

  test('entries come as events while requests come in', async () => {
    const { create } = inSession('stream');
    const aborted = new AbortController();
    const response = await fetch(`${mock.url}/_standin/journal/stream?session=stream`, { signal: aborted.signal });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    await create();
    let text = '';
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      text += Buffer.from(chunk).toString();
      if (text.includes('"operation":"createUser"')) break;
    }
    expect(text).toMatch(/^id: 1\nevent: entry\ndata: \{"number":1,/m);
    aborted.abort();
  });

  test('apis and their operations are told, with statuses, media types and examples', async () => {
    const { get } = inSession('apis');
    expect((await get('/apis')).body.apis.map(({ name }: { name: string }) => name)).toContain('prelude');
    const { operations } = (await get('/apis/user-service/operations')).body;
    expect(operations.map(({ id }: { id: string }) => id)).toContain('listUsers');
    expect(operations.find(({ id }: { id: string }) => id === 'createUser')).toMatchObject({
      place: expect.stringMatching(/openapi\.yaml:\d+:\d+$/),
      collection: 'users',
      limit: { requests: 100, seconds: 60 },
    });
    const one = (await get('/apis/user-service/operations/createUser')).body;
    expect(one.responses[0].content[0].examples[0].value).toMatchObject({ userId: 1 });
    expect(await get('/apis/none/operations')).toMatchObject({
      status: 404,
      body: { detail: expect.stringContaining('user-service') },
    });
  });
});

describe('who may steer', () => {
  test('where others can reach it, no token is an error that says both ways out', async () => {
    const { exitCode, stderr } = await runCli(['mock', '--port', '0', '--host', '0.0.0.0', 'specs']);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/--control-token .*--no-control/);
  });

  test('with a token it is asked for, except where health is', async () => {
    const mock = await startMock(['--host', '127.0.0.1', 'specs'], { env: { STANDIN_CONTROL_TOKEN: 'hush' } });
    try {
      const ask = (path: string, authorization?: string) =>
        fetch(`${mock.url}/_standin${path}`, { headers: authorization === undefined ? {} : { authorization } });
      for (const path of ['/health', '/ready', '/openapi.json']) expect((await ask(path)).status).toBe(200);
      const refused = await ask('/journal');
      expect(refused.status).toBe(401);
      expect(refused.headers.get('www-authenticate')).toMatch(/^Bearer /);
      expect((await ask('/journal', 'Bearer hushh')).status).toBe(401);
      expect((await ask('/journal', 'Bearer hush')).status).toBe(200);
    } finally {
      await mock.stop();
    }
  });

  test.each([
    ['--no-control', ['--no-control']],
    ['--control with-token and none', ['--control', 'with-token']],
  ])('%s leaves health and readiness, also where others can reach it', async (_, args) => {
    const mock = await startMock(['--host', '0.0.0.0', ...args, 'specs']);
    try {
      const ask = async (path: string) => (await fetch(`${mock.url}/_standin${path}`)).status;
      expect([await ask('/health'), await ask('/ready'), await ask('/journal')]).toEqual([200, 200, 404]);
    } finally {
      await mock.stop();
    }
  });

  test('without a journal there is none to read, and requests are answered', async () => {
    const mock = await startMock(['--no-journal', 'specs']);
    try {
      expect((await postJson(`${mock.url}/user-service/users`, user)).status).toBe(401);
      for (const path of ['/journal', '/coverage', '/journal.har', '/journal/wait'])
        expect((await fetch(`${mock.url}/_standin${path}`)).status).toBe(409);
    } finally {
      await mock.stop();
    }
  });

  test('pages of other origins may not, nor by a name that was made to lead here', async () => {
    const mock = await startMock(['specs']);
    try {
      const ask = async (headers: Record<string, string>) =>
        (await request(`${mock.url}/_standin/journal`, { method: 'GET', headers })).status;
      expect(await ask({ origin: 'http://localhost:3000' })).toBe(200);
      expect(await ask({ origin: 'https://page.example' })).toBe(403);
      expect(await ask({ host: 'page.example' })).toBe(403);
    } finally {
      await mock.stop();
    }
  });

  test('a server that is told to stop does not wait for those who watch', async () => {
    const mock = await startMock(['specs']);
    const response = await fetch(`${mock.url}/_standin/journal/stream`);
    expect(response.status).toBe(200);
    expect((await mock.stop()).exitCode).toBe(0);
  });
});
