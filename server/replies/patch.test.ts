import { expect, test } from '@jest/globals';
import { requestOf } from '../testing/client.js';
import { patched } from './patch.js';

const item = { id: '1', name: 'Ada', tags: ['a'] };
const asJsonPatch = requestOf({ headers: { 'content-type': 'application/json-patch+json' } });

test('an object is merged, whatever it is called', () => {
  for (const request of [requestOf(), asJsonPatch])
    expect(patched(item, { name: 'Bob', tags: null }, request)).toEqual({ id: '1', name: 'Bob' });
});

test('a list of operations is applied', () => {
  expect(patched(item, [{ op: 'replace', path: '/name', value: 'Bob' }], requestOf())).toEqual({
    ...item,
    name: 'Bob',
  });
});

test.each([
  [[{ op: 'replace', path: '/none/inner', value: 1 }]],
  [[{ op: 'replace', path: 'name', value: 1 }]],
  [[{ op: 'jump', path: '/name' }]],
  [[1]],
])('the patch %j can not be applied, and it is said why', (body) => {
  expect(patched(item, body, asJsonPatch)).toMatch(/^the patch can not be applied: /);
});
