import { type Description, isObject, pointerOf, valueAt } from '../../documents/index.js';

const lists = ['allOf', 'anyOf', 'oneOf'];
const ones = ['not', 'if', 'then', 'else'];

/** The `$ref`s of a schema that are applied to the very value that it is. */
function referencesIn(schema: unknown, is30: boolean): string[] {
  if (!isObject(schema)) return [];
  const own = typeof schema.$ref === 'string' && schema.$ref.startsWith('#') ? (pointerOf(schema.$ref) ?? []) : [];
  if (is30 && typeof schema.$ref === 'string') return [own].flat();
  const members = [
    ...lists.flatMap((keyword) => (Array.isArray(schema[keyword]) ? (schema[keyword] as unknown[]) : [])),
    ...ones.map((keyword) => schema[keyword]),
    ...Object.values(isObject(schema.dependentSchemas) ? schema.dependentSchemas : {}),
  ];
  return [own].flat().concat(members.flatMap((member) => referencesIn(member, is30)));
}

/**
 * Whether a schema leads to another by `$ref`s with no property or item between. One that leads to itself can't be applied:
 * it would never end (JSON Schema 2020-12 §9.4.1).
 */
export function circlesOf(description: Description): (from: string, to: string) => boolean {
  const is30 = description.version.startsWith('3.0');
  const known = new Map<string, readonly string[]>();
  const next = (pointer: string) => {
    let found = known.get(pointer);
    if (!found) {
      found = referencesIn(valueAt(description.root, pointer), is30);
      known.set(pointer, found);
    }
    return found;
  };
  return (from, to) => {
    const seen = new Set([from]);
    for (const pointer of seen) {
      if (pointer === to) return true;
      // The set grows while it is gone through.
      for (const further of next(pointer)) seen.add(further);
    }
    return false;
  };
}
