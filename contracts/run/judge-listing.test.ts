import { expect, test } from '@jest/globals';
import type { ListPromise } from '../case.js';
import type { Answer } from './answer.js';
import { judgeListing } from './judge-listing.js';

const answer = (body: unknown, headers: Answer['headers'] = {}): Answer => ({
  status: 200,
  headers,
  body: Buffer.from(JSON.stringify(body)),
});
const items = (...ids: unknown[]) => answer(ids.map((id) => ({ id })));
const judged = (promise: ListPromise, answers: readonly Answer[], within: readonly string[] = []) => {
  const said = judgeListing({ kind: 'listing', within, key: ['id'], promise }, answers, answers.at(-1) as Answer);
  return typeof said === 'string' ? said : said.map(({ message }) => message).join('; ');
};

test('a list that is longer than was asked for is a finding', () => {
  expect(judged({ kind: 'limit', most: 2 }, [items(1, 2, 3)])).toMatch(/3 items.*no more than 2/);
  expect(judged({ kind: 'limit', most: 2 }, [items(1, 2)])).toBe('');
});

test('no item is in a list twice', () => {
  expect(judged({ kind: 'limit', most: 5 }, [items(1, 2, 1)])).toMatch(/two items with \/id 1/);
});

const pages = { kind: 'pages', whole: [0, 4], first: [1, 3], second: 2 } as const;
const paged = (first: Answer, second: Answer, whole = items(1, 2, 3)) =>
  judged(pages, [whole, first, second, first, whole]);

test('two pages have nothing in common', () => {
  expect(paged(items(1), items(1))).toMatch(/first page and on its second/);
  expect(paged(items(1), items())).toMatch(/nothing on its second page/);
  expect(paged(items(1), items(9))).toMatch(/on a page, and not where all/);
  expect(paged(items(1), items(2))).toBe('');
});

test('of a list that is another each time nothing is told', () => {
  expect(judged(pages, [items(1, 2), items(1), items(1), items(2), items(2, 1)])).toMatch(/another each time/);
});

const key = { segment: 1, step: 0, keys: ['id'] };
const created = answer({ id: 7 });

test('a filter lets through what has the value, and nothing else', () => {
  const filter = { kind: 'filter', property: ['state'], value: 'open', item: key, most: 100 } as const;
  const list = (...states: string[]) => answer(states.map((state, index) => ({ id: 7 + index, state })));
  expect(judged(filter, [created, list('open', 'closed')])).toMatch(/"closed", and "open" was asked for/);
  expect(judged(filter, [created, list()])).toMatch(/no item with \/id 7/);
  expect(judged(filter, [created, list('open', 'open')])).toBe('');
});

test('an item that was given another value than was sent need not be let through', () => {
  const filter = { kind: 'filter', property: ['owner'], value: 'x', item: key, most: 100 } as const;
  expect(judged(filter, [answer({ id: 7, owner: { id: 'y' } }), answer([])])).toMatch(/another value/);
});

test('a text may be looked for word by word', () => {
  const filter = { kind: 'filter', property: ['title'], value: 'Rain x1', item: key, isText: true } as const;
  expect(
    judged(filter, [
      created,
      answer([
        { id: 7, title: 'Rain x1' },
        { id: 8, title: 'More rain' },
      ]),
    ]),
  ).toBe('');
  expect(
    judged(filter, [
      created,
      answer([
        { id: 7, title: 'Rain x1' },
        { id: 8, title: 'Snow' },
      ]),
    ]),
  ).toMatch(/Snow/);
});

test('a list is sorted by one order or another, and the other way round where that was asked for', () => {
  const order = { kind: 'order', property: ['name'] } as const;
  const list = (...names: unknown[]) => answer(names.map((name, index) => ({ id: index, name })));
  expect(judged(order, [list('b', 'c', 'a')])).toMatch(/not sorted by \/name/);
  expect(judged(order, [list('b', 'C', 'a')])).toMatch(/not sorted/);
  expect(judged(order, [list('a', 'B', 'c')])).toBe('');
  expect(judged(order, [list(2, 10, null)])).toBe('');
  expect(judged({ ...order, against: 0 }, [list('a', 'b'), list('a', 'b')])).toMatch(/same way/);
  expect(judged({ ...order, against: 0 }, [list('b', 'a'), list('a', 'b')])).toBe('');
});

test('what was deleted is in no list', () => {
  expect(judged({ kind: 'without', item: key }, [created, items(6, 7)])).toMatch(/item 7, which was deleted/);
  expect(judged({ kind: 'without', item: key }, [created, items(6)])).toBe('');
});

test('a count is that of the items, and the same wherever it is told', () => {
  const list = (total: number, headers: Answer['headers'] = {}) => answer({ items: [{ id: 1 }], total }, headers);
  const total = { kind: 'total' } as const;
  expect(judged(total, [list(2)], ['items'])).toMatch(/1 items, and total says 2/);
  expect(judged({ ...total, isFiltered: true }, [list(2)], ['items'])).toBe('');
  expect(judged({ ...total, isFiltered: true }, [list(2, { 'x-total-count': '1' })], ['items'])).toMatch(/by total/);
  expect(judged(total, [list(1)], ['items'])).toBe('');
});

const tokens = { kind: 'tokens', whole: [0, 4], pages: [1, 2, 3], token: ['next'] } as const;
const page = (next: unknown, total: number, ...ids: unknown[]) =>
  answer({ list: ids.map((id) => ({ id })), next, total });
const walked = (...pages: readonly Answer[]) => {
  const whole = page(null, 3, 1, 2, 3);
  const answers = pages.length < 3 ? [whole, ...pages] : [whole, ...pages, whole];
  return judged(tokens, answers, ['list']);
};

test('pages that name each other have every item once', () => {
  expect(walked(page('b', 3, 1), page('c', 3, 2), page(null, 3, 3))).toBe('');
  expect(walked(page('b', 3, 1), page('b', 3, 1), page('b', 3, 1))).toMatch(/the item 1 on two of its pages/);
  expect(walked(page('b', 3, 1), page('c', 3, 3), page(null, 3))).toMatch(/the item 2 where all were asked for/);
});

test('where there is more, a page tells where', () => {
  expect(walked(page(null, 3, 1))).toMatch(/no page after the first 1/);
});

test('the number of all items is no other on a page', () => {
  expect(walked(page('b', 1, 1), page('c', 1, 2), page(null, 1, 3))).toMatch(/3 items.*and 1 by that of one page/);
});
