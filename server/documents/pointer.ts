import { get, join, split } from '@sagold/json-pointer';

/** Keys to a JSON Pointer (RFC 6901); the empty list is the whole document, `''`. */
export function toPointer(keys: readonly (string | number)[]): string {
  return keys.length === 0 ? '' : join(keys.map(String));
}

/** A JSON Pointer, or its URI fragment form (`#/a%20b`), to its keys. */
export function fromPointer(pointer: string): string[] {
  return split(pointer);
}

/** The value at a pointer; `undefined` where it leads nowhere. */
export function valueAt(value: unknown, pointer: string): unknown {
  return pointer === '' ? value : get(value, pointer);
}
