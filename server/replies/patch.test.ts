import { expect, test } from '@jest/globals';
import { requestOf } from '../testing/client.js';
import { patched, type Unpatchable } from './patch.js';

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
  [[{ op: 'replace', path: '/none/inner', value: 1 }], 409],
  [[{ op: 'test', path: '/name', value: 'Bob' }], 409],
  [[{ op: 'replace', path: 'name', value: 1 }], 400],
  [[{ op: 'jump', path: '/name' }], 400],
  [[1], 400],
])('the patch %j can not be applied, and it is said why, best by %d', (body, status) => {
  expect(patched(item, body, asJsonPatch)).toEqual(
    expect.objectContaining({
      why: expect.stringMatching(/^the patch can not be applied: /),
      statuses: expect.arrayContaining([status]),
    }),
  );
  expect((patched(item, body, asJsonPatch) as Unpatchable).statuses[0]).toBe(status);
});
