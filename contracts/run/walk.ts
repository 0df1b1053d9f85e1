import { flatten, follow, type Located } from '../../server/contract/index.js';
import { type Description, isObject, type JsonObject, toPointer } from '../../server/documents/index.js';

/** A value, and the schemas that speak of it: its own, flattened, and those of its alternatives. */
export interface Visited {
  readonly value: unknown;
  readonly keys: readonly string[];
  readonly schemas: readonly Flat[];
}

/** A schema in one piece. */
export interface Flat {
  readonly schema: JsonObject;
  readonly pointer: string;
}

/** Nobody reads further down than this. */
const depthMax = 24;

/** Visits a value and all that is in it: each member, and each item. */
export function walk(
  description: Description,
  located: Located,
  value: unknown,
  visit: (visited: Visited) => void,
): void {
  const known = new Map<unknown, readonly Flat[]>();
  const alternatives = (one: Located): readonly Flat[] => {
    const kept = known.get(one.schema);
    if (kept) return kept;
    const found = alternativesOf(description, one, new Set());
    known.set(one.schema, found);
    return found;
  };
  const step = (at: unknown, keys: readonly string[], places: readonly Located[]) => {
    const schemas = places.flatMap(alternatives);
    visit({ value: at, keys, schemas });
    if (keys.length >= depthMax) return;
    if (Array.isArray(at))
      for (const [index, item] of at.entries()) step(item, [...keys, String(index)], itemsAt(schemas, index));
    else if (isObject(at))
      for (const [name, member] of Object.entries(at)) step(member, [...keys, name], propertiesAt(schemas, name));
  };
  step(value, [], [located]);
}

/** What the schemas say of an item of a list. */
export function itemsAt(schemas: readonly Flat[], index: number): Located[] {
  return schemas.flatMap(({ schema, pointer }) => {
    const prefix = Array.isArray(schema.prefixItems) ? schema.prefixItems[index] : undefined;
    if (prefix !== undefined) return [{ schema: prefix, pointer: `${pointer}/prefixItems/${index}` }];
    return isObject(schema.items) ? [{ schema: schema.items, pointer: `${pointer}/items` }] : [];
  });
}

/** What the schemas say of a property by its name, else what they say of all others. */
export function propertiesAt(schemas: readonly Flat[], name: string): Located[] {
  const named = schemas.flatMap(({ schema: { properties }, pointer }) =>
    isObject(properties) && Object.hasOwn(properties, name)
      ? [{ schema: properties[name], pointer: `${pointer}${toPointer(['properties', name])}` }]
      : [],
  );
  if (named.length > 0) return named;
  return schemas.flatMap(({ schema: { additionalProperties }, pointer }) =>
    isObject(additionalProperties)
      ? [{ schema: additionalProperties, pointer: `${pointer}/additionalProperties` }]
      : [],
  );
}

/** A schema, flattened, and each of its alternatives. */
export function alternativesOf(description: Description, located: Located, seen: Set<unknown>): Flat[] {
  const { schema: followed, pointer } = follow(description, located);
  if (seen.has(followed)) return [];
  seen.add(followed);
  const schema = flatten(description, located);
  const members = ['oneOf', 'anyOf'].flatMap((keyword) => {
    const list = schema[keyword];
    if (!Array.isArray(list)) return [];
    return list.flatMap((member, index) =>
      alternativesOf(description, { schema: member, pointer: `${pointer}/${keyword}/${index}` }, seen),
    );
  });
  return [{ schema, pointer }, ...members];
}
