import { expect, test } from '@jest/globals';
import { createRecordBudget, type Detailed } from './record-budget.js';

const entry = (size: number): Detailed => ({ details: { size } });
const mebibyte = 1024 * 1024;

test('of entries that are too large together the oldest lose their details', () => {
  const hold = createRecordBudget();
  const entries = Array.from({ length: 70 }, () => entry(mebibyte));
  entries.forEach(hold);
  expect(entries.map(({ details }) => details !== undefined).indexOf(true)).toBe(6);
});

test('of too many entries the oldest lose their details, for as long as more come', () => {
  const hold = createRecordBudget();
  const entries = Array.from({ length: 90_000 }, () => entry(1));
  entries.forEach(hold);
  expect(entries.filter(({ details }) => details !== undefined)).toHaveLength(20_000);
  expect(entries.at(-20_000)?.details).toBeDefined();
});

test('what is no entry with details is left alone', () => {
  const hold = createRecordBudget();
  for (const value of [undefined, 1, 'text', {}, { details: 'text' }]) expect(() => hold(value)).not.toThrow();
});
