import { at } from './evaluate.js';
import type { ListQuery } from './list-query.js';

/** The items that are asked for, and how many there are without the limit. */
export function selectItems(
  items: readonly unknown[],
  { filters, sort, offset, limit }: ListQuery,
): { readonly page: readonly unknown[]; readonly total: number } {
  const kept =
    filters.length === 0
      ? items
      : items.filter((item) => filters.every(({ name, value }) => matches(at(item, [name]), value)));
  const sorted =
    sort.length === 0
      ? kept
      : [...kept].sort((a, b) => {
          for (const { name, isDescending } of sort) {
            const order = compare(at(a, [name]), at(b, [name]));
            if (order !== 0) return isDescending ? -order : order;
          }
          return 0;
        });
  return { page: sorted.slice(offset, limit === undefined ? undefined : offset + limit), total: kept.length };
}

/** A list matches where any of its members does; several values are alternatives. */
function matches(found: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) return wanted.length === 0 || wanted.some((one) => matches(found, one));
  if (Array.isArray(found)) return found.some((member) => matches(member, wanted));
  return found !== undefined && String(found) === String(wanted);
}

/** What is not there comes last. */
function compare(a: unknown, b: unknown): number {
  if (a === b) return 0;
  if (a === undefined || a === null) return 1;
  if (b === undefined || b === null) return -1;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [String(a), String(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}
