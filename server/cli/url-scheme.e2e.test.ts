import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { postJson } from '../testing/post-json.js';
import { request } from '../testing/request.js';
import { type RunningCli, startMock } from '../testing/run-cli.js';

const credentials = { 'X-API-Key': 'a-key', Authorization: 'Bearer a-token' };

/** Bodies that each API answers with its documented success, as often as they are sent. */
const bodies: Readonly<Record<string, unknown>> = {
  permutive: undefined,
  formbricks: { userId: 'ada' },
  joyfill: { identifier: 'ada' },
  prelude: { identifiers: [] },
};
let emails = 0;
const bodyFor = (api: string) =>
  api === 'user-service'
    ? { firstName: 'Ada', lastName: 'Lovelace', contactEmail: `ada${emails++}@example.com` }
    : bodies[api];

describe('several documents', () => {
  let mock: RunningCli;
  beforeAll(async () => {
    mock = await startMock();
  });
  afterAll(() => mock?.stop());

  test.each([
    ['permutive', '/users', 200],
    ['permutive', '/v2.0/users', 200],
    ['formbricks', '/client/a/user', 200],
    ['formbricks', '/api/v2/client/a/user', 200],
    ['joyfill', '/users', 200],
    ['joyfill', '/v1/users', 200],
    ['prelude', '/v2/session/apps/54e9ujn/users', 201],
    ['user-service', '/users', 201],
  ])('are served under /%s: %s, the base path of the server being optional', async (api, path, status) => {
    expect(await postJson(`${mock.url}/${api}${path}`, bodyFor(api), credentials)).toMatchObject({ status });
  });

  test('have the same state with and without the base path', async () => {
    const user = { userId: 'the-same' };
    await postJson(`${mock.url}/formbricks/client/b/user`, user);
    const { body } = await postJson(`${mock.url}/formbricks/api/v2/client/b/user`, user);
    expect(body).toMatchObject({ state: 'identified' });
  });

  test.each([
    ['/users'],
    ['/permutive/v1/users'],
    ['/permutive/v2.0/v2.0/users'],
    ['/permutive/v2.0users'],
    ['/joyfill/v2.0/users'],
    ['/Permutive/users'],
    ['/permutive'],
  ])('are not served at %s', async (path) => {
    expect(await postJson(`${mock.url}${path}`, undefined, credentials)).toMatchObject({ status: 404 });
  });

  test.each([
    ['api.permutive.app', '/v2.0/users', 'permutive', 200],
    ['api.permutive.app', '/users', 'permutive', 200],
    ['API.Permutive.App', '/users', 'permutive', 200],
    ['api.permutive.app:443', '/v2.0/users', 'permutive', 200],
    ['app.formbricks.com', '/api/v2/client/a/user', 'formbricks', 200],
    ['api-joy.joyfill.io', '/v1/users', 'joyfill', 200],
    ['api.prelude.dev', '/v2/session/apps/54e9ujn/users', 'prelude', 201],
    ['localhost:3000', '/users', 'user-service', 201],
  ])('are reached by `Host: %s` with no prefix: %s is of %s', async (host, path, api, status) => {
    const answer = await request(`${mock.url}${path}`, {
      headers: { ...credentials, Host: host, 'Content-Type': 'application/json' },
      body: JSON.stringify(bodyFor(api) ?? {}),
    });
    expect(answer).toMatchObject({ status });
  });

  test('are told apart by `Host` where their paths are the same', async () => {
    const text = async (host: string) =>
      (await request(`${mock.url}/users`, { headers: { ...credentials, Host: host } })).text;
    expect(JSON.parse(await text('api.permutive.app'))).toHaveProperty('id');
    expect(JSON.parse(await text('api-joy.joyfill.io'))).toHaveProperty('identifer');
  });

  test.each([['other.example.com'], ['permutive.app'], ['localhost:3001']])(
    "are not reached by `Host: %s`, which is nobody's",
    async (host) => {
      expect(await request(`${mock.url}/users`, { headers: { ...credentials, Host: host } })).toMatchObject({
        status: 404,
      });
    },
  );

  test('are reached by a target in absolute form, as proxies get it', async () => {
    const target = 'http://api.permutive.app/v2.0/users?k=a-key';
    expect(await request(mock.url, { target })).toMatchObject({ status: 200 });
  });

  test('are still reached by their prefix where the `Host` is that of another', async () => {
    const headers = { ...credentials, Host: 'api.prelude.dev' };
    expect(await request(`${mock.url}/permutive/users`, { headers })).toMatchObject({ status: 200 });
  });

  test('say that they are healthy at /_standin/health', async () => {
    const response = await fetch(`${mock.url}/_standin/health`);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      status: 'pass',
      apis: ['formbricks', 'joyfill', 'permutive', 'prelude', 'user-service'].map((name) => ({ name })),
    });
  });
});

describe('one document', () => {
  let mock: RunningCli;
  beforeAll(async () => {
    mock = await startMock(['specs/permutive/openapi.yaml']);
  });
  afterAll(() => mock?.stop());

  test('says that it is one', () => {
    expect(mock.stdout()).toContain(`serves one API at ${mock.url}\n`);
  });

  test.each(['/users', '/v2.0/users'])('is served at /: %s', async (path) => {
    expect(await postJson(`${mock.url}${path}`, undefined, credentials)).toMatchObject({ status: 200 });
  });

  test('has no prefix', async () => {
    expect(await postJson(`${mock.url}/permutive/users`, undefined, credentials)).toMatchObject({ status: 404 });
  });

  test('is reached whatever the `Host`', async () => {
    const headers = { ...credentials, Host: 'other.example.com' };
    expect(await request(`${mock.url}/users`, { headers })).toMatchObject({ status: 200 });
  });
});
