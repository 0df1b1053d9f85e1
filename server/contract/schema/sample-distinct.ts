import { isObject, type JsonObject } from '../../documents/index.js';
import { merge } from './merge.js';
import type { Making } from './sample-making.js';
import { boundsOf, tidy } from './sample-number.js';
import { flatOf, makeValue } from './sample-value.js';

/** No more values of one schema are gone through. */
const valuesMax = 20_000;
/** Values are made different no deeper than this. */
const depthMax = 4;
/** Of the properties of an object no more are made different. */
const propertiesMax = 6;

/** Values of a schema one after the other, each different: what chance does not find is found by counting. They have to be checked. */
export function* distinctValues(making: Making, schema: unknown): Generator<unknown> {
  let left = valuesMax;
  for (const value of valuesOf(making, schema, 0)) {
    if (left-- <= 0) return;
    yield value;
  }
}

function* valuesOf(making: Making, schema: unknown, depth: number): Generator<unknown> {
  if (schema === false) return;
  const flat = flatOf(making.description, { schema, pointer: '' });
  if ('const' in flat) {
    yield flat.const;
    return;
  }
  if (Array.isArray(flat.enum)) {
    yield* flat.enum;
    return;
  }
  const { oneOf, anyOf, ...rest } = flat;
  const members = Array.isArray(oneOf) ? oneOf : Array.isArray(anyOf) ? anyOf : undefined;
  if (members && depth < depthMax) {
    for (const member of members)
      yield* valuesOf(making, merge(flatOf(making.description, { schema: member, pointer: '' }), rest), depth + 1);
    return;
  }
  for (const type of typesIn(flat)) yield* valuesOfType(making, flat, type, depth);
}

function typesIn({ type }: JsonObject): unknown[] {
  return type === undefined ? ['integer', 'string', 'boolean', 'null'] : [type].flat();
}

function* valuesOfType(making: Making, flat: JsonObject, type: unknown, depth: number): Generator<unknown> {
  if (type === 'boolean') yield* [true, false];
  else if (type === 'null') yield null;
  else if (type === 'integer' || type === 'number') yield* numbers(flat, type);
  else if (type === 'string') yield* strings(flat);
  else if (type === 'object' && depth < depthMax) yield* objects(making, flat, depth);
  else if (type === 'array' && depth < depthMax) yield* arrays(making, flat, depth);
}

function* numbers(flat: JsonObject, type: 'integer' | 'number'): Generator<number> {
  const { low, high, step } = boundsOf({ ...flat, maximum: flat.maximum ?? Number.MAX_SAFE_INTEGER }, type, 0);
  for (let count = low; count <= high && count - low < valuesMax; count++) yield tidy(count * step);
  if (type === 'integer' || flat.multipleOf !== undefined) return;
  for (let part = 1; part < 1024; part++) yield tidy(low + part / 1024);
}

const signs = 'abcdefghijklmnopqrstuvwxyz0123456789';

function* strings({ minLength, maxLength, pattern, format }: JsonObject): Generator<string> {
  if (pattern !== undefined || format !== undefined) return;
  const min = typeof minLength === 'number' ? minLength : 0;
  const max = typeof maxLength === 'number' ? maxLength : min + 4;
  for (let length = min; length <= max; length++) {
    const count = Math.min(signs.length ** length, valuesMax);
    for (let number = 0; number < count; number++) {
      let text = '';
      for (let rest = number, at = 0; at < length; at++, rest = Math.floor(rest / signs.length))
        text += signs[rest % signs.length];
      yield text;
    }
  }
}

function* objects(making: Making, flat: JsonObject, depth: number): Generator<JsonObject> {
  const base = makeValue({ ...making, kind: 'fresh' }, { schema: flat, pointer: '' }, '', depth);
  if (!isObject(base)) return;
  const properties = Object.entries(isObject(flat.properties) ? flat.properties : {}).slice(0, propertiesMax);
  function* combined(object: JsonObject, at: number): Generator<JsonObject> {
    const property = properties[at];
    if (!property) return;
    const [name, schema] = property;
    for (const value of valuesOf(making, schema, depth + 1)) {
      const changed = { ...object, [name]: value };
      yield changed;
      if (at > 0) yield* combined(changed, at - 1);
    }
    if (at === 0) return;
    yield* combined(object, at - 1);
  }
  for (let at = 0; at < properties.length; at++) yield* combined(base, at);
  if (flat.additionalProperties !== false && flat.unevaluatedProperties !== false)
    for (let number = 1; number < valuesMax; number++) yield { ...base, [`property${number}`]: number };
}

function* arrays(
  making: Making,
  { items = {}, minItems = 0, maxItems = 8 }: JsonObject,
  depth: number,
): Generator<unknown[]> {
  const [min, max] = [Number(minItems), Number(maxItems)];
  for (let length = min; length <= max; length++) {
    if (length === 0) {
      yield [];
      continue;
    }
    const values = valuesOf(making, items, depth + 1);
    const first = values.next();
    if (first.done) return;
    for (let next: IteratorResult<unknown> = first; !next.done; next = values.next())
      yield [...Array.from({ length: length - 1 }, () => first.value), next.value];
  }
}
