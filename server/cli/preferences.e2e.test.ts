import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { postJson } from '../testing/post-json.js';
import { projectFolder, type RunningCli, startMock } from '../testing/run-cli.js';

interface Documented {
  readonly api: string;
  readonly code: number;
  /** Absent where the documented example has no name. */
  readonly example?: string;
  readonly body: unknown;
}

const paths: Readonly<Record<string, string>> = {
  permutive: '/users',
  formbricks: '/client/an-environment/user',
  joyfill: '/users',
  prelude: '/v2/session/apps/54e9ujn/users',
  'user-service': '/users',
};

const ofPermutive = (errorStatus: string, code: number, message: string) => ({
  request_id: '550e8400-e29b-41d4-a716-446655440000',
  error: { status: errorStatus, code, message, docs: 'https://docs.permutive.com/api/errors' },
});
const ofPrelude = (code: number, status: string, example: string, message: string): Documented => ({
  api: 'prelude',
  code,
  example,
  body: { code: example, status, message },
});
const ofUserService = (code: number, example: string, body: Readonly<Record<string, unknown>>): Documented => ({
  api: 'user-service',
  code,
  example,
  body,
});
const fault = (reason: string) => [{ field: 'contactEmail', reason, location: 'body' }];

const documented: readonly Documented[] = [
  { api: 'permutive', code: 200, body: { id: '2008c38f-dece-4570-976d-87593ed001c3' } },
  {
    api: 'permutive',
    code: 401,
    example: 'Invalid API key',
    body: ofPermutive('Unauthorized', 2000, 'The API key provided is invalid.'),
  },
  {
    api: 'permutive',
    code: 401,
    example: 'Missing authentication',
    body: ofPermutive(
      'Unauthorized',
      2004,
      'The resource requires authentication, which was not supplied with the request.',
    ),
  },
  {
    api: 'permutive',
    code: 500,
    body: ofPermutive(
      'InternalServerError',
      5000,
      'An error of unspecified nature was encountered while processing your request. Feel free to get in touch with us at support@permutive.com referencing the Request ID.',
    ),
  },
  { api: 'formbricks', code: 200, body: { userId: 'user123', state: 'identified' } },
  { api: 'formbricks', code: 200, example: 'identified', body: { userId: 'user123', state: 'identified' } },
  { api: 'formbricks', code: 200, example: 'created', body: { userId: 'user123', state: 'created' } },
  {
    api: 'joyfill',
    code: 200,
    example: 'Result',
    body: { type: 'String', identifer: 'String', group: 'String (optional)' },
  },
  {
    api: 'joyfill',
    code: 200,
    example: 'Token Creation',
    body: { type: 'String', identifer: 'String', group: 'String (optional)', token: 'String' },
  },
  { api: 'joyfill', code: 400, example: 'Result', body: { message: 'Invalid Request' } },
  { api: 'prelude', code: 201, body: { id: 'usr_01jqebhswje1ka1z7ahr9rfsgt' } },
  ofPrelude(400, 'bad_request', 'invalid_request', 'The request body is invalid.'),
  ofPrelude(400, 'bad_request', 'invalid_id', 'The provided ID is invalid.'),
  ofPrelude(400, 'bad_request', 'too_many_user_identifiers', 'The user has too many identifiers.'),
  ofPrelude(403, 'forbidden', 'session_disabled', 'Session management is disabled for this application.'),
  ofPrelude(404, 'not_found', 'app_not_found', 'The application was not found.'),
  ofPrelude(409, 'conflict', 'already_in_use', 'The identifier is already in use by another user.'),
  ofPrelude(409, 'conflict', 'external_id_already_in_use', 'The provided external id is already in use'),
  ofPrelude(409, 'conflict', 'conflict', 'A conflict occurred with the current state of the resource.'),
  {
    api: 'user-service',
    code: 201,
    body: { userId: 1, firstName: 'John', lastName: 'Doe', contactEmail: 'john.doe@example.com' },
  },
  ofUserService(400, 'missing_required_field', {
    code: 'MISSING_REQUIRED_FIELD',
    message: 'A required field is missing.',
    details: fault('is required'),
    requestId: 'req-4f3c1d0e-8a27-4b6e-9d15-2c7a60b8e931',
  }),
  ofUserService(400, 'invalid_field', {
    code: 'INVALID_FIELD',
    message: 'A field has an invalid value.',
    details: fault('must be an email address'),
    requestId: 'req-b1a9e7c4-53d2-4f08-8e6b-90f4d2c7a615',
  }),
  ofUserService(400, 'email_in_use', {
    code: 'INVALID_FIELD',
    message: 'The email address is already in use.',
    details: fault('must be unique, and another user has it'),
    requestId: 'req-7d60f2b8-19ce-4a35-b4f7-e83a5c1d0296',
  }),
  ofUserService(401, 'unauthorized', {
    code: 'UNAUTHORIZED',
    message: 'A valid bearer token is needed.',
    requestId: 'req-e02b7a94-6c1f-4d83-a5e0-3b97f168d42c',
  }),
  ofUserService(403, 'forbidden', {
    code: 'FORBIDDEN',
    message: 'This token does not permit creating users.',
    requestId: 'req-95c8d3e1-f7a0-4216-8b5d-6e14a9027cf3',
  }),
  ofUserService(429, 'rate_limit_exceeded', {
    code: 'RATE_LIMIT_EXCEEDED',
    message: 'Too many requests were made. Try again later.',
    requestId: 'req-2a6e4b90-d8f3-4c71-9f02-b5e7c3d81a64',
  }),
  ofUserService(500, 'server_error', {
    code: 'SERVER_ERROR',
    message: 'Something went wrong on our side.',
    requestId: 'req-c47f90d6-3b82-4e5a-8a19-f0d2b6e7135c',
  }),
];

