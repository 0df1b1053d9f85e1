import { isDeepStrictEqual } from 'node:util';
import { isObject, toPointer, valueAt } from '../../server/documents/index.js';
import type { Listing, Taken } from '../case.js';
import { type Answer, jsonIn } from './answer.js';
import type { Finding } from './judge.js';
import { takenFrom } from './with-taken.js';

/**
 * Whether the answers of a list keep what was asked for: how many, which, in which order.
 *
 * @returns findings; or a text, why it can't be told.
 */
export function judgeListing(
  { within, key, promise }: Listing,
  answers: readonly Answer[],
  answer: Answer,
): readonly Finding[] | string {
  const at = toPointer(within);
  const listIn = (of: Answer | undefined): readonly unknown[] | undefined => {
    const found = of && of.status < 300 ? valueAt(jsonIn(of), at) : undefined;
    return Array.isArray(found) ? found : undefined;
  };
  const list = listIn(answer);
  if (answer.headers['standin-note'] !== undefined) return 'the stand-in shows its example';
  if (!list) return 'the answer has no list';
  const finding = (message: string, place = at): Finding[] => [
    { kind: 'value', at: place, message: `${place || 'the list'} ${message}` },
  ];
  const keyOf = (item: unknown) => valueAt(item, toPointer(key));
  const known = new Set<unknown>();
  const twice = list.map(keyOf).find((one) => one !== undefined && (known.has(one) || !known.add(one)));
  if (twice !== undefined) return finding(`has two items with ${toPointer(key)} ${JSON.stringify(twice)}`);
  switch (promise.kind) {
    case 'limit':
      return list.length <= promise.most
        ? []
        : finding(`has ${list.length} items, and no more than ${promise.most} were asked for`);
    case 'pages': {
      const [whole, wholeAgain] = promise.whole.map((step) => listIn(answers[step]));
      const [first, firstAgain] = promise.first.map((step) => listIn(answers[step]));
      const second = listIn(answers[promise.second]);
      if (!whole || !first || !second) return 'not every page has a list';
      const keys = (of: readonly unknown[] | undefined) => of?.map(keyOf);
      // Somebody else may make items at the same time, and nobody promises an order.
      if (!isDeepStrictEqual(keys(whole), keys(wholeAgain)) || !isDeepStrictEqual(keys(first), keys(firstAgain)))
        return 'the list is another each time';
      const shared = second.find((item) => first.some((other) => isDeepStrictEqual(keyOf(other), keyOf(item))));
      if (shared !== undefined)
        return finding(`has the item ${JSON.stringify(keyOf(shared))} on its first page and on its second`);
      const strange = [...first, ...second].find(
        (item) => isWhole(whole, promise.most) && !whole.some((other) => isDeepStrictEqual(keyOf(other), keyOf(item))),
      );
      if (strange !== undefined)
        return finding(`has the item ${JSON.stringify(keyOf(strange))} on a page, and not where all were asked for`);
      if (whole.length >= 2 && second.length === 0 && first.length < whole.length)
        return finding(`has nothing on its second page, and ${whole.length} items where all were asked for`);
      return [];
    }
    case 'tokens': {
      const [whole, wholeAgain] = promise.whole.map((step) => listIn(answers[step]));
      const asked = promise.pages.map((step) => answers[step]).filter((one) => one !== undefined);
      const pages = asked.map(listIn);
      const tokens = asked.map((one) => valueAt(jsonIn(one), toPointer(promise.token)));
      if (!whole || pages.some((page) => page === undefined)) return 'not every page has a list';
      if (wholeAgain && !isDeepStrictEqual(wholeAgain.map(keyOf), whole.map(keyOf)))
        return 'the list is another each time';
      const totals = [answers[promise.whole[0]], asked[0]].map((one) => one && totalOf(one, within)?.[1]);
      if (totals[0] !== totals[1] && !totals.includes(undefined))
        return finding(`has ${totals[0]} items by the answer that has them all, and ${totals[1]} by that of one page`);
      const shown = pages.flatMap((page) => (page ?? []).map(keyOf));
      const again = shown.find((one, index) => shown.some((other, at) => at < index && isDeepStrictEqual(other, one)));
      if (again !== undefined) return finding(`has the item ${JSON.stringify(again)} on two of its pages`);
      const places = shown.map((one) => whole.findIndex((other) => isDeepStrictEqual(keyOf(other), one)));
      const gap = places.findIndex((place, index) => index > 0 && place > (places[index - 1] ?? 0) + 1);
      const isInOrder = places.every((place, index) => place >= 0 && (index === 0 || place > (places[index - 1] ?? 0)));
      if (isInOrder && gap > 0)
        return finding(
          `has the item ${JSON.stringify(keyOf(whole[(places[gap] ?? 1) - 1]))} where all were asked for, and not on its pages`,
        );
      const isOver = tokens.at(-1) === undefined || tokens.at(-1) === null || tokens.at(-1) === '';
      return isOver && shown.length < whole.length && shown.length > 0
        ? finding(
            `has ${whole.length} items, and tells of no page after the first ${shown.length}`,
            toPointer(promise.token),
          )
        : [];
    }
    case 'filter': {
      const { property, value, item, isText = false, most } = promise;
      const valuesOf = (one: unknown) => [valueAt(one, toPointer(property))].flat();
      const wrong = list.findIndex((one) => {
        const has = valuesOf(one);
        return has[0] !== undefined && !has.some((other) => isMatch(String(other), String(value), isText));
      });
      if (wrong >= 0)
        return finding(
          `is ${JSON.stringify(valueAt(list[wrong], toPointer(property)))}, and ${JSON.stringify(value)} was asked for`,
          `${at}/${wrong}${toPointer(property)}`,
        );
      const wanted = keyTextOf(item, answers);
      if (wanted === undefined || list.some((one) => textOf(keyOf(one)) === wanted)) return [];
      const before = answers[item.step];
      const made = item.keys && before && valueAt(jsonIn(before), toPointer(item.keys.slice(0, -key.length)));
      const has = isObject(made) ? valuesOf(made).filter((one) => one !== undefined) : [];
      if (has.length > 0 && !has.some((one) => isMatch(String(one), String(value), isText)))
        return `the item has another value at ${toPointer(property)} than was sent`;
      return isWhole(list, most)
        ? finding(`has no item with ${toPointer(key)} ${wanted}, which has what was asked for`)
        : 'the list may have more than its first page, and the item is not in that';
    }
    case 'order': {
      const values = list.map((one) => valueAt(one, toPointer(promise.property)));
      const ways = waysOf(values);
      if (ways.size === 0)
        return finding(`is not sorted by ${toPointer(promise.property)}: ${JSON.stringify(values).slice(0, 120)}`);
      const other = promise.against === undefined ? undefined : listIn(answers[promise.against]);
      const before = other?.map((one) => valueAt(one, toPointer(promise.property)));
      const isSame = before && isDeepStrictEqual(before, values) && new Set(values.map(String)).size > 1;
      return isSame ? finding(`is sorted by ${toPointer(promise.property)} the same way whichever was asked for`) : [];
    }
    case 'without': {
      const gone = keyTextOf(promise.item, answers);
      if (gone === undefined) return 'the answer before it does not tell the key of the item';
      const index = list.findIndex((one) => textOf(keyOf(one)) === gone);
      return index < 0 ? [] : finding(`has the item ${gone}, which was deleted`, `${at}/${index}`);
    }
    default: {
      const counts = totalsOf(answer, within);
      const [first, ...others] = counts;
      if (!first) return [];
      const other = others.find(([, count]) => count !== first[1]);
      if (other) return finding(`has ${first[1]} items by ${first[0]}, and ${other[1]} by ${other[0]}`);
      const isAll = promise.isFiltered !== true && isWhole(list, promise.most);
      return first[1] < list.length || (isAll && first[1] !== list.length)
        ? finding(`has ${list.length} items, and ${first[0]} says ${first[1]}`)
        : [];
    }
  }
}

