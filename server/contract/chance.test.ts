import { expect, test } from '@jest/globals';
import { createChance } from './chance.js';

function sequence(seed?: string) {
  const { integer, pick, uuid, ulid, token, now } = createChance(seed);
  return Array.from({ length: 5 }, () => [
    integer(1, 1_000_000),
    pick(['a', 'b', 'c']),
    uuid(),
    ulid(),
    token(),
    now(),
  ]);
}

test('the same seed gives the same values, identities and times', () => {
  expect(sequence('a')).toEqual(sequence('a'));
});

test('another seed, and none, give others', () => {
  expect(sequence('a')).not.toEqual(sequence('b'));
  expect(sequence()).not.toEqual(sequence());
});

test('a sequence for a purpose is the same, whatever was drawn before', () => {
  const [early, late] = [createChance('a'), createChance('a')];
  late.uuid();
  expect(late.derive('x').uuid()).toBe(early.derive('x').uuid());
  expect(late.derive('x').uuid()).not.toBe(early.derive('y').uuid());
});

test.each([
  ['uuid', /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/],
  ['ulid', /^[0-7][0-9abcdefghjkmnpqrstvwxyz]{25}$/],
  ['token', /^[A-Za-z0-9]{32}$/],
] as const)('a %s has its form, and none comes twice', (name, form) => {
  const chance = createChance('a');
  const made = Array.from({ length: 1000 }, () => chance[name]());
  expect(new Set(made).size).toBe(1000);
  for (const value of made) expect(value).toMatch(form);
});

test('integers keep to their bounds, both included', () => {
  const { integer } = createChance('a');
  const made = new Set(Array.from({ length: 200 }, () => integer(-1, 2)));
  expect([...made].sort()).toEqual([-1, 0, 1, 2].sort());
  expect(integer(5, 5)).toBe(5);
  expect(integer(5, 1)).toBe(5);
});

test('the clock is the one that is given', () => {
  expect(createChance('a', () => 42).now()).toBe(42);
  expect(createChance('a', () => 0).ulid()).toMatch(/^0{10}/);
});
