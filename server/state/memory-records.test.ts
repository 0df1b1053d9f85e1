import { expect, test } from '@jest/globals';
import { createMemoryRecords, recordsMax } from './memory-records.js';

test('entries come back by their numbers, the oldest first, after any that is known', async () => {
  const records = createMemoryRecords();
  records.record(['a', 'b']);
  records.record(['c']);
  expect(records.recorded(0, 10)).toEqual([
    { number: 1, entry: 'a' },
    { number: 2, entry: 'b' },
    { number: 3, entry: 'c' },
  ]);
  expect(records.recorded(1, 1)).toEqual([{ number: 2, entry: 'b' }]);
  expect(records.recorded(3, 10)).toEqual([]);
});

test('the last entries are kept, under the numbers they had', async () => {
  const records = createMemoryRecords();
  for (let index = 1; index <= recordsMax + 5; index++) records.record([index]);
  expect(await records.recorded(0, 1)).toEqual([{ number: 6, entry: 6 }]);
  expect(await records.recorded(0, 20_000)).toHaveLength(recordsMax);
  records.forgetRecorded();
  expect(records.recorded(0, 10)).toEqual([]);
  records.record(['next']);
  expect(records.recorded(0, 10)).toEqual([{ number: recordsMax + 6, entry: 'next' }]);
});

test('counts add up by name, until they are forgotten', () => {
  const records = createMemoryRecords();
  records.tally({ a: 1, b: 2 });
  records.tally({ b: 1 });
  expect(records.tallies()).toEqual({ a: 1, b: 3 });
  records.forgetTallies();
  expect(records.tallies()).toEqual({});
});
