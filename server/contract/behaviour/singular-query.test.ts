import { expect, test } from '@jest/globals';
import { singularKeys } from './singular-query.js';

test.each([
  ['$', []],
  ['$.identifiers[5]', ['identifiers', '5']],
  [`$['a b']["c"].d[0]`, ['a b', 'c', 'd', '0']],
])('%s names one place', (query, keys) => {
  expect(singularKeys(query)).toEqual(keys);
});

test.each(['$..a', '$.a[*]', '$.a[-1]', '$.a[?@.b]', "$['0']", '$.a[0:2]', '@.a', "$['it\\'s']"])(
  '%s is left to the library',
  (query) => {
    expect(singularKeys(query)).toBeUndefined();
  },
);
