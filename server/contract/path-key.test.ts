import { expect, test } from '@jest/globals';
import { parsePathKey } from './path-key.js';

test.each([
  ['/users/{id}', '/users/{id}', []],
  ['/?Action=List', '/', [{ name: 'Action', value: 'List', in: 'query' }]],
  ['/current?city={city}', '/current', [{ name: 'city', parameter: 'city', in: 'query' }]],
  ['/{bucket}#uploads', '/{bucket}', [{ name: 'uploads', in: 'query or header' }]],
  ['/#X-Amz-Target=A%2FB', '/', [{ name: 'X-Amz-Target', value: 'A/B', in: 'query or header' }]],
  [
    '/a?x=1&y#z',
    '/a',
    [
      { name: 'x', value: '1', in: 'query' },
      { name: 'y', in: 'query' },
      { name: 'z', in: 'query or header' },
    ],
  ],
  ['/a?', '/a', []],
  ['/search{?q,limit}', '/search', []],
  ['/search?{query}', '/search', []],
])('the key %s has the template %s and the conditions %j', (key, template, conditions) => {
  expect(parsePathKey(key)).toEqual({ template, conditions });
});
