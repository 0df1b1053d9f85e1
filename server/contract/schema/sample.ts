import { isDeepStrictEqual } from 'node:util';
import { type Description, isObject, type JsonObject, toPointer } from '../../documents/index.js';
import type { Chance } from '../chance.js';
import type { Direction } from './dialect.js';
import { flatten, type Located, merge } from './flatten.js';
import { sampleString } from './sample-string.js';

/**
 * Makes a value of a schema. `documented` takes the values that the document gives wherever it gives some; `fresh` makes
 * new ones where the schema leaves a choice.
 */
export type Sampler = (kind: 'documented' | 'fresh', chance: Chance) => unknown;

/** Nesting below this gets only what is required; below twice this, nothing. Schemas may contain themselves. */
const depthMax = 6;

interface Context {
  readonly description: Description;
  readonly direction: Direction;
  readonly kind: 'documented' | 'fresh';
  readonly chance: Chance;
  /** The `$ref`s that led here. */
  readonly within: readonly string[];
}

/** A schema is made inside of itself this often, where it need not be: more of them make no better example. */
const repetitionsMax = 2;

/** The `$ref`s that a schema is made of. */
function referencesOf(schema: unknown): string[] {
  if (!isObject(schema)) return [];
  const members = Array.isArray(schema.allOf) ? schema.allOf : [];
  return [...(typeof schema.$ref === 'string' ? [schema.$ref] : []), ...members.flatMap(referencesOf)];
}

function goesInCircles({ within }: Context, schema: unknown): boolean {
  return referencesOf(schema).some(
    (reference) => within.filter((known) => known === reference).length >= repetitionsMax,
  );
}

function inside(context: Context, schema: unknown): Context {
  const references = referencesOf(schema);
  return references.length === 0 ? context : { ...context, within: [...context.within, ...references] };
}

export function createSampler(description: Description, located: Located, direction: Direction): Sampler {
  return (kind, chance) => make({ description, direction, kind, chance, within: [] }, located, 0);
}

function make(outer: Context, located: Located, depth: number): unknown {
  const context = inside(outer, located.schema);
  const schema = flatten(context.description, located);
  if ('const' in schema) return schema.const;
  const given = documentedValue(context, schema);
  if (given) return given.value;
  const member = chosenMember(context, schema);
  if (member) {
    const { oneOf: _o, anyOf: _a, ...rest } = schema;
    return make(
      inside(context, member),
      {
        schema: merge(flatten(context.description, { schema: member, pointer: located.pointer }), rest),
        pointer: located.pointer,
      },
      depth + 1,
    );
  }
  return ofType(context, schema, located, depth);
}

function documentedValue({ kind, chance }: Context, schema: JsonObject): { value: unknown } | undefined {
  const { enum: choices, examples } = schema;
  if (kind === 'fresh') {
    if (Array.isArray(choices) && choices.length > 0) return { value: chance.pick(choices) };
    const isPlainText =
      schema.type === 'string' && !schema.format && !schema.pattern && Array.isArray(examples) && examples.length > 0;
    return isPlainText ? { value: chance.pick(examples) } : undefined;
  }
  if (Array.isArray(examples) && examples.length > 0) return { value: examples[0] };
  if (schema.example !== undefined) return { value: schema.example };
  if (schema.default !== undefined) return { value: schema.default };
  return Array.isArray(choices) && choices.length > 0 ? { value: choices[0] } : undefined;
}

function chosenMember(context: Context, schema: JsonObject): unknown {
  const members: unknown = Array.isArray(schema.oneOf) ? schema.oneOf : schema.anyOf;
  if (!Array.isArray(members) || members.length === 0) return undefined;
  const ending = members.filter((member) => !goesInCircles(context, member));
  const choices = ending.length > 0 ? ending : members;
  return context.kind === 'fresh' ? context.chance.pick(choices) : choices[0];
}

function ofType(context: Context, schema: JsonObject, located: Located, depth: number): unknown {
  const types = [schema.type].flat().filter((type) => type !== 'null' && typeof type === 'string');
  const type: unknown =
    types[0] ??
    (isObject(schema.properties)
      ? 'object'
      : schema.items !== undefined
        ? 'array'
        : schema.type === 'null'
          ? 'null'
          : 'string');
  switch (type) {
    case 'object':
      return objectOf(context, schema, located, depth);
    case 'array':
      return arrayOf(context, schema, located, depth);
    case 'integer':
      return numberOf(context, schema, 'integer');
    case 'number':
      return numberOf(context, schema, 'number');
    case 'boolean':
      return context.kind === 'fresh' ? context.chance.integer(0, 1) === 1 : true;
    case 'null':
      return null;
    default:
      return sampleString(schema, context);
  }
}

