import { describe, expect, it } from '@jest/globals';
import { equalItems } from './unique-items.js';

describe('uniqueItems', () => {
  it.each<readonly [readonly unknown[], readonly number[] | undefined]>([
    [
      [1, 1.0],
      [0, 1],
    ],
    [
      [{ a: 1, b: [{ c: 2, d: 3 }] }, 5, { b: [{ d: 3, c: 2 }], a: 1 }],
      [0, 2],
    ],
    [[1, '1', true, 'true', null, 'null', [], '[]', {}, '{}', 0, false, ''], undefined],
    [
      [
        [1, 2],
        [2, 1],
      ],
      undefined,
    ],
    [[{ a: 1 }, { a: '1' }], undefined],
    [
      [0, -0],
      [0, 1],
    ],
  ])('of %j are equal: %j', (items, equal) => {
    expect(equalItems(items)).toEqual(equal);
  });

  it('are told of 100,000 objects', () => {
    const items = Array.from({ length: 100_000 }, (_, id) => ({ id, name: 'a' }));
    expect(equalItems(items)).toBeUndefined();
    expect(equalItems([...items, { name: 'a', id: 7 }])).toEqual([7, 100_000]);
  });
});
