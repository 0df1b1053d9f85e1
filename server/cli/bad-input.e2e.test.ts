import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Answer, answerOf, postJson, postText } from '../testing/post-json.js';
import { request } from '../testing/request.js';
import { type RunningCli, startMock } from '../testing/run-cli.js';

const paths: Readonly<Record<string, string>> = {
  permutive: '/permutive/users',
  formbricks: '/formbricks/client/a/user',
  joyfill: '/joyfill/users',
  prelude: '/prelude/v2/session/apps/54e9ujn/users',
  'user-service': '/user-service/users',
};
const apisWithBody = ['formbricks', 'joyfill', 'prelude', 'user-service'];
const credentials = { 'X-API-Key': 'a-key', Authorization: 'Bearer a-token' };
const json = { ...credentials, 'Content-Type': 'application/json' };

/** RFC 9457, and what we add to it. */
const problem = (name: string, status: number, rest: object = {}) => ({
  type: `urn:standin:problem:${name}`,
  title: expect.stringMatching(/\w/),
  status,
  detail: expect.stringMatching(/\w/),
  violations: [],
  ...rest,
});

function expectProblem(answer: Answer, name: string, status: number, rest: object = {}): void {
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect(answer.body).toEqual(problem(name, status, rest));
}

describe('bad input', () => {
  let mock: RunningCli;
  beforeAll(async () => {
    mock = await startMock(['--body-limit', '1KiB']);
  });
  afterAll(() => mock?.stop());

  const urlOf = (api: string) => `${mock.url}${paths[api]}`;

  describe('malformed JSON', () => {
    const malformed = [
      ['cut short', '{"identifiers":'],
      ['with a trailing comma', '{"identifiers":[],}'],
      ['of invalid UTF-8', Buffer.from([0x22, 0xc3, 0x28, 0x22])],
      ['that is nothing but a space', ' '],
    ] as const;

    test.each(malformed)('%s is the documented 400 where there is one', async (_, body) => {
      const refused = async (api: string) => {
        const { status, text } = await request(urlOf(api), { headers: json, body });
        return { status, body: JSON.parse(text) };
      };
      expect(await refused('joyfill')).toEqual({ status: 400, body: { message: 'Invalid Request' } });
      expect(await refused('prelude')).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
      expect(await refused('user-service')).toMatchObject({ status: 400, body: { code: 'INVALID_FIELD' } });
    });

    test.each(malformed)('%s is a problem where there is none', async (_, body) => {
      const { status, headers, text } = await request(urlOf('formbricks'), { headers: json, body });
      expect(status).toBe(400);
      expect(headers['content-type']).toBe('application/problem+json');
      expect(JSON.parse(text)).toEqual(
        problem('request-malformed', 400, {
          violations: [{ location: 'body', pointer: '', keyword: 'syntax', message: expect.stringMatching(/JSON/) }],
        }),
      );
    });
  });

  test.each(apisWithBody)('a wrong content type for %s is 415, and names the right one', async (api) => {
    const answer = await postText(urlOf(api), 'a,b', { ...credentials, 'Content-Type': 'text/csv' });
    expectProblem(answer, 'media-type-unsupported', 415, {
      detail: expect.stringMatching(/text\/csv.*application\/json/),
    });
    expect(answer.headers.get('accept')).toBe('application/json');
  });

  test.each(apisWithBody)('a missing content type for %s is 415, and names the right one', async (api) => {
    const { status, headers, text } = await request(urlOf(api), { headers: credentials, body: '{}' });
    expect(status).toBe(415);
    expect(headers).toMatchObject({ 'content-type': 'application/problem+json', accept: 'application/json' });
    expect(JSON.parse(text)).toEqual(
      problem('media-type-unsupported', 415, { detail: expect.stringContaining('application/json') }),
    );
  });

  test('a content type is the same in capitals, and with UTF-8 said', async () => {
    const answer = await postText(urlOf('joyfill'), '{}', { 'Content-Type': 'Application/JSON; charset="UTF-8"' });
    expect(answer).toMatchObject({ status: 200 });
  });

  describe('a body over the limit', () => {
    const bodyOf = (size: number) => JSON.stringify({ identifier: 'a', group: 'g'.repeat(size - 29) });

    test.each(apisWithBody)('is 413 for %s, and says the limit', async (api) => {
      const answer = await postText(urlOf(api), bodyOf(1025), json);
      expectProblem(answer, 'content-too-large', 413, { detail: expect.stringContaining('1024') });
    });

    test('is told from one that just fits', async () => {
      expect(Buffer.byteLength(bodyOf(1024))).toBe(1024);
      expect(await postText(urlOf('joyfill'), bodyOf(1024), json)).toMatchObject({ status: 200 });
    });

    test('is 413 too where its length is not said before', async () => {
      const headers = { ...json, 'Transfer-Encoding': 'chunked' };
      expect(await request(urlOf('joyfill'), { headers, body: bodyOf(1025) })).toMatchObject({ status: 413 });
      expect(await request(urlOf('joyfill'), { headers, body: bodyOf(1024) })).toMatchObject({ status: 200 });
    });
  });

  describe('bad percent-encoding', () => {
    test('in the path is the documented 400 where there is one', async () => {
      const answer = await postJson(`${mock.url}/prelude/v2/session/apps/%ZZ/users`, { identifiers: [] }, json);
      expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    });

    test.each(['%ZZ', '%', '%C3%28'])('in the path, %s, is a problem where there is none', async (environment) => {
      const answer = await postJson(`${mock.url}/formbricks/client/${environment}/user`, { userId: 'ada' });
      expectProblem(answer, 'request-malformed', 400, {
        violations: [{ location: 'path', pointer: '/environmentId', keyword: 'encoding', message: expect.any(String) }],
      });
    });

    test('in the query is a problem', async () => {
      const answer = await postJson(`${urlOf('permutive')}?k=%ZZ`);
      expectProblem(answer, 'request-malformed', 400, {
        violations: [{ location: 'query', pointer: '/k', keyword: 'encoding', message: expect.any(String) }],
      });
    });
  });

  test.each([
    ['/permutive/usrs', '/permutive/users'],
    ['/permutive/v2.0/user', '/permutive/v2.0/users'],
    ['/prelude/v2/session/app/54e9ujn/users', '/prelude/v2/session/apps/{appID}/users'],
    ['/formbrick/client/a/user', '/formbricks/client/{environmentId}/user'],
    ['/user-service/users/', '/user-service/users'],
    ['/joyfill', '/joyfill/users'],
    ['/', expect.stringMatching(/^\/./)],
    ['/permutive/%ZZ', '/permutive/users'],
  ])('the unknown path %s is 404, and names the nearest', async (path, nearest) => {
    const answer = await postJson(`${mock.url}${path}`, {}, json);
    expectProblem(answer, 'path-not-found', 404, { nearest });
    const { detail, nearest: named } = answer.body as { detail: string; nearest: string };
    expect(detail).toContain(named);
  });

  test.each(
    Object.keys(paths)
      .filter((api) => api !== 'user-service')
      .flatMap((api) => ['GET', 'PUT', 'PATCH', 'DELETE'].map((method) => [method, api] as const)),
  )('the wrong method %s for %s is 405, with `Allow`', async (method, api) => {
    const answer = await answerOf(await fetch(urlOf(api), { method, headers: credentials }));
    expectProblem(answer, 'method-not-allowed', 405, { allow: ['OPTIONS', 'POST'] });
    expect(answer.headers.get('allow')).toBe('OPTIONS, POST');
  });

  test('HEAD, where no GET is documented, is 405 with `Allow` and no body', async () => {
    const { status, headers, text } = await request(urlOf('permutive'), { method: 'HEAD' });
    expect({ status, text }).toEqual({ status: 405, text: '' });
    expect(headers.allow).toBe('OPTIONS, POST');
  });

  test.each([
    ['permutive', undefined],
    ['formbricks', { userId: 'ada' }],
    ['joyfill', {}],
    ['prelude', { identifiers: [] }],
    ['user-service', { firstName: 'Ada', lastName: 'Lovelace', contactEmail: 'ada@example.com' }],
  ])('an unacceptable `Accept` for %s is 406, lists what there is, and stores nothing', async (api, body) => {
    for (const accept of ['image/png', 'text/html, application/json;q=0']) {
      const answer = await postJson(urlOf(api), body, { ...credentials, Accept: accept });
      expectProblem(answer, 'not-acceptable', 406, { acceptable: ['application/json'] });
    }
    const accepted = await postJson(urlOf(api), body, { ...credentials, Accept: 'image/png, application/*;q=0.1' });
    expect(accepted.status).toBe(api === 'prelude' || api === 'user-service' ? 201 : 200);
  });

  test('an impossible `Prefer` is 404 and lists what is possible', async () => {
    const answer = await postJson(urlOf('formbricks'), {}, { Prefer: 'code=500' });
    expectProblem(answer, 'preference-impossible', 404, {
      possible: [{ code: '200', examples: ['identified', 'created'] }],
    });
  });

  test('a malformed `Prefer` is 400', async () => {
    const answer = await postJson(urlOf('formbricks'), {}, { Prefer: 'code=twohundred' });
    expect(answer).toMatchObject({ status: 400, body: { type: 'urn:standin:problem:preference-malformed' } });
  });

  test('a key that stands twice in the query is the documented 401', async () => {
    expect(await postJson(`${urlOf('permutive')}?k=one&k=two`)).toMatchObject({
      status: 401,
      body: { error: { code: 2000 } },
    });
  });

  test('query keys that are not documented are let be, also twice', async () => {
    expect(await postJson(`${urlOf('permutive')}?k=a-key&utm=1&utm=2`)).toMatchObject({ status: 200 });
  });

  test.each([['{"__proto__":{"polluted":true}}'], ['{"constructor":{"prototype":{"polluted":true}}}']])(
    'the body %s does no harm',
    async (body) => {
      expect((await postText(urlOf('formbricks'), body, json)).status).toBeLessThan(500);
      expect(await postJson(urlOf('joyfill'), { identifier: 'a' })).toMatchObject({
        status: 200,
        body: { identifer: 'a' },
      });
    },
  );

  test('what is no HTTP at all is answered with a problem, and the connection closed', async () => {
    const { port } = new URL(mock.url);
    const text = await new Promise<string>((resolve, reject) => {
      let received = '';
      const socket = connect(Number(port), 'localhost', () => socket.write('HELLO\r\n\r\n'));
      socket.setEncoding('utf8').on('data', (chunk) => {
        received += chunk;
      });
      socket.on('end', () => resolve(received));
      socket.on('error', reject);
    });
    const [head = '', body = ''] = text.split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(head).toMatch(/content-type: application\/problem\+json/i);
    expect(JSON.parse(body)).toEqual(problem('request-malformed', 400));
  });

  test('none of this is written to standard error as a failure of standin', async () => {
    const { stderr } = await mock.stop();
    expect(stderr.split('\n').filter((line) => line !== '' && !/ warning .*\[example-repaired\]$/.test(line))).toEqual(
      [],
    );
  });
});

