import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { postJson } from '../testing/post-json.js';
import { type RunningCli, startMock } from '../testing/run-cli.js';

describe('joyfill POST /users', () => {
  let mock: RunningCli;
  beforeAll(async () => {
    mock = await startMock();
  });
  afterAll(() => mock?.stop());

  const create = async (user: unknown) => {
    const { status, body } = await postJson(`${mock.url}/joyfill/users`, user);
    return { status, body };
  };

  test('a valid body is answered with 200, its identifier (as `identifer`) and its group', async () => {
    expect(await create({ identifier: 'ada', group: 'engines' })).toEqual({
      status: 200,
      body: { type: 'user', identifer: 'ada', group: 'engines' },
    });
  });

  test('a group that was not sent is not answered', async () => {
    expect(await create({ identifier: 'alone' })).toEqual({ status: 200, body: { type: 'user', identifer: 'alone' } });
  });

  test('an identifier is generated where it is absent or empty, a fresh one each time', async () => {
    const answers = await Promise.all([create({}), create({}), create({ identifier: '' }), create({ identifier: '' })]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const identifiers = answers.map(({ body }) => (body as { identifer: string }).identifer);
    for (const identifier of identifiers) expect(identifier).toMatch(/^\S{1,80}$/);
    expect(new Set(identifiers).size).toBe(4);
  });

  test('`token` is answered with `issueAccessToken: true`', async () => {
    expect(await create({ identifier: 'with-token', group: 'g', issueAccessToken: true })).toEqual({
      status: 200,
      body: { type: 'user', identifer: 'with-token', group: 'g', token: expect.stringMatching(/^\S+$/) },
    });
  });

  test.each([[{ issueAccessToken: false }], [{}], [{ accessTokenExpiration: '2030-01-01T00:00:00Z' }]])(
    '`token` is not answered with %j',
    async (rest) => {
      const { status, body } = await create({ identifier: 'without-token', ...rest });
      expect(status).toBe(200);
      expect(body).not.toHaveProperty('token');
    },
  );

  test('to create the same user again is no error', async () => {
    await create({ identifier: 'twice', group: 'g' });
    expect(await create({ identifier: 'twice', group: 'g' })).toMatchObject({ status: 200 });
  });

  const refused = { status: 400, body: { message: 'Invalid Request' } };

  test.each([
    ['identifier', { identifier: 7 }],
    ['group', { group: ['g'] }],
    ['issueAccessToken', { issueAccessToken: 'true' }],
    ['accessTokenExpiration', { accessTokenExpiration: 1_893_456_000_000 }],
    ['accessTokenExpiration as a date-time', { accessTokenExpiration: 'tomorrow' }],
    ['the body', ['ada']],
  ])('a wrong type of %s is answered with 400 and the message as an object', async (_, user) => {
    expect(await create(user)).toEqual(refused);
  });

  test('80 characters make an identifier', async () => {
    expect(await create({ identifier: 'i'.repeat(80) })).toMatchObject({ status: 200 });
    expect(await create({ identifier: '🦊'.repeat(80) })).toMatchObject({ status: 200 });
  });

  test('an identifier of over 80 characters is answered with 400, also where a token is asked for', async () => {
    expect(await create({ identifier: 'i'.repeat(81) })).toEqual(refused);
    expect(await create({ identifier: '🦊'.repeat(81) })).toEqual(refused);
    expect(await create({ identifier: 'i'.repeat(81), issueAccessToken: true })).toEqual(refused);
  });
});
