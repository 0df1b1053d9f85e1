import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { postJson } from '../testing/post-json.js';
import { type RunningCli, startMock } from '../testing/run-cli.js';

const message = {
  invalid_request: 'The request body is invalid.',
  invalid_id: 'The provided ID is invalid.',
  too_many_user_identifiers: 'The user has too many identifiers.',
  session_disabled: 'Session management is disabled for this application.',
  app_not_found: 'The application was not found.',
  already_in_use: 'The identifier is already in use by another user.',
  external_id_already_in_use: 'The provided external id is already in use',
  conflict: 'A conflict occurred with the current state of the resource.',
};

const refusal = (status: number, kind: string, code: keyof typeof message) => ({
  status,
  body: { code, status: kind, message: message[code] },
});
const badRequest = (code: keyof typeof message) => refusal(400, 'bad_request', code);
const conflict = (code: keyof typeof message) => refusal(409, 'conflict', code);
const created = { status: 201, body: { id: expect.stringMatching(/^usr_[0-9a-hjkmnp-tv-z]{26}$/) } };

const email = (value: string) => ({ type: 'email_address', value });
const fresh = () => email(`${randomUUID()}@example.com`);

describe('prelude POST /v2/session/apps/{appID}/users', () => {
  let mock: RunningCli;
  beforeAll(async () => {
    mock = await startMock();
  });
  afterAll(() => mock?.stop());

  const create = async (user: unknown, app = '54e9ujn', authorization = 'Bearer a-token') => {
    const url = `${mock.url}/prelude/v2/session/apps/${app}/users`;
    const { status, body } = await postJson(url, user, { Authorization: authorization });
    return { status, body };
  };

  describe('a valid request', () => {
    test('is answered with 201 and an `id` of `usr_` and a ULID', async () => {
      const profile = { first_name: 'Ada' };
      expect(await create({ identifiers: [fresh()] })).toEqual(created);
      expect(await create({ identifiers: [fresh()], profile, id: randomUUID(), external_id: 'ada' })).toEqual(created);
      expect(await create({ identifiers: [] })).toEqual(created);
    });

    test('gets an `id` of its own', async () => {
      const answers = await Promise.all(Array.from({ length: 20 }, () => create({ identifiers: [fresh()] })));
      expect(new Set(answers.map(({ body }) => (body as { id: string }).id)).size).toBe(20);
    });

    test('may have five identifiers, and an `external_id` of 128 characters', async () => {
      const identifiers = Array.from({ length: 5 }, fresh);
      expect(await create({ identifiers, external_id: 'e'.repeat(128) })).toEqual(created);
    });
  });

  test.each([
    ['no identifiers', {}],
    ['an identifier of an undocumented type', { identifiers: [{ type: 'fax', value: '+302101234567' }] }],
    ['an identifier without a value', { identifiers: [{ type: 'email_address' }] }],
    ['identifiers that are no list', { identifiers: 'ada@example.com' }],
    ['a profile of other than strings', { identifiers: [], profile: { age: 36 } }],
    ['an `external_id` of 129 characters', { identifiers: [], external_id: 'e'.repeat(129) }],
    ['a body that is no object', []],
  ])('%s is answered with 400 `invalid_request`', async (_, user) => {
    expect(await create(user)).toEqual(badRequest('invalid_request'));
  });

  test.each([['not-a-uuid'], ['usr_01jqebhswje1ka1z7ahr9rfsgt'], [42]])(
    'the `id` %j, which is no UUID, is answered with 400 `invalid_id`',
    async (id) => {
      expect(await create({ identifiers: [fresh()], id })).toEqual(badRequest('invalid_id'));
    },
  );

  test("more identifiers than the overlay's limit are answered with 400 `too_many_user_identifiers`", async () => {
    expect(await create({ identifiers: Array.from({ length: 6 }, fresh) })).toEqual(
      badRequest('too_many_user_identifiers'),
    );
  });

  test('no body is answered with 400 `invalid_request`', async () => {
    expect(await create(undefined)).toEqual(badRequest('invalid_request'));
  });

  describe('what is used already in that app', () => {
    test('as an identifier is answered with 409 `already_in_use`, be it one of several', async () => {
      const identifier = fresh();
      await create({ identifiers: [identifier] });
      expect(await create({ identifiers: [identifier] })).toEqual(conflict('already_in_use'));
      expect(await create({ identifiers: [fresh(), identifier] })).toEqual(conflict('already_in_use'));
    });

    test('as an `external_id` is answered with 409 `external_id_already_in_use`', async () => {
      const external_id = randomUUID();
      await create({ identifiers: [fresh()], external_id });
      expect(await create({ identifiers: [fresh()], external_id })).toEqual(conflict('external_id_already_in_use'));
    });

    test('as an `id` is answered with 409 `conflict`, in whatever case the UUID is written', async () => {
      const id = randomUUID();
      await create({ identifiers: [fresh()], id });
      expect(await create({ identifiers: [fresh()], id })).toEqual(conflict('conflict'));
      expect(await create({ identifiers: [fresh()], id: id.toUpperCase() })).toEqual(conflict('conflict'));
    });

    test('is free in another app', async () => {
      const user = { identifiers: [fresh()], external_id: randomUUID(), id: randomUUID() };
      expect(await create(user, '54e9ujn')).toEqual(created);
      expect(await create(user, 'fvua38g')).toEqual(created);
      expect(await create(user, 'fvua38g')).toMatchObject({ status: 409 });
    });

    test('is another thing as an identifier of another type', async () => {
      const value = randomUUID();
      expect(await create({ identifiers: [{ type: 'phone_number', value }] })).toEqual(created);
      expect(await create({ identifiers: [{ type: 'email_address', value }] })).toEqual(created);
    });
  });

  test.each([
    ['already_in_use', 'identifiers'],
    ['external_id_already_in_use', 'external_id'],
    ['conflict', 'id'],
  ] as const)('nothing is stored of a request answered with 409 `%s`', async (code, taken) => {
    const user = () => ({ identifiers: [fresh()], external_id: randomUUID(), id: randomUUID() });
    const first = user();
    const second = user();
    await create(first);
    expect(await create({ ...second, [taken]: first[taken] })).toEqual(conflict(code));
    expect(await create(second)).toEqual(created);
  });

  test('nothing is stored of a request answered with 400', async () => {
    const identifiers = [fresh()];
    await create({ identifiers, external_id: 7 });
    expect(await create({ identifiers })).toEqual(created);
  });

  test('a disabled app is answered with 403 `session_disabled`', async () => {
    const expected = refusal(403, 'forbidden', 'session_disabled');
    expect(await create({ identifiers: [fresh()] }, 'disabled1')).toEqual(expected);
  });

  test('an app that nobody knows is answered with 404 `app_not_found`', async () => {
    expect(await create({ identifiers: [fresh()] }, 'nobody')).toEqual(refusal(404, 'not_found', 'app_not_found'));
  });

  test.each([
    ['no bearer token', undefined],
    ['the token `invalid`', 'Bearer invalid'],
    ['a credential of another scheme', 'Basic YTpi'],
  ])('%s is answered with a problem, 401, since none is documented', async (_, authorization) => {
    const url = `${mock.url}/prelude/v2/session/apps/54e9ujn/users`;
    const { status, headers, body } = await postJson(
      url,
      { identifiers: [] },
      authorization === undefined ? {} : { Authorization: authorization },
    );
    expect(status).toBe(401);
    expect(headers.get('content-type')).toBe('application/problem+json');
    expect(headers.get('www-authenticate')).toMatch(/^Bearer\b/);
    expect(body).toMatchObject({ type: expect.stringMatching(/^urn:standin:problem:credentials-/), status: 401 });
  });

  test('a concurrent burst of 200 identical creates yields exactly one 201', async () => {
    const user = { identifiers: [fresh()], external_id: randomUUID(), id: randomUUID() };
    const answers = await Promise.all(Array.from({ length: 200 }, () => create(user)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(199);
  });
});
