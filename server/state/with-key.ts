import { isObject, toPointer, valueAt, withProperty } from '../documents/index.js';

/** The item with its key in place; the item itself is left alone. */
export function withKey(item: unknown, key: readonly string[], value: string | number): unknown {
  const [name, ...rest] = key;
  if (name === undefined) return value;
  const base = isObject(item) ? item : {};
  return withProperty(base, name, rest.length === 0 ? value : withKey(valueAt(base, toPointer([name])), rest, value));
}

/** What becomes of an item that is there as another is merged into it. */
export function mergedItem(existing: unknown, item: unknown): unknown {
  return isObject(existing) && isObject(item) ? { ...existing, ...item } : item;
}