test('the limit of a body is 10 MiB unless told otherwise', async () => {
  const mock = await startMock();
  try {
    const group = 'g'.repeat(10 * 1024 * 1024 - '{"group":""}'.length);
    expect(await postJson(`${mock.url}/joyfill/users`, { group })).toMatchObject({ status: 200 });
    const answer = await postJson(`${mock.url}/joyfill/users`, { group: `${group}g` });
    expectProblem(answer, 'content-too-large', 413, { detail: expect.stringContaining('10485760') });
  } finally {
    await mock.stop();
  }
});

describe('parameters', () => {
  const folder = mkdtempSync(join(tmpdir(), 'standin-'));
  let mock: RunningCli;
  beforeAll(async () => {
    const file = join(folder, 'search.yaml');
    writeFileSync(
      file,
      `openapi: 3.1.0
info: { title: Search, version: '1' }
paths:
  /search:
    get:
      parameters:
        - { name: page, in: query, schema: { type: integer, minimum: 1 } }
        - { name: tag, in: query, schema: { type: array, items: { type: string } } }
        - { name: X-Trace, in: header, required: true, schema: { type: string } }
      responses:
        '200': { description: Found, content: { application/json: { example: [] } } }
`,
    );
    mock = await startMock([file]);
  });
  afterAll(async () => {
    await mock?.stop();
    rmSync(folder, { recursive: true });
  });

  const search = async (query: string, headers: Record<string, string> = { 'X-Trace': 't' }) =>
    answerOf(await fetch(`${mock.url}/search?${query}`, { headers }));
  const violation = (location: string, pointer: string, keyword: string) => ({
    violations: [{ location, pointer, keyword, message: expect.stringMatching(/\w/) }],
  });

  test('a query key that stands twice where one value is documented is a problem', async () => {
    expectProblem(await search('page=1&page=2'), 'request-malformed', 400, violation('query', '/page', 'duplicate'));
  });

  test('a query key that stands twice where a list is documented is a list', async () => {
    expect(await search('tag=a&tag=b')).toMatchObject({ status: 200 });
  });

  test('a value of the wrong type is a problem that points at it', async () => {
    expectProblem(await search('page=one'), 'request-invalid', 422, violation('query', '/page', 'type'));
    expectProblem(await search('page=0'), 'request-invalid', 422, violation('query', '/page', 'minimum'));
  });

  test('a missing header is a problem that points at it', async () => {
    expectProblem(await search('', {}), 'request-invalid', 422, violation('header', '/X-Trace', 'required'));
  });
});