/** What an answer says of the number of all items, and by which name. */
function totalsOf(answer: Answer, within: readonly string[]): [string, number][] {
  const body = jsonIn(answer);
  const beside = valueAt(body, toPointer(within.slice(0, -1)));
  const told: [string, unknown][] = [
    ...Object.entries(within.length > 0 && isObject(beside) ? beside : {}),
    ...Object.entries(answer.headers).map(([name, value]): [string, unknown] => [name, Number([value].flat()[0])]),
  ];
  return told.filter(
    (one): one is [string, number] => totals.test(one[0]) && typeof one[1] === 'number' && !Number.isNaN(one[1]),
  );
}

const totalOf = (answer: Answer, within: readonly string[]) => totalsOf(answer, within)[0];

/** A text is looked for as it is, in part, or word by word. */
function isMatch(found: string, wanted: string, isText: boolean): boolean {
  if (found === wanted) return true;
  if (!isText) return false;
  const words = (text: string) =>
    text
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter(Boolean);
  const known = new Set(words(found));
  return words(wanted).some((word) => known.has(word));
}

/** What says how many there are on all pages, in a body or in a header. */
const totals = /^(?:x-)?(?:total(?:[-_]?(?:count|items|elements|results|records|size|entries|hits))?)$/i;

const textOf = (key: unknown) => encodeURIComponent(String(key));

function keyTextOf(item: Taken, answers: readonly Answer[]): string | undefined {
  return takenFrom(item, answers[item.step]);
}

/**
 * Whether a list has all there is. Without a wish for how many, a short one is; and a service may have a size of page of its
 * own, which is a round number.
 */
export function isWhole(list: readonly unknown[], most: number | undefined): boolean {
  if (most === undefined) return list.length < 10;
  return list.length < most && (list.length < 10 || list.length % 5 !== 0);
}

/** The ways in which values are sorted, by any of the orders that texts have. */
function waysOf(values: readonly unknown[]): Set<'up' | 'down'> {
  const there = values.filter((value) => value !== undefined && value !== null);
  const texts: ((text: string) => string)[] = [(text) => text, (text) => text.toLowerCase()];
  const orders: ((a: unknown, b: unknown) => number)[] = [
    ...texts.map((as) => (a: unknown, b: unknown) => {
      if (typeof a === 'number' && typeof b === 'number') return a - b;
      const [one, other] = [as(String(a)), as(String(b))];
      return one < other ? -1 : one > other ? 1 : 0;
    }),
    (a, b) => String(a).localeCompare(String(b)),
    (a, b) => Number(a) - Number(b),
  ];
  const isSorted = (order: (a: unknown, b: unknown) => number, sign: number) =>
    there.every((value, index) => index === 0 || sign * order(there[index - 1], value) <= 0);
  const ways = new Set<'up' | 'down'>();
  for (const order of orders) {
    if (isSorted(order, 1)) ways.add('up');
    if (isSorted(order, -1)) ways.add('down');
  }
  return ways;
}
