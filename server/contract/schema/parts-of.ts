import { isObject, type JsonObject } from '../../documents/index.js';

/** The schema behind a `$ref`; any other schema itself. */
export type Target = (schema: unknown) => unknown;

/** A schema, and those that it says hold of the same value: what its `$ref` names, and the members of its `allOf`. Each once. */
export function partsOf(schema: unknown, target: Target, is30 = false): JsonObject[] {
  const parts = new Set<JsonObject>();
  const pending = [schema];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (!isObject(next) || parts.has(next)) continue;
    const hasReference = typeof next.$ref === 'string';
    if (hasReference) pending.push(target(next));
    // OpenAPI 3.0.4 §4.7.23: what stands beside a `$ref` is ignored.
    if (hasReference && is30) continue;
    parts.add(next);
    if (Array.isArray(next.allOf)) pending.push(...next.allOf);
  }
  return [...parts];
}