const rows = documented.map((row) => [`${row.api} ${row.code} ${row.example ?? '(unnamed)'}`, row] as const);

/** `code=409, example="…"` as RFC 7240 has it: quoted where the name is no token. */
function written({ code, example }: Documented): string {
  if (example === undefined) return `code=${code}`;
  return `code=${code}, example=${example.includes(' ') ? `"${example}"` : example}`;
}

describe('what a client asks for', () => {
  let mock: RunningCli;
  beforeAll(async () => {
    mock = await startMock();
  });
  afterAll(() => mock?.stop());

  const urlOf = (api: string) => `${mock.url}/${api}${paths[api]}`;
  const ask = (api: string, prefer: string, body?: unknown, headers: Record<string, string> = {}) =>
    postJson(urlOf(api), body, { ...headers, Prefer: prefer });

  test.each(rows)('%s is answered verbatim to `Prefer`, and `Preference-Applied` says so', async (_, row) => {
    const { status, headers, body } = await ask(row.api, written(row));
    expect({ status, body }).toEqual({ status: row.code, body: row.body });
    expect(headers.get('content-type')).toBe('application/json');
    expect(headers.get('preference-applied')).toBe(written(row));
    expect(headers.get('vary')).toMatch(/\bPrefer\b/);
  });

  test.each(rows)('%s is answered verbatim to `__code` and `__example`', async (_, row) => {
    const query = new URLSearchParams({ __code: String(row.code), ...(row.example && { __example: row.example }) });
    const { status, headers, body } = await postJson(`${urlOf(row.api)}?${query}`);
    expect({ status, body }).toEqual({ status: row.code, body: row.body });
    expect(headers.get('preference-applied')).toBe(written(row));
  });

  test('this table has each of the 17 documented statuses, and each example that has a name', () => {
    const statuses = new Set(documented.map(({ api, code }) => `${api} ${code}`));
    const examples = new Set(documented.map(({ api, code, example }) => `${api} ${code} ${example}`));
    let count = 0;
    for (const api of Object.keys(paths)) {
      const document = parse(readFileSync(join(projectFolder, 'specs', api, 'openapi.yaml'), 'utf8'));
      const [operation] = Object.values<{ post: { responses: object } }>(document.paths);
      for (const [status, response] of Object.entries(operation?.post.responses ?? {})) {
        count += 1;
        expect(statuses).toContain(`${api} ${status}`);
        for (const name of Object.keys(response.content['application/json'].examples ?? {}))
          expect(examples).toContain(`${api} ${status} ${name}`);
      }
    }
    expect(count).toBe(17);
  });

  test.each([
    ['code=409;example=conflict'],
    ['code=409; example="conflict"'],
    ['respond-async, wait=10, code="409", example=conflict'],
    ['Code = 409 , Example = conflict'],
    ['example=conflict'],
  ])('`Prefer: %s` is understood', async (prefer) => {
    expect(await ask('prelude', prefer)).toMatchObject({ status: 409, body: { code: 'conflict' } });
  });

  test('a preference that is none of ours is left alone', async () => {
    const { status, headers } = await ask('permutive', 'respond-async', undefined, { 'X-API-Key': 'a-key' });
    expect(status).toBe(200);
    expect(headers.has('preference-applied')).toBe(false);
  });

  test('`Prefer` comes before the query', async () => {
    const { status } = await postJson(`${urlOf('permutive')}?__code=401`, undefined, { Prefer: 'code=500' });
    expect(status).toBe(500);
  });

  test('`code` without `example` is answered with the first example', async () => {
    expect(await ask('prelude', 'code=409')).toMatchObject({ status: 409, body: { code: 'already_in_use' } });
  });

  test('what is asked for changes no state', async () => {
    const user = { firstName: 'Ada', lastName: 'Lovelace', contactEmail: 'ada@example.com' };
    const credentials = { Authorization: 'Bearer a-token' };
    expect(await ask('user-service', 'code=201', user, credentials)).toMatchObject({ status: 201 });
    expect(await postJson(urlOf('user-service'), user, credentials)).toMatchObject({
      status: 201,
      body: { userId: 1 },
    });
  });

  test.each([
    ['`Prefer`', '', 'code=201, dynamic=true'],
    ['the query', '?__code=201&__dynamic=true', ''],
  ])('`dynamic` in %s is answered with a fresh valid body each time', async (_, query, prefer) => {
    const send = () => postJson(`${urlOf('user-service')}${query}`, undefined, prefer === '' ? {} : { Prefer: prefer });
    const [one, other] = [await send(), await send()];
    for (const { status, headers, body } of [one, other]) {
      expect(status).toBe(201);
      expect(headers.get('preference-applied')).toBe('code=201, dynamic=true');
      expect(body).toEqual({
        userId: expect.any(Number),
        firstName: expect.stringMatching(/^.{1,100}$/su),
        lastName: expect.stringMatching(/^.{1,100}$/su),
        contactEmail: expect.stringMatching(/^\S+@\S+$/),
      });
    }
    expect(one?.body).not.toEqual(other?.body);
  });

  describe('and can not have', () => {
    const possible = [
      { code: '200', examples: ['Result', 'Token Creation'] },
      { code: '400', examples: ['Result'] },
    ];
    const impossible = (detail: string) => ({
      status: 404,
      body: {
        type: 'urn:standin:problem:preference-impossible',
        title: expect.any(String),
        status: 404,
        detail: expect.stringContaining(detail),
        violations: [],
        possible,
      },
    });

    test.each([
      ['code=418', '418'],
      ['example=Nothing', '"Nothing"'],
      ['code=400, example="Token Creation"', '"Token Creation"'],
    ])('`Prefer: %s` is a problem that lists what is possible', async (prefer, named) => {
      const { status, headers, body } = await ask('joyfill', prefer);
      expect({ status, body }).toEqual(impossible(named));
      expect(headers.get('content-type')).toBe('application/problem+json');
      expect(headers.has('preference-applied')).toBe(false);
    });

    test('`__code=418` is a problem that lists what is possible', async () => {
      const { status, body } = await postJson(`${urlOf('joyfill')}?__code=418`);
      expect({ status, body }).toEqual(impossible('418'));
    });

    test.each([
      ['code=banana'],
      ['code'],
      ['code=99'],
      ['example='],
      ['dynamic=perhaps'],
      ['code=409, "'],
      ['example="never closed'],
      ['=409'],
    ])('`Prefer: %s` is malformed: a problem that says how to write it', async (prefer) => {
      const { status, headers, body } = await ask('joyfill', prefer);
      expect(status).toBe(400);
      expect(headers.get('content-type')).toBe('application/problem+json');
      expect(body).toMatchObject({ type: 'urn:standin:problem:preference-malformed', detail: expect.any(String) });
    });

    test.each([['code=banana'], ['example="never closed']])(
      '`Prefer: %s`, malformed, is answered with what is possible',
      async (prefer) => {
        expect(await ask('joyfill', prefer)).toMatchObject({ body: { possible } });
      },
    );

    test('`__code=banana` is malformed too', async () => {
      expect(await postJson(`${urlOf('joyfill')}?__code=banana`)).toMatchObject({
        status: 400,
        body: { type: 'urn:standin:problem:preference-malformed' },
      });
    });
  });
});
