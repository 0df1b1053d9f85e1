import { expect, test } from '@jest/globals';
import { createClient, saying } from '../testing/client.js';
import { compileDocument } from '../testing/compile-document.js';

const limited = { ...saying('too many'), headers: { 'Retry-After': { example: 99 } } };
const counted = {
  ...saying('done'),
  headers: { 'X-RateLimit-Limit': {}, 'RateLimit-Remaining': { example: 7 }, 'x-ratelimit-reset': {} },
};
const components = { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'x-key' } } };
const post = {
  security: [{ key: [] }, {}],
  responses: { 200: counted, 429: limited },
  'x-standin-limit': { requests: 2, seconds: 60 },
};
let nowMs = 0;
const clientOf = (operation: object = {}) => {
  nowMs = 1_000_000;
  return createClient(
    compileDocument({ components, paths: { '/things': { post: { ...post, ...operation } } } }),
    () => nowMs,
  );
};
const from = (key: string, headers: Record<string, string> = {}) => ({ headers: { 'x-key': key, ...headers } });

test('each answer says in the documented headers what is left, and when the window ends', async () => {
  const ask = clientOf();
  expect(await ask(from('a'))).toMatchObject({
    status: 200,
    headers: { 'x-ratelimit-limit': '2', 'ratelimit-remaining': '1', 'x-ratelimit-reset': '1060' },
  });
  expect(await ask(from('a'))).toMatchObject({ status: 200, headers: { 'ratelimit-remaining': '0' } });
});

test('one request more is refused, with the seconds to wait, until the window ends', async () => {
  const ask = clientOf();
  await ask(from('a'));
  await ask(from('a'));
  nowMs += 15_500;
  expect(await ask(from('a'))).toMatchObject({
    status: 429,
    headers: { 'retry-after': '45', 'ratelimit-remaining': '0', 'x-ratelimit-limit': '2' },
  });
  nowMs += 44_500;
  expect(await ask(from('a'))).toMatchObject({ status: 200, headers: { 'ratelimit-remaining': '1' } });
});

test('each credential has its own limit, and those without one have one together', async () => {
  const ask = clientOf();
  for (const asked of [from('a'), {}]) {
    expect(await ask(asked)).toMatchObject({ status: 200, headers: { 'ratelimit-remaining': '1' } });
    expect(await ask(asked)).toMatchObject({ status: 200, headers: { 'ratelimit-remaining': '0' } });
    expect(await ask(asked)).toMatchObject({ status: 429 });
  }
});

test('the key `forbidden` has a limit too where no 403 is documented', async () => {
  const ask = clientOf({ security: [{ key: [] }] });
  await ask(from('forbidden'));
  expect(await ask(from('forbidden'))).toMatchObject({ headers: { 'ratelimit-remaining': '0' } });
  expect(await ask(from('forbidden'))).toMatchObject({ status: 429 });
});

test('a reply that was asked for does not count, and keeps its documented headers', async () => {
  const ask = clientOf();
  for (let count = 0; count < 3; count++) {
    expect(await ask(from('a', { prefer: 'code=429' }))).toMatchObject({
      status: 429,
      headers: { 'retry-after': '99' },
    });
  }
  expect(await ask(from('a'))).toMatchObject({ status: 200 });
});

test('requests that are refused for their credentials do not count', async () => {
  const ask = clientOf({ security: [{ key: [] }] });
  for (let count = 0; count < 3; count++) await ask(from('invalid'));
  expect(await ask(from('a'))).toMatchObject({ headers: { 'ratelimit-remaining': '1' } });
});

test('without a documented 429 the refusal is a problem, with Retry-After', async () => {
  const ask = clientOf({ responses: { 200: saying('done') } });
  for (let count = 0; count < 2; count++) await ask();
  expect(await ask()).toMatchObject({
    status: 429,
    reason: 'problem',
    headers: { 'retry-after': '60', 'content-type': 'application/problem+json' },
  });
});
