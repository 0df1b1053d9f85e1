import { expect, test } from '@jest/globals';
import { createRecordBudget } from './record-budget.js';
import { pageOf } from './record-page.js';

const mebibyte = 1024 * 1024;
const entryOf = (size: number): { details?: { size: number } } => ({ details: { size } });
const pagesOf = (entries: readonly unknown[], length: number) =>
  Array.from({ length: entries.length / length }, (_, index) =>
    pageOf(entries.slice(index * length, (index + 1) * length)),
  );

test('of pages that are too large together the oldest lose their details', () => {
  const { hold } = createRecordBudget();
  const entries = Array.from({ length: 70 }, () => entryOf(mebibyte));
  pagesOf(entries, 1).forEach(hold);
  expect(entries.map(({ details }) => details !== undefined).indexOf(true)).toBe(6);
});

test('of too many entries the oldest lose their details, for as long as more come', () => {
  const { hold } = createRecordBudget();
  const entries = Array.from({ length: 90_000 }, () => entryOf(1));
  pagesOf(entries, 100).forEach(hold);
  expect(entries.filter(({ details }) => details !== undefined)).toHaveLength(20_000);
  expect(entries.at(-20_000)?.details).toBeDefined();
});

test('a page that is gone counts no more', () => {
  const { hold, release } = createRecordBudget();
  const [first, ...others] = pagesOf(
    Array.from({ length: 65 }, () => entryOf(mebibyte)),
    1,
  );
  if (!first) throw new Error('no page');
  hold(first);
  release(first);
  others.forEach(hold);
  expect(others.flatMap(({ read }) => read())).toEqual(Array(64).fill(entryOf(mebibyte)));
});

test('what is no entry with details is left alone', () => {
  const entries = [undefined, 1, 'text', {}, { details: 'text' }];
  const page = pageOf(entries);
  page.dropDetails();
  expect(page.read()).toEqual(entries);
});
