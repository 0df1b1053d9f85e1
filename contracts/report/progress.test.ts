import { expect, test } from '@jest/globals';
import type { Outcome } from '../run/run-case.js';
import { createProgress, formatDuration } from './progress.js';

const outcome = (verdict: Outcome['verdict']) =>
  ({ case: { operation: 'getThing', title: 'a valid request' }, verdict }) as Outcome;

function follow(isTTY: boolean, total: number, stepMs: number) {
  const written: string[] = [];
  let nowMs = 0;
  const progress = createProgress({ isTTY, columns: 60, write: (text) => written.push(text) }, total, () => nowMs);
  for (let index = 0; index < total; index++) {
    nowMs += stepMs;
    progress.tell(outcome(index === 1 ? 'violated' : 'proved'));
  }
  progress.end();
  return written;
}

test('on a terminal one line is written again and again, with what is done and what is left', () => {
  const written = follow(true, 4, 1000);
  expect(written[0]).toBe('\r\u001b[K1/4 cases, 25 %, 3 s left  getThing a valid request');
  expect(written[1]).toContain('2/4 cases, 50 %, 1 violated, 2 s left');
  for (const text of written.slice(0, -2)) expect(text.length).toBeLessThan(60 + 5);
  expect(written.slice(-2)).toEqual(['\r\u001b[K', '4/4 cases, 100 %, 1 violated, in 4 s\n']);
});

test('on a terminal it is written no more than ten times a second', () => {
  expect(follow(true, 1000, 1).length).toBeLessThan(14);
});

test('elsewhere there are few lines, and one at the end', () => {
  expect(follow(false, 1000, 1)).toEqual(['1000/1000 cases, 100 %, 1 violated, in 1 s\n']);
  const long = follow(false, 1000, 1000);
  expect(long.length).toBeLessThanOrEqual(11);
  expect(long[0]).toBe('100/1000 cases, 10 %, 1 violated, 15 min 0 s left\n');
});

test('a duration is told in the units that fit it', () => {
  expect([1, 59_500, 61_000, 3_900_000].map(formatDuration)).toEqual(['1 s', '1 min 0 s', '1 min 1 s', '1 h 5 min']);
});
