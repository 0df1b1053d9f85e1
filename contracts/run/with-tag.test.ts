import { expect, test } from '@jest/globals';
import type { CaseRequest } from '../case.js';
import type { Answer } from './answer.js';
import type { Exchange } from './fill-blanks.js';
import { withTag } from './with-tag.js';

const answer = (etag?: string): Answer => ({ status: 200, headers: { ...(etag && { etag }) }, body: Buffer.from('') });
const exchange = (path: string, etag?: string): Exchange => ({
  request: { method: 'GET', path, headers: {} },
  answer: answer(etag),
  baseUrl: '',
  startedAt: 0,
  elapsedMs: 0,
});
const change: CaseRequest = { method: 'PATCH', path: '/notes/1', headers: { 'if-match': '*' } };
const sent = (request: CaseRequest, answers: Answer[], exchanges: Exchange[]) => {
  const made = withTag(request, answers, exchanges);
  return 'missing' in made ? made : made.headers;
};

test('a change is sent with the last tag that its item was said to have', () => {
  const told = [exchange('/notes/1', '"a"'), exchange('/notes/2', '"b"'), exchange('/notes/1?x=1', '"c"')];
  expect(sent(change, [], told)).toEqual({ 'if-match': '"c"' });
});

test('what made the item tells its tag, too', () => {
  const made = { ...change, taken: [{ segment: 2, step: 0, keys: ['id'] }] };
  expect(sent(made, [answer('"new"')], [])).toEqual({ 'if-match': '"new"' });
});

test('of an item that has no tag, whatever is there is meant', () => {
  expect(sent(change, [], [exchange('/notes/1')])).toEqual({ 'if-match': '*' });
});

test('a tag of a step is sent as it was, and nothing is sent without it', () => {
  const again: CaseRequest = { ...change, tag: { header: 'if-none-match', step: 0 } };
  expect(sent(again, [answer('"old"')], [])).toMatchObject({ 'if-none-match': '"old"' });
  expect(sent(again, [answer()], [])).toEqual({ missing: 'ETag' });
});
