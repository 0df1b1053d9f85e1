import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Answer, postJson } from '../testing/post-json.js';
import { type RunningCli, startMock } from '../testing/run-cli.js';

const requestId = expect.stringMatching(/^req-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const limitHeaders = ['X-RateLimit-Limit', 'X-RateLimit-Remaining', 'X-RateLimit-Reset'];

const newEmail = () => `${randomUUID()}@example.com`;
const newUser = () => ({ firstName: 'Ada', lastName: 'Lovelace', contactEmail: newEmail() });

describe('user-service POST /users', () => {
  let mock: RunningCli;
  beforeAll(async () => {
    mock = await startMock();
  });
  afterAll(() => mock?.stop());

  /** Each request has a token of its own, unless told otherwise, so that no test meets the limit of another. */
  const create = (user: unknown, token: string = randomUUID(), headers: Record<string, string> = {}) =>
    postJson(`${mock.url}/user-service/users`, user, { Authorization: `Bearer ${token}`, ...headers });

  const invalidField = (field: string) => ({
    status: 400,
    body: {
      code: 'INVALID_FIELD',
      message: expect.any(String),
      details: [{ field, reason: expect.stringMatching(/\w/), location: 'body' }],
      requestId,
    },
  });

  test('a valid request with a bearer token is answered with 201, the user, and a `userId` that counts from 1', async () => {
    const counting = await startMock();
    try {
      for (const userId of [1, 2, 3]) {
        const user = newUser();
        const answer = await postJson(`${counting.url}/user-service/users`, user, { Authorization: 'Bearer a-token' });
        expect(answer).toMatchObject({ status: 201 });
        expect(answer.body).toEqual({ userId, ...user });
      }
    } finally {
      await counting.stop();
    }
  });

  test('a `userId` in the request is not used', async () => {
    const { status, body } = await create({ ...newUser(), userId: 4711 });
    expect(status).toBe(201);
    expect(body).not.toMatchObject({ userId: 4711 });
  });

  test.each(['firstName', 'lastName', 'contactEmail'])('without %s it is 400 MISSING_REQUIRED_FIELD', async (field) => {
    const { status, body } = await create({ ...newUser(), [field]: undefined });
    expect(status).toBe(400);
    expect(body).toEqual({
      code: 'MISSING_REQUIRED_FIELD',
      message: expect.any(String),
      details: [{ field, reason: 'is required', location: 'body' }],
      requestId,
    });
  });

  test('each field that is missing has a detail', async () => {
    const { body } = await create({});
    const { details } = body as { details: { field: string }[] };
    expect(details.map(({ field }) => field).sort()).toEqual(['contactEmail', 'firstName', 'lastName']);
  });

  test('no body at all is 400 MISSING_REQUIRED_FIELD', async () => {
    expect(await create(undefined)).toMatchObject({ status: 400, body: { code: 'MISSING_REQUIRED_FIELD' } });
  });

  test.each([
    ['firstName', 'too short', ''],
    ['firstName', 'too long', 'a'.repeat(101)],
    ['firstName', 'no string', 1],
    ['lastName', 'too short', ''],
    ['lastName', 'too long', 'a'.repeat(101)],
    ['contactEmail', 'of a bad format', 'ada at example.com'],
    ['contactEmail', 'too long', `${'a'.repeat(60)}@${'b.'.repeat(100)}example.com`],
  ])('a %s that is %s is 400 INVALID_FIELD, with its name and location', async (field, _, value) => {
    const { status, body } = await create({ ...newUser(), [field]: value });
    expect({ status, body }).toEqual(invalidField(field));
  });

  test('names of 1 and of 100 characters are good', async () => {
    expect(await create({ ...newUser(), firstName: 'a', lastName: 'b'.repeat(100) })).toMatchObject({ status: 201 });
  });

  test('an email address used before, in whatever case, is 400 INVALID_FIELD, and nothing is stored', async () => {
    const contactEmail = newEmail();
    const { body: before } = await create({ ...newUser(), contactEmail });
    for (const again of [contactEmail, contactEmail.toUpperCase()]) {
      const { status, body } = await create({ ...newUser(), contactEmail: again });
      expect({ status, body }).toEqual(invalidField('contactEmail'));
    }
    const { body: after } = await create(newUser());
    expect((after as { userId: number }).userId).toBe((before as { userId: number }).userId + 1);
  });

  const refusal = (code: string) => ({ code, message: expect.any(String), requestId });

  test('no token is 401 UNAUTHORIZED', async () => {
    const { status, headers, body } = await postJson(`${mock.url}/user-service/users`, newUser());
    expect({ status, body }).toEqual({ status: 401, body: refusal('UNAUTHORIZED') });
    expect(headers.get('www-authenticate')).toMatch(/^Bearer\b/);
  });

  test('the token `invalid` is 401 UNAUTHORIZED', async () => {
    const { status, body } = await create(newUser(), 'invalid');
    expect({ status, body }).toEqual({ status: 401, body: refusal('UNAUTHORIZED') });
  });

  test('the token `forbidden` is 403 FORBIDDEN', async () => {
    const { status, body } = await create(newUser(), 'forbidden');
    expect({ status, body }).toEqual({ status: 403, body: refusal('FORBIDDEN') });
  });

  test('nothing is stored of a request that is refused', async () => {
    const user = newUser();
    await create(user, 'invalid');
    await create(user, 'forbidden');
    await create({ ...user, firstName: '' });
    expect(await create(user)).toMatchObject({ status: 201 });
  });

  test('the message of each error is another', async () => {
    const answers = [await create(newUser(), 'invalid'), await create(newUser(), 'forbidden'), await create({})];
    expect(new Set(answers.map(({ body }) => (body as { message: string }).message)).size).toBe(3);
  });

  describe('the limit', () => {
    const token = randomUUID();
    let answers: Answer[];
    beforeAll(async () => {
      answers = await Promise.all(Array.from({ length: 101 }, () => create(newUser(), token)));
    });

    test('is answered with 429 RATE_LIMIT_EXCEEDED to the one request over it', () => {
      const over = answers.filter(({ status }) => status !== 201);
      expect(over.map(({ status, body }) => ({ status, body }))).toEqual([
        { status: 429, body: refusal('RATE_LIMIT_EXCEEDED') },
      ]);
    });

    test('says with `Retry-After` how many seconds to wait', () => {
      const over = answers.find(({ status }) => status === 429);
      expect(over?.headers.get('retry-after')).toMatch(/^(?:[1-9]|[1-5]\d|60)$/);
      expect(over?.headers.get('x-ratelimit-remaining')).toBe('0');
    });

    test('is counted down in `X-RateLimit-Remaining`', () => {
      const remaining = answers.flatMap(({ status, headers }) =>
        status === 201 ? [Number(headers.get('x-ratelimit-remaining'))] : [],
      );
      expect(remaining.sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, index) => index));
    });

    test('ends at `X-RateLimit-Reset`, in Unix time and within a minute', () => {
      const inSeconds = Number(answers[0]?.headers.get('x-ratelimit-reset')) - Date.now() / 1000;
      expect(inSeconds).toBeGreaterThan(0);
      expect(inSeconds).toBeLessThanOrEqual(61);
    });

    test('is one for each token', async () => {
      expect(await create(newUser())).toMatchObject({ status: 201 });
      expect(await create(newUser(), token)).toMatchObject({ status: 429 });
    });
  });

  test.each([
    ['201', () => create(newUser())],
    ['400', () => create({})],
    ['401', () => create(newUser(), 'invalid')],
    ['403', () => create(newUser(), 'forbidden')],
    ['500 by preference', () => create(undefined, 'a-token', { Prefer: 'code=500' })],
    ['404 for an impossible preference', () => create(newUser(), 'a-token', { Prefer: 'code=418' })],
    ['406', () => create(newUser(), 'a-token', { Accept: 'image/png' })],
    ['415', () => create(newUser(), 'a-token', { 'Content-Type': 'text/csv' })],
  ])('the X-RateLimit headers are on a %s', async (what, send) => {
    const { status, headers } = await send();
    expect(what).toContain(String(status));
    for (const name of limitHeaders) expect(headers.get(name)).toMatch(/^\d+$/);
  });

  test('a concurrent burst of 200 identical creates yields exactly one 201', async () => {
    const user = newUser();
    const statuses = (await Promise.all(Array.from({ length: 200 }, () => create(user)))).map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect(statuses.filter((status) => status === 400)).toHaveLength(199);
  });
});
