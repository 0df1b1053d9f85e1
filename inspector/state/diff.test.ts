import { expect, test } from '@jest/globals';
import { diffItems } from './diff.js';

test('items are compared by their keys, and their properties by pointers', () => {
  const seed = [{ id: 1, a: { b: [1, 2] } }, { id: 2 }, { id: 3, 'x/y': 1 }];
  const items = [{ id: 3, 'x/y': 1 }, { id: 1, a: { b: [1, 3] }, c: null }, { id: 4 }];
  expect(diffItems(seed, items, '/id')).toEqual([
    { key: '2', kind: 'removed', changes: [{ pointer: '', before: { id: 2 } }] },
    {
      key: '1',
      kind: 'changed',
      changes: [
        { pointer: '/a/b/1', before: 2, after: 3 },
        { pointer: '/c', after: null },
      ],
    },
    { key: '4', kind: 'added', changes: [{ pointer: '', after: { id: 4 } }] },
  ]);
});

test('the key may be deep', () => {
  expect(diffItems([{ a: { id: 'x' } }], [{ a: { id: 'x' }, b: 1 }], '/a/id')).toMatchObject([
    { key: 'x', kind: 'changed' },
  ]);
});
