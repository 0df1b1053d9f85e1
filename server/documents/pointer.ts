/** Keys to a JSON Pointer (RFC 6901); the empty list is the whole document, `''`. */
export function toPointer(keys: readonly (string | number)[]): string {
  return keys.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** A JSON Pointer to its keys. */
export function fromPointer(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The value at a pointer; `undefined` where it leads nowhere. */
export function valueAt(value: unknown, pointer: string): unknown {
  return fromPointer(pointer).reduce(memberOf, value);
}

/** A member of an object, or of a list by its index; never an inherited one. */
export function memberOf(parent: unknown, key: string): unknown {
  if (Array.isArray(parent)) return /^\d+$/.test(key) ? parent[Number(key)] : undefined;
  if (typeof parent !== 'object' || parent === null || !Object.hasOwn(parent, key)) return undefined;
  return (parent as Record<string, unknown>)[key];
}
