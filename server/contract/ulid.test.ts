import { expect, test } from '@jest/globals';
import { createUlid } from './ulid.js';

test('a ULID has the time, then chance, in base 32', () => {
  expect(
    createUlid(
      () => 1_469_918_176_385,
      () => 0,
    )(),
  ).toBe('01aryz6s410000000000000000');
  expect(
    createUlid(
      () => 2 ** 48 - 1,
      () => 1 - 2 ** -32,
    )(),
  ).toBe('7zzzzzzzzzzzzzzzzzzzzzzzzz');
  expect(
    createUlid(
      () => 0,
      () => 0.5,
    )(),
  ).toBe('0000000000gggggggggggggggg');
});

test('those of a later time sort after those of an earlier one', () => {
  let time = 1_700_000_000_000;
  const make = createUlid(() => time++, Math.random);
  const made = Array.from({ length: 100 }, make);
  expect([...made].sort()).toEqual(made);
});
