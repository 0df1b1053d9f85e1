import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { request } from '../testing/request.js';
import { type RunningCli, startMock } from '../testing/run-cli.js';

const origins = ['http://localhost:5173', 'https://app.example.com', 'null'];

describe('a page of any origin', () => {
  let mock: RunningCli;
  beforeAll(async () => {
    mock = await startMock();
  });
  afterAll(() => mock?.stop());

  const send = (path: string, headers: Record<string, string>, method = 'POST') =>
    request(`${mock.url}${path}`, { method, headers });
  const preflight = (path: string, headers: Record<string, string> = {}) =>
    send(path, { Origin: 'http://localhost:5173', 'Access-Control-Request-Method': 'POST', ...headers }, 'OPTIONS');

  test.each(origins)('is answered, with credentials: %s', async (origin) => {
    const { status, headers } = await send('/permutive/users?k=a-key', { Origin: origin });
    expect(status).toBe(200);
    expect(headers['access-control-allow-origin']).toBe(origin);
    expect(headers['access-control-allow-credentials']).toBe('true');
    expect(headers.vary).toMatch(/\bOrigin\b/);
  });

  test.each(origins)('has its preflight answered: %s', async (Origin) => {
    const wanted = 'authorization, content-type, prefer, x-api-key';
    const { status, headers, text } = await preflight('/user-service/users', {
      Origin,
      'Access-Control-Request-Headers': wanted,
    });
    expect({ status, text }).toEqual({ status: 204, text: '' });
    expect(headers).toMatchObject({
      'access-control-allow-origin': Origin,
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': expect.stringMatching(/\bPOST\b/),
      'access-control-allow-headers': wanted,
      'access-control-max-age': expect.stringMatching(/^\d+$/),
      vary: expect.stringMatching(/\bOrigin\b/),
    });
  });

  test('may read each header of the answer that is not plain', async () => {
    const { headers } = await send('/user-service/users', { Origin: 'http://localhost:5173', Prefer: 'code=429' });
    const exposed = String(headers['access-control-expose-headers']).toLowerCase().split(/,\s*/);
    expect(exposed).toEqual(
      expect.arrayContaining([
        'x-ratelimit-limit',
        'x-ratelimit-remaining',
        'x-ratelimit-reset',
        'retry-after',
        'preference-applied',
      ]),
    );
  });

  test.each([
    ['a documented error', '/permutive/users', 'POST', 401],
    ['a problem with the path', '/permutive/usrs', 'POST', 404],
    ['a problem with the method', '/permutive/users', 'DELETE', 405],
  ])('may read %s', async (_, path, method, status) => {
    const answer = await send(path, { Origin: 'http://localhost:5173' }, method);
    expect(answer.status).toBe(status);
    expect(answer.headers['access-control-allow-origin']).toBe('http://localhost:5173');
  });

  test('gets past the preflight for a path or a method that is not documented, so as to read why', async () => {
    expect(await preflight('/permutive/usrs')).toMatchObject({ status: 204 });
    const { status, headers } = await preflight('/permutive/users', { 'Access-Control-Request-Method': 'DELETE' });
    expect(status).toBe(204);
    expect(headers['access-control-allow-methods']).toMatch(/\bDELETE\b/);
  });

  test('is told the allowed methods by OPTIONS that is no preflight', async () => {
    const { status, headers } = await send('/permutive/users', { Origin: 'http://localhost:5173' }, 'OPTIONS');
    expect(status).toBe(204);
    expect(headers.allow).toBe('OPTIONS, POST');
  });

  test('does not use up the limit with a preflight', async () => {
    const remaining = async () => {
      const { headers } = await send('/user-service/users', { Authorization: 'Bearer preflights' });
      return Number(headers['x-ratelimit-remaining']);
    };
    const before = await remaining();
    await preflight('/user-service/users', { Authorization: 'Bearer preflights' });
    expect(await remaining()).toBe(before - 1);
  });

  test('is the only one that gets CORS headers', async () => {
    const { headers } = await send('/permutive/users?k=a-key', {});
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
  });
});
