import { expect, test } from '@jest/globals';
import type { Entry } from '../control/types.js';
import { replayOf } from './replay.js';

const entry = (request: Partial<Entry['request']>, session = ''): Entry => ({
  number: 1,
  time: '2025-01-01T00:00:00Z',
  duration: 1,
  session,
  verdict: 'valid',
  reason: 'example',
  request: { method: 'POST', url: '/users?k=[redacted]', headers: {}, ...request },
  response: { status: 200 },
});
const replay = (one: Entry) => replayOf(one, undefined, 'http://localhost:4010');

test('what the journal hides is taken by a credential of the same form', () => {
  const headers = { host: 'x', authorization: 'Basic [redacted]', 'x-key': '[redacted]', 'content-type': 'text/plain' };
  expect(replay(entry({ headers, body: { size: 1, isWhole: true, text: 'a' } }))).toEqual({
    request: {
      method: 'POST',
      url: 'http://localhost:4010/users?k=standin',
      headers: { authorization: `Basic ${btoa('standin:standin')}`, 'x-key': 'standin', 'content-type': 'text/plain' },
      body: 'a',
    },
  });
});

test('it is of the session that it was of, which its path may name already', () => {
  expect(replay(entry({}, 'mine'))).toMatchObject({ request: { headers: { 'standin-session': 'mine' } } });
  expect(replay(entry({ url: '/~mine/users' }, 'mine'))).toMatchObject({ request: { headers: {} } });
});

test.each([
  [{ headers: undefined }, 'kept no more'],
  [{ body: { size: 9, isWhole: false, text: 'a' } }, 'the start'],
  [{ body: { size: 1, isWhole: true, base64: '/w==' } }, 'no text'],
])('without all of the request there is none: %j', (request, why) => {
  expect(replay(entry(request as Partial<Entry['request']>))).toEqual({ why: expect.stringContaining(why) });
});