function objectOf(context: Context, schema: JsonObject, { pointer }: Located, depth: number): unknown {
  const properties = isObject(schema.properties) ? schema.properties : {};
  const required = Array.isArray(schema.required) ? (schema.required as string[]) : [];
  const hidden = context.direction === 'request' ? 'readOnly' : 'writeOnly';
  const names = Object.keys(properties).filter(
    (name) =>
      depth < depthMax * 2 &&
      (required.includes(name) || (depth < depthMax && !goesInCircles(context, properties[name]))),
  );
  const members = names.flatMap((name) => {
    const at = { schema: properties[name], pointer: `${pointer}${toPointer(['properties', name])}` };
    const flat = flatten(context.description, at);
    if (flat[hidden] === true) return [];
    return [[name, make(context, at, depth + 1)] as const];
  });
  const undeclared = required.filter((name) => !Object.hasOwn(properties, name));
  const min = typeof schema.minProperties === 'number' ? schema.minProperties : 0;
  for (let count = 1; members.length + undeclared.length < min && count <= min; count++)
    undeclared.push(`property${count}`);
  const additional = {
    schema: isObject(schema.additionalProperties) ? schema.additionalProperties : {},
    pointer: `${pointer}/additionalProperties`,
  };
  const max = typeof schema.maxProperties === 'number' ? schema.maxProperties : Number.POSITIVE_INFINITY;
  const needed = members.filter(([name]) => required.includes(name));
  const optional = members.filter(([name]) => !required.includes(name));
  const kept = new Set([...needed, ...optional.slice(0, Math.max(max - needed.length - undeclared.length, 0))]);
  return Object.fromEntries([
    ...members.filter((member) => kept.has(member)),
    ...undeclared.map((name) => [name, make(context, additional, depth + 1)] as const),
  ]);
}

function arrayOf(context: Context, schema: JsonObject, { pointer }: Located, depth: number): unknown[] {
  const min = typeof schema.minItems === 'number' ? schema.minItems : 0;
  const wanted = depth >= depthMax || goesInCircles(context, schema.items) ? min : Math.max(min, 1);
  const max = typeof schema.maxItems === 'number' ? schema.maxItems : wanted;
  const prefix = Array.isArray(schema.prefixItems) ? schema.prefixItems : [];
  const length = Math.max(Math.min(wanted, max), Math.min(prefix.length, max));
  const items: unknown[] = [];
  for (let index = 0; index < length; index++) {
    const at: Located =
      index < prefix.length
        ? { schema: prefix[index], pointer: `${pointer}/prefixItems/${index}` }
        : { schema: schema.items ?? {}, pointer: `${pointer}/items` };
    const item = make(context, at, depth + 1);
    items.push(schema.uniqueItems === true ? another(context, at, depth, items, item) : item);
  }
  return items;
}

/** More tries than this for an item that is not in the list yet would be hoping. */
const uniqueTries = 50;

function another(context: Context, at: Located, depth: number, items: readonly unknown[], first: unknown): unknown {
  let item = first;
  for (let attempt = 0; attempt < uniqueTries && items.some((known) => isDeepStrictEqual(known, item)); attempt++)
    item = make({ ...context, kind: 'fresh' }, at, depth + 1);
  return item;
}

function numberOf({ kind, chance }: Context, schema: JsonObject, type: 'integer' | 'number'): number {
  const step = typeof schema.multipleOf === 'number' && schema.multipleOf > 0 ? schema.multipleOf : 1;
  const number = (value: unknown) => (typeof value === 'number' ? value : undefined);
  const exclusive = (flag: unknown, bound: unknown) => number(flag) ?? (flag === true ? number(bound) : undefined);
  const over = exclusive(schema.exclusiveMinimum, schema.minimum);
  const under = exclusive(schema.exclusiveMaximum, schema.maximum);
  const most = under ?? number(schema.maximum);
  const low =
    over !== undefined
      ? Math.floor(over / step) + 1
      : Math.ceil((number(schema.minimum) ?? Math.min(0, most === undefined ? 0 : most - step)) / step);
  const high =
    under !== undefined
      ? Math.ceil(under / step) - 1
      : Math.floor((number(schema.maximum) ?? (low + 1000) * step) / step);
  if (type === 'number' && high < low && step === 1)
    return ((over ?? number(schema.minimum) ?? 0) + (under ?? number(schema.maximum) ?? 0)) / 2;
  return (kind === 'fresh' ? chance.integer(low, Math.min(high, low + 1_000_000)) : low) * step;
}
