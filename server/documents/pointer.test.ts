import { expect, test } from '@jest/globals';
import { fromPointer, toPointer, valueAt } from './pointer.js';

test('a pointer survives the way there and back, whatever its names hold (RFC 6901 §3)', () => {
  const keys = ['paths', '/users/{id}', 'a~b', '', '0'];
  expect(toPointer(keys)).toBe('/paths/~1users~1{id}/a~0b//0');
  expect(fromPointer(toPointer(keys))).toEqual(keys);
});

test('a value is found by its pointer, and what is absent is undefined', () => {
  expect(valueAt({ a: [{ 'b/c': 1 }] }, '/a/0/b~1c')).toBe(1);
  expect(valueAt({ a: 1 }, '/b/c')).toBeUndefined();
  expect(valueAt({ a: 1 }, '')).toEqual({ a: 1 });
});
