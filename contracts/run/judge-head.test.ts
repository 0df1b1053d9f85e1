import { expect, test } from '@jest/globals';
import type { Answer } from './answer.js';
import { judgeHead } from './judge-head.js';

const get: Answer = { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from('{}') };
const judged = (head: Partial<Answer>, gets: readonly Answer[] = [get, get]) => {
  const said = judgeHead({ status: 200, headers: get.headers, body: Buffer.alloc(0), ...head }, gets);
  return typeof said === 'string' ? said : said.map(({ message }) => message).join('; ');
};

test('what HEAD says is what GET says', () => {
  expect(judged({})).toBe('');
  expect(judged({ headers: { 'content-type': 'text/plain' } })).toMatch(/text\/plain, and application\/json for GET/);
  expect(judged({ status: 500 })).toMatch(/expected 200, as for GET, found 500/);
  expect(judged({ excess: 2 })).toMatch(/2 octets more/);
});

test('a service may have no HEAD', () => {
  expect(judged({ status: 405 })).toBe('');
  expect(judged({ status: 501 })).toBe('');
});

test('a charset, and a media type in capitals, are no difference', () => {
  expect(judged({ headers: { 'content-type': 'application/JSON; charset=utf-8' } })).toBe('');
});
