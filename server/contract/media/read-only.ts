import { type Description, isObject, pointerOf, valueAt } from '../../documents/index.js';
import { lazy } from '../lazy.js';
import type { Located } from '../schema/index.js';
import { type Shape, shapeOf } from '../shape.js';

/**
 * Values without what their schema marks `readOnly`: the server owns those properties, and one that is sent is ignored
 * (OpenAPI 3.1, JSON Schema Validation §9.4). Values that have nothing of it come back as they are.
 */
export function createReadOnlyFilter(description: Description, located: Located): (value: unknown) => unknown {
  const shape = lazy(() => (marksReadOnly(description, located.schema) ? shapeOf(description, located) : undefined));
  return (value) => {
    const known = shape();
    return known ? without(value, known) : value;
  };
}

/** The value itself where it has none of it. */
function without(value: unknown, shape: Shape): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item, index) => without(item, shape.itemAt(index)));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  if (!isObject(value)) return value;
  const members = Object.entries(value);
  const kept = members.flatMap(([name, member]) => {
    const property = shape.property(name);
    return property.schema().readOnly === true ? [] : [[name, without(member, property)] as const];
  });
  const isWhole = kept.length === members.length && kept.every(([name, member]) => member === value[name]);
  return isWhole ? value : Object.fromEntries(kept);
}

/** Whether `readOnly: true` stands anywhere in a schema, or in what it refers to. */
function marksReadOnly(description: Description, schema: unknown): boolean {
  const seen = new Set<object>();
  const pending: unknown[] = [schema];
  while (pending.length > 0) {
    const next = pending.pop();
    if (typeof next !== 'object' || next === null || seen.has(next)) continue;
    seen.add(next);
    if (Array.isArray(next)) pending.push(...next);
    else if (isObject(next)) {
      if (next.readOnly === true) return true;
      if (typeof next.$ref === 'string' && next.$ref.startsWith('#'))
        pending.push(valueAt(description.root, pointerOf(next.$ref) ?? ''));
      for (const [keyword, value] of Object.entries(next)) if (!annotations.has(keyword)) pending.push(value);
    }
  }
  return false;
}

const annotations = new Set(['example', 'examples', 'default', 'enum', 'const']);
