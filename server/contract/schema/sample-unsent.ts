import { type Description, isObject, type JsonObject } from '../../documents/index.js';
import type { Direction } from './dialect.js';
import type { Located } from './flatten.js';
import type { Making } from './sample-making.js';
import { flatOf } from './sample-value.js';

type Sending = Pick<Making, 'description' | 'direction'>;

/** What a schema's own example says that is sent in a direction. */
export function sentPart(description: Description, direction: Direction, located: Located, value: unknown): unknown {
  return withoutUnsent({ description, direction }, flatOf(description, located), value);
}

/** Whether a property is not sent in this direction: `readOnly` ones are not requested, `writeOnly` ones not answered. */
export function isUnsent({ description, direction }: Sending, property: unknown): boolean {
  const flat = flatOf(description, { schema: property, pointer: '' });
  return flat[direction === 'request' ? 'readOnly' : 'writeOnly'] === true;
}

/** A value that the document gives, without the properties that are not sent in this direction, at any depth. */
export function withoutUnsent(making: Sending, flat: JsonObject, value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null || depth > depthMax) return value;
  const inner = (schema: unknown, member: unknown) =>
    withoutUnsent(making, flatOf(making.description, { schema, pointer: '' }), member, depth + 1);
  if (Array.isArray(value)) {
    const { items } = flat;
    if (!isObject(items)) return value;
    return unlessSame(
      value,
      value.map((item) => inner(items, item)),
    );
  }
  const { properties } = flat;
  if (!isObject(properties)) return value;
  const entries = Object.entries(value).flatMap(([name, member]) => {
    if (!Object.hasOwn(properties, name)) return [[name, member] as const];
    return isUnsent(making, properties[name]) ? [] : [[name, inner(properties[name], member)] as const];
  });
  return Object.fromEntries(entries);
}

/** Examples are not deeper than this, though schemas may be. */
const depthMax = 20;

function unlessSame(known: readonly unknown[], made: readonly unknown[]): readonly unknown[] {
  return made.every((item, index) => item === known[index]) ? known : made;
}
