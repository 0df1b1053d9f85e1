import { isDeepStrictEqual } from 'node:util';
import { isObject, type JsonObject } from '../../documents/index.js';
import { tolerantRegExp } from './tolerant-reg-exp.js';

/** Both schemas at once, as far as one can say it in one. What describes a value rather than limits it is the left one's. */
export function merge(left: JsonObject, right: JsonObject): JsonObject {
  if ('if' in left && 'if' in right) {
    // The three speak of each other: a second condition stands beside the first.
    const { if: condition, then: consequence, else: alternative, ...rest } = right;
    const allOf = [...((left.allOf as unknown[]) ?? []), conditional(condition, consequence, alternative)];
    return merge({ ...left, allOf }, rest);
  }
  if ('contains' in left && 'contains' in right) {
    // So do these: what the one asks for need not be what the other does.
    const { contains, minContains, maxContains, ...rest } = right;
    const own = {
      contains,
      ...(minContains !== undefined && { minContains }),
      ...(maxContains !== undefined && { maxContains }),
    };
    return merge({ ...left, allOf: [...((left.allOf as unknown[]) ?? []), own] }, rest);
  }
  const out: Record<string, unknown> = { ...left };
  for (const [keyword, value] of Object.entries(right)) {
    const known = out[keyword];
    if (known === undefined) out[keyword] = value;
    else if (!annotations.has(keyword)) mergers[keyword]?.(out, known, value) ?? mergeOther(out, keyword, known, value);
  }
  if (isObject(left.properties) || isObject(right.properties)) out.properties = mergeProperties(left, right);
  if (Array.isArray(left.prefixItems) || Array.isArray(right.prefixItems)) out.prefixItems = mergePrefix(left, right);
  return out;
}

function conditional(condition: unknown, consequence: unknown, alternative: unknown): JsonObject {
  return {
    if: condition,
    // biome-ignore lint/suspicious/noThenProperty: it is a keyword of JSON Schema
    ...(consequence !== undefined && { then: consequence }),
    ...(alternative !== undefined && { else: alternative }),
  };
}

const annotations = new Set([
  'title',
  'description',
  'default',
  'example',
  'examples',
  'discriminator',
  'deprecated',
  'xml',
  'externalDocs',
  'properties',
  'prefixItems',
]);

type Merger = (out: Record<string, unknown>, known: unknown, value: unknown) => true;

const largest = (left: unknown, right: unknown) =>
  typeof left === 'number' && typeof right === 'number' ? Math.max(left, right) : right;
const smallest = (left: unknown, right: unknown) =>
  typeof left === 'number' && typeof right === 'number' ? Math.min(left, right) : right;
const either = (left: unknown, right: unknown) => left === true || right === true;
const all = (left: unknown, right: unknown) =>
  left === false || right === false
    ? false
    : left === true
      ? right
      : right === true || isDeepStrictEqual(left, right)
        ? left
        : { allOf: [left, right] };
const none = (left: unknown, right: unknown) => ({ anyOf: [left, right] });

const mergers: Record<string, Merger> = {
  required: setting('required', (known, value) =>
    Array.isArray(known) && Array.isArray(value) ? [...new Set([...known, ...value])] : value,
  ),
  enum: setting('enum', (known, value) =>
    Array.isArray(known) && Array.isArray(value)
      ? known.filter((member) => value.some((other) => isDeepStrictEqual(member, other)))
      : value,
  ),
  type: setting('type', commonTypes),
  multipleOf: setting('multipleOf', commonMultiple),
  ...Object.fromEntries(
    ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties', 'minContains'].map((keyword) => [
      keyword,
      setting(keyword, largest),
    ]),
  ),
  ...Object.fromEntries(
    ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties', 'maxContains'].map((keyword) => [
      keyword,
      setting(keyword, smallest),
    ]),
  ),
  ...Object.fromEntries(['readOnly', 'writeOnly', 'uniqueItems'].map((keyword) => [keyword, setting(keyword, either)])),
  ...Object.fromEntries(
    ['items', 'additionalProperties', 'propertyNames', 'unevaluatedProperties', 'unevaluatedItems'].map((keyword) => [
      keyword,
      setting(keyword, all),
    ]),
  ),
  not: setting('not', none),
  patternProperties: setting('patternProperties', mergeNamed),
  dependentSchemas: setting('dependentSchemas', mergeNamed),
  oneOf: aside('oneOf'),
  anyOf: aside('anyOf'),
  pattern: aside('pattern'),
  allOf: setting('allOf', (known, value) => [...(known as unknown[]), ...(value as unknown[])]),
};

