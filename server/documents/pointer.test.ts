import { expect, test } from '@jest/globals';
import { fromPointer, toPointer, valueAt } from './pointer.js';

test('a pointer survives the way there and back, whatever its names hold (RFC 6901 §3)', () => {
  const keys = ['paths', '/users/{id}', 'a~b', '', '0', '50%#1'];
  expect(toPointer(keys)).toBe('/paths/~1users~1{id}/a~0b//0/50%#1');
  expect(fromPointer(toPointer(keys))).toEqual(keys);
});

test.each([
  ['/a/0/b~1c', 1],
  ['/a/1', undefined],
  ['/a/length', undefined],
  ['/b/c', undefined],
  ['/a/0/b~1c/d', undefined],
  ['/constructor', undefined],
  ['/50%#', 2],
  ['/', 3],
])('the value at %j is %j', (pointer, expected) => {
  expect(valueAt({ a: [{ 'b/c': 1 }], '50%#': 2, '': 3 }, pointer)).toBe(expected);
});

test('the empty pointer is the whole document', () => {
  expect(valueAt({ a: 1 }, '')).toEqual({ a: 1 });
});
