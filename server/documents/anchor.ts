import { isObject } from './json.js';

/** The keys that lead to an `$anchor` of this name, inside one resource: what has an `$id` is another (§8.2.2). */
export function findAnchor(value: unknown, name: string, keys: readonly string[]): readonly string[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (isObject(value)) {
    const { $anchor, $dynamicAnchor, $id } = value;
    if ($anchor === name || $dynamicAnchor === name || $id === `#${name}`) return keys;
    if (keys.length > 0 && typeof $id === 'string' && !$id.startsWith('#')) return undefined;
  }
  for (const [key, member] of Object.entries(value)) {
    const found = findAnchor(member, name, [...keys, key]);
    if (found) return found;
  }
  return undefined;
}
