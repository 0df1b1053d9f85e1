import { expect, test } from '@jest/globals';
import { createPacker, itemOf, namesOf, uniqueOf } from './memory-entry.js';

const items = [
  { name: 'Zoë', tags: ['𝄞', '\ud800'], nested: { empty: {}, none: null } },
  [],
  'text',
  0,
  null,
  undefined,
];

test('an item comes back as it was', () => {
  const pack = createPacker();
  const entries = items.map((item, index) => pack(item, index, []));
  expect(entries.map(itemOf)).toEqual(items);
  expect(entries.map(itemOf)).toEqual(items);
});

test('items of any size are kept beside each other', () => {
  const pack = createPacker();
  const sized = Array.from({ length: 200 }, (_, index) => ({ index, text: 'é'.repeat((index * index * 7) % 30_011) }));
  const entries = sized.map((item, index) => pack(item, index, []));
  expect(entries.map(itemOf)).toEqual(sized);
});

test('an item as it was sent comes back with its key in place', () => {
  const pack = createPacker();
  const json = Buffer.from(' { "name": "Zoë", "of": { "n": 1 } }\n');
  const item = { name: 'Zoë', of: { n: 1 } };
  const keys = [[], ['id'], ['name'], ['of', 'id']];
  const entries = keys.map((key, index) => pack(item, index, [], { json, key, keyValue: 7 }));
  const kept = [item, { ...item, id: 7 }, { ...item, name: 7 }, { ...item, of: { n: 1, id: 7 } }];
  json.fill(0);
  expect(entries.map(itemOf)).toEqual(kept);
  expect(entries.map(itemOf)).toEqual(kept);
});

test('of an item that was kept, what becomes of the object is of no concern', () => {
  const item = { name: 'Ada' };
  const entry = createPacker()(item, 1, []);
  item.name = 'Bob';
  expect(itemOf(entry)).toEqual({ name: 'Ada' });
});

test('unique values are read from their names', () => {
  const unique = [
    { pointer: '/email', values: ['"a@b.example"'] },
    { pointer: '/tags', values: ['"a"', '"\\u0000"'] },
  ];
  expect(uniqueOf(namesOf(unique))).toEqual(unique);
});
