import { type Description, isObject, type JsonObject, pointerOf, toPointer, valueAt } from '../../documents/index.js';
import { type ClosedApart, closedApart, opened } from './closed-apart.js';
import { merge } from './merge.js';

/** A schema and where it stands. */
export interface Located {
  readonly schema: unknown;
  readonly pointer: string;
}

/** Follows `$ref`s of a schema; one that leads nowhere, or in a circle of bare references, is a schema that accepts anything. */
export function follow(description: Description, located: Located): Located {
  const seen = new Set<string>();
  let current = located;
  while (isObject(current.schema) && typeof current.schema.$ref === 'string' && current.schema.$ref.startsWith('#')) {
    const pointer = pointerOf(current.schema.$ref);
    if (pointer === undefined || seen.has(pointer)) return { schema: {}, pointer: current.pointer };
    seen.add(pointer);
    const siblings = withoutReference(current.schema);
    const target = valueAt(description.root, pointer);
    if (Object.keys(siblings).length > 0 && !description.version.startsWith('3.0')) {
      return {
        schema: { ...siblings, allOf: [...((siblings.allOf as unknown[]) ?? []), { $ref: current.schema.$ref }] },
        pointer: current.pointer,
      };
    }
    current = { schema: target ?? {}, pointer };
  }
  return current;
}

function withoutReference({ $ref: _, summary: _s, description: _d, ...rest }: JsonObject): JsonObject {
  return rest;
}

/**
 * An object of keywords that says, as far as one can say it in one schema, what a schema with its `$ref` and `allOf` says.
 * Parts that are closed against each other are closed together. A part that is made of the whole again says nothing.
 */
export function flatten(description: Description, located: Located): JsonObject {
  return flattenWithin(description, located, new Set(), false);
}

function flattenWithin(
  description: Description,
  located: Located,
  within: ReadonlySet<unknown>,
  isOpen: boolean,
): JsonObject {
  if (within.has(located.schema)) return {};
  const { schema } = follow(description, located);
  if (!isObject(schema)) return schema === false ? nothing : {};
  if (within.has(schema)) return {};
  const own = isOpen ? opened(schema) : schema;
  if (!Array.isArray(schema.allOf)) return own;
  const apart = isOpen ? undefined : findClosedApart(description, schema);
  const { allOf, ...rest } = apart ? opened(schema) : own;
  const inside = new Set([...within, located.schema, schema]);
  const flat = (allOf as unknown[])
    .map((member, index) =>
      flattenWithin(
        description,
        { schema: member, pointer: `${located.pointer}${toPointer(['allOf', index])}` },
        inside,
        isOpen || apart !== undefined,
      ),
    )
    .reduce<JsonObject>(merge, rest);
  if (!apart) return flat;
  const undescribed = Object.fromEntries(apart.undescribed.map((name) => [name, {}]));
  return { ...flat, properties: { ...undescribed, ...(flat.properties as object) }, unevaluatedProperties: false };
}

function findClosedApart(description: Description, schema: JsonObject): ClosedApart | undefined {
  const target = (value: unknown) =>
    isObject(value) && typeof value.$ref === 'string' ? valueAt(description.root, pointerOf(value.$ref) ?? '') : value;
  return closedApart(schema, target, description.version.startsWith('3.0'));
}

/** `false` as an object of keywords. */
const nothing: JsonObject = { not: {} };

/** The JSON types that a schema allows, by its `type`, or by what its keywords and members imply; empty for any. */
export function typesOf(
  description: Description,
  located: Located,
  seen: ReadonlySet<string> = new Set(),
): readonly string[] {
  const schema = flatten(description, located);
  if (typeof schema.type === 'string') return schema.nullable === true ? [schema.type, 'null'] : [schema.type];
  if (Array.isArray(schema.type)) return schema.type as string[];
  for (const keyword of ['oneOf', 'anyOf']) {
    const members = schema[keyword];
    if (Array.isArray(members)) {
      const found = members.map((member, index) =>
        follow(description, { schema: member, pointer: `${located.pointer}/${keyword}/${index}` }),
      );
      const known = new Set([...seen, ...found.map(({ pointer }) => pointer)]);
      const types = found
        .filter(({ pointer }) => !seen.has(pointer))
        .map((member) => typesOf(description, member, known));
      return types.some((member) => member.length === 0) ? [] : [...new Set(types.flat())];
    }
  }
  if (Array.isArray(schema.enum)) return [...new Set(schema.enum.map(jsonType))];
  if ('const' in schema) return [jsonType(schema.const)];
  if (isObject(schema.properties)) return ['object'];
  if (schema.items !== undefined) return ['array'];
  return [];
}

/** The JSON Schema type of a value; whole numbers are `integer`. */
export function jsonType(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

/** Names of the properties that a schema documents; `undefined` where it documents none, or says that any others may come. */
export function documentedProperties(description: Description, located: Located): ReadonlySet<string> | undefined {
  const { properties, additionalProperties, patternProperties } = flatten(description, located);
  if (
    !isObject(properties) ||
    isObject(patternProperties) ||
    additionalProperties === true ||
    isObject(additionalProperties)
  )
    return undefined;
  return new Set(Object.keys(properties).filter((name) => properties[name] !== false));
}
