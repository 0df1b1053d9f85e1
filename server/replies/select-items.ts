import { isObject, memberOf } from '../documents/index.js';
import { at } from './evaluate.js';
import type { Filter, ListQuery } from './list-query.js';

/** The part of a list that is asked for, and where in the whole it is. */
export interface Selection {
  readonly items: readonly unknown[];
  readonly offset: number;
  /** How many there are without the limit. */
  readonly total: number;
  /** The items next to these, where there are any. */
  readonly last?: unknown;
  readonly first?: unknown;
}

/** @param key where an item carries its identity, which cursors name */
export function selectItems(all: readonly unknown[], query: ListQuery, key: readonly string[]): Selection {
  const { filters, sort, isReversed, limit } = query;
  const kept = filters.length === 0 ? all : all.filter((item) => filters.every((filter) => matches(item, filter)));
  const ordered = isReversed ? [...kept].reverse() : kept;
  const sorted =
    sort.length === 0
      ? ordered
      : [...ordered].sort((a, b) => {
          for (const { property, isDescending } of sort) {
            const order = compare(at(a, property), at(b, property), isDescending);
            if (order !== 0) return order;
          }
          return 0;
        });
  const { start, end } = boundsOf(sorted, query, key);
  const items = start === 0 && end >= sorted.length ? sorted : sorted.slice(start, end);
  return {
    items,
    offset: start,
    total: sorted.length,
    ...(items.length > 0 && end < sorted.length && { last: items.at(-1) }),
    ...(start > 0 && items.length > 0 && { first: items[0] }),
    ...(limit === 0 && { items: [] }),
  };
}

function boundsOf(items: readonly unknown[], { after, before, offset = 0, limit }: ListQuery, key: readonly string[]) {
  const size = limit ?? items.length;
  if (before !== undefined) {
    const end = indexOf(items, before, key) ?? items.length;
    return { start: Math.max(0, end - size), end };
  }
  // An item that is gone by now had all others of its page before it, and those are gone or new: from the start again.
  const start = after === undefined ? Math.min(offset, items.length) : afterOf(items, after, key);
  return { start, end: Math.min(items.length, start + size) };
}

function afterOf(items: readonly unknown[], cursor: string, key: readonly string[]): number {
  const found = indexOf(items, cursor, key);
  if (found !== undefined) return found + 1;
  const [, index] = /^(\d{1,15})$/.exec(cursor) ?? [];
  return index === undefined ? 0 : Math.min(Number(index), items.length);
}

function indexOf(items: readonly unknown[], cursor: string, key: readonly string[]): number | undefined {
  const found = items.findIndex((item) => String(at(item, key)) === cursor);
  return found < 0 ? undefined : found;
}

/** A list matches where any of its members does; several values are alternatives. */
function matches(item: unknown, { property, operator, value }: Filter): boolean {
  const found = valuesAt(item, property);
  if (operator === 'ne') return !found.some((one) => isOneOf(one, value));
  if (operator === 'eq') return found.some((one) => isOneOf(one, value));
  return found.some((one) => isWithin(one, operator, value));
}

/** What is at a place in an item; of lists on the way, in each of their members. */
function valuesAt(value: unknown, [name, ...rest]: readonly string[]): unknown[] {
  if (Array.isArray(value))
    return value.flatMap((member) => valuesAt(member, name === undefined ? [] : [name, ...rest]));
  if (name === undefined) return [value];
  return isObject(value) ? valuesAt(memberOf(value, name), rest) : [];
}

function isOneOf(found: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) return wanted.length === 0 || wanted.some((one) => isOneOf(found, one));
  if (found === undefined || isObject(found)) return false;
  const text = String(wanted);
  return String(found) === text || (text.includes(',') && text.split(',').includes(String(found)));
}

function isWithin(found: unknown, operator: 'gt' | 'gte' | 'lt' | 'lte', bound: unknown): boolean {
  if (found === undefined || found === null) return false;
  const order = compare(found, typeof found === 'number' ? Number(bound) : bound, false);
  return operator === 'gt' ? order > 0 : operator === 'gte' ? order >= 0 : operator === 'lt' ? order < 0 : order <= 0;
}

/** What is not there comes last, whichever way the rest is sorted. */
function compare(a: unknown, b: unknown, isDescending: boolean): number {
  if (a === b) return 0;
  if (a === undefined || a === null) return b === undefined || b === null ? 0 : 1;
  if (b === undefined || b === null) return -1;
  const order = isDescending ? -1 : 1;
  if (typeof a === 'number' && typeof b === 'number') return order * (a - b);
  const [left, right] = [String(a), String(b)];
  return left < right ? -order : left > right ? order : 0;
}
