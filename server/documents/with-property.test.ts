import { expect, test } from '@jest/globals';
import { withProperty } from './with-property.js';

test('an object gets a property, or another value, and the one it was made from stays', () => {
  const object = { a: 1 };
  expect(withProperty(object, 'b', 2)).toEqual({ a: 1, b: 2 });
  expect(withProperty(object, 'a', 2)).toEqual({ a: 2 });
  expect(object).toEqual({ a: 1 });
});

test.each([
  ['{"__proto__":{"a":1}}', 'b'],
  ['{"b":1}', '__proto__'],
])('the own property __proto__ of %s with %s is no prototype', (json, name) => {
  const made = withProperty(JSON.parse(json), name, { c: 3 });
  expect(Object.getPrototypeOf(made)).toBe(Object.prototype);
  expect(Object.keys(made).sort()).toEqual(['__proto__', 'b']);
});