function setting(keyword: string, merged: (known: unknown, value: unknown) => unknown): Merger {
  return (out, known, value) => {
    out[keyword] = merged(known, value);
    return true;
  };
}

/** What can't be said of both in one keyword stands beside the first: a second choice among alternatives, a second pattern. */
function aside(keyword: string): Merger {
  return (out, known, value) => {
    if (!isDeepStrictEqual(known, value)) out.allOf = [...((out.allOf as unknown[]) ?? []), { [keyword]: value }];
    return true;
  };
}

function mergeOther(out: Record<string, unknown>, keyword: string, known: unknown, value: unknown): void {
  if (keyword === 'dependentRequired' && isObject(known) && isObject(value)) {
    out[keyword] = { ...known, ...value };
  } else out[keyword] = value;
}

function mergeNamed(known: unknown, value: unknown): unknown {
  if (!isObject(known) || !isObject(value)) return value;
  const both = Object.keys(value).filter((name) => Object.hasOwn(known, name));
  return { ...known, ...value, ...Object.fromEntries(both.map((name) => [name, all(known[name], value[name])])) };
}

/** What the one says of all items, it says of those that the other has a place for. */
function mergePrefix(left: JsonObject, right: JsonObject): unknown[] {
  const length = (schema: JsonObject) => (Array.isArray(schema.prefixItems) ? schema.prefixItems.length : 0);
  const item = ({ prefixItems, items = true }: JsonObject, index: number) =>
    Array.isArray(prefixItems) && index < prefixItems.length ? prefixItems[index] : Array.isArray(items) ? true : items;
  return Array.from({ length: Math.max(length(left), length(right)) }, (_, index) =>
    all(item(left, index), item(right, index)),
  );
}

/** A schema that is closed, or has a schema for what it doesn't name, speaks of the other's properties too. */
function mergeProperties(left: JsonObject, right: JsonObject): JsonObject {
  const lefts = isObject(left.properties) ? left.properties : {};
  const rights = isObject(right.properties) ? right.properties : {};
  const names = new Set([...Object.keys(lefts), ...Object.keys(rights)]);
  return Object.fromEntries(
    [...names].map((name) => {
      if (!Object.hasOwn(lefts, name)) return [name, all(unnamed(left, name), rights[name])];
      if (!Object.hasOwn(rights, name)) return [name, all(lefts[name], unnamed(right, name))];
      return [name, all(lefts[name], rights[name])];
    }),
  );
}

/** What a schema says of a property that it does not name; `true` for nothing. */
function unnamed({ additionalProperties = true, patternProperties }: JsonObject, name: string): unknown {
  const patterns = Object.entries(isObject(patternProperties) ? patternProperties : {});
  const fitting = patterns.filter(([pattern]) => tolerantRegExp(pattern, 'u').test(name)).map(([, schema]) => schema);
  if (fitting.length > 0) return fitting.reduce(all);
  return isObject(additionalProperties) || additionalProperties === false ? additionalProperties : true;
}

function commonTypes(left: unknown, right: unknown): unknown {
  const lefts = [left].flat();
  const rights = [right].flat();
  const common = [
    ...lefts.filter((type) => rights.includes(type) || (type === 'integer' && rights.includes('number'))),
    ...rights.filter((type) => type === 'integer' && lefts.includes('number') && !lefts.includes('integer')),
  ];
  return common.length === 0 ? right : common.length === 1 ? common[0] : common;
}

/** The least number that is a multiple of both, fractions too. */
function commonMultiple(left: unknown, right: unknown): unknown {
  if (typeof left !== 'number' || typeof right !== 'number' || !(left > 0) || !(right > 0)) return right;
  let scale = 1;
  while (scale < 1e8 && !(isWhole(left * scale) && isWhole(right * scale))) scale *= 10;
  const [a, b] = [Math.round(left * scale), Math.round(right * scale)];
  let [x, y] = [a, b];
  while (y !== 0) [x, y] = [y, x % y];
  return ((a / x) * b) / scale;
}

/** 1.1 * 10 is 11.000000000000002. */
const isWhole = (value: number) => Math.abs(value - Math.round(value)) < 1e-9;
