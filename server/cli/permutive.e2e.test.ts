import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { postJson } from '../testing/post-json.js';
import { type RunningCli, startMock } from '../testing/run-cli.js';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const error = (code: number, message: string, status = 'Unauthorized') => ({
  request_id: '550e8400-e29b-41d4-a716-446655440000',
  error: { status, code, message, docs: 'https://docs.permutive.com/api/errors' },
});
const missing = error(2004, 'The resource requires authentication, which was not supplied with the request.');
const invalid = error(2000, 'The API key provided is invalid.');

describe('permutive POST /v2.0/users', () => {
  let mock: RunningCli;
  let users: string;
  beforeAll(async () => {
    mock = await startMock();
    users = `${mock.url}/permutive/v2.0/users`;
  });
  afterAll(() => mock?.stop());

  test('no key is answered with 401 and the example "Missing authentication"', async () => {
    const { status, body } = await postJson(users);
    expect({ status, body }).toEqual({ status: 401, body: missing });
  });

  test.each([
    ['in X-API-Key', '', { 'X-API-Key': 'invalid' }],
    ['in ?k=', '?k=invalid', {}],
  ])('the key `invalid` %s is answered with 401 and the example "Invalid API key"', async (_, query, headers) => {
    const { status, body } = await postJson(`${users}${query}`, undefined, headers);
    expect({ status, body }).toEqual({ status: 401, body: invalid });
  });

  test.each([
    ['in X-API-Key', '', { 'X-API-Key': 'a-key' }],
    ['in ?k=', '?k=a-key', {}],
    ['named `forbidden`, since no 403 is documented', '?k=forbidden', {}],
  ])('any other key %s is answered with 200 and nothing but a UUID', async (_, query, headers) => {
    const { status, body } = await postJson(`${users}${query}`, undefined, headers);
    expect(status).toBe(200);
    expect(body).toEqual({ id: expect.stringMatching(uuid) });
  });

  test('the UUID is a fresh one each time', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        index % 2 ? postJson(`${users}?k=a-key`) : postJson(users, undefined, { 'X-API-Key': 'a-key' }),
      ),
    );
    expect(new Set(answers.map(({ body }) => (body as { id: string }).id)).size).toBe(20);
  });

  test('`Prefer: code=500` is answered with 500 and its example', async () => {
    const { status, body } = await postJson(users, undefined, { Prefer: 'code=500' });
    expect({ status, body }).toEqual({
      status: 500,
      body: error(
        5000,
        'An error of unspecified nature was encountered while processing your request. Feel free to get in touch with us at support@permutive.com referencing the Request ID.',
        'InternalServerError',
      ),
    });
  });
});
