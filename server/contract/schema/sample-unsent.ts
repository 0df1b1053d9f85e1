import { type Description, isObject, type JsonObject } from '../../documents/index.js';
import type { Direction } from './dialect.js';
import type { Located } from './flatten.js';
import { flatOf } from './sample-value.js';

interface Sending {
  readonly description: Description;
  readonly direction: Direction;
}

/** A value without what is not sent in a direction, at any depth: the value itself where its schema knows of no such thing. */
export function sentPart(
  description: Description,
  direction: Direction,
  located: Located,
): (value: unknown) => unknown {
  const sending = { description, direction };
  let hasUnsent: boolean | undefined;
  return (value) => {
    hasUnsent ??= findsUnsent(sending, located.schema, new Set());
    return hasUnsent ? withoutUnsent(sending, flatOf(description, located), value) : value;
  };
}

/** Whether a property is not sent in this direction: `readOnly` ones are not requested, `writeOnly` ones not answered. */
export function isUnsent({ description, direction }: Sending, property: unknown): boolean {
  const flat = flatOf(description, { schema: property, pointer: '' });
  return flat[direction === 'request' ? 'readOnly' : 'writeOnly'] === true;
}

/** Examples are not deeper than this, though schemas may be. */
const depthMax = 20;

export function withoutUnsent(sending: Sending, flat: JsonObject, value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null || depth > depthMax) return value;
  const inner = (schema: unknown, member: unknown) =>
    withoutUnsent(sending, flatOf(sending.description, { schema, pointer: '' }), member, depth + 1);
  const all = [flat, ...alternativesOf(sending, flat)];
  if (Array.isArray(value)) {
    const items = all.map((schema) => schema.items).filter(isObject);
    return items.length === 0
      ? value
      : value.map((item) => items.reduce((made: unknown, schema) => inner(schema, made), item));
  }
  const entries = Object.entries(value).flatMap(([name, member]) => {
    const schemas = all.map((schema) => schemaOfProperty(schema, name)).filter(isObject);
    if (schemas.some((schema) => isUnsent(sending, schema))) return [];
    return [[name, schemas.reduce((made: unknown, schema) => inner(schema, made), member)] as const];
  });
  return Object.fromEntries(entries);
}

function schemaOfProperty({ properties, additionalProperties }: JsonObject, name: string): unknown {
  return isObject(properties) && Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
}

function alternativesOf({ description }: Sending, { oneOf, anyOf }: JsonObject): JsonObject[] {
  const members = [...(Array.isArray(oneOf) ? oneOf : []), ...(Array.isArray(anyOf) ? anyOf : [])];
  return members.map((schema) => flatOf(description, { schema, pointer: '' }));
}

function findsUnsent(sending: Sending, schema: unknown, seen: Set<object>): boolean {
  if (!isObject(schema) || seen.has(schema)) return false;
  seen.add(schema);
  if (isUnsent(sending, schema)) return true;
  const flat = flatOf(sending.description, { schema, pointer: '' });
  if (flat !== schema && seen.has(flat)) return false;
  seen.add(flat);
  const { properties, additionalProperties, items, oneOf, anyOf } = flat;
  const parts = [
    ...(isObject(properties) ? Object.values(properties) : []),
    additionalProperties,
    items,
    ...(Array.isArray(oneOf) ? oneOf : []),
    ...(Array.isArray(anyOf) ? anyOf : []),
  ];
  return parts.some((part) => findsUnsent(sending, part, seen));
}
