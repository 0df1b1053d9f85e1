import randexp from 'randexp';
import { type Description, isObject, type JsonObject, toPointer } from '../../documents/index.js';
import type { Chance } from '../chance.js';
import type { Direction } from './dialect.js';
import { flatten, type Located, merge } from './flatten.js';

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
}

export function createSampler(description: Description, located: Located, direction: Direction): Sampler {
  return (kind, chance) => make({ description, direction, kind, chance }, located, 0);
}

function make(context: Context, located: Located, depth: number): unknown {
  const schema = flatten(context.description, located);
  if ('const' in schema) return schema.const;
  const given = documentedValue(context, schema);
  if (given) return given.value;
  const member = chosenMember(context, schema);
  if (member) {
    const { oneOf: _o, anyOf: _a, ...rest } = schema;
    return make(
      context,
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

function chosenMember({ kind, chance }: Context, schema: JsonObject): unknown {
  const members = Array.isArray(schema.oneOf) ? schema.oneOf : schema.anyOf;
  if (!Array.isArray(members) || members.length === 0) return undefined;
  return kind === 'fresh' ? chance.pick(members) : members[0];
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
      return stringOf(context, schema);
  }
}

function objectOf(context: Context, schema: JsonObject, { pointer }: Located, depth: number): unknown {
  const properties = isObject(schema.properties) ? schema.properties : {};
  const required = Array.isArray(schema.required) ? (schema.required as string[]) : [];
  const hidden = context.direction === 'request' ? 'readOnly' : 'writeOnly';
  const names = Object.keys(properties).filter(
    (name) => (depth < depthMax || required.includes(name)) && depth < depthMax * 2,
  );
  const members = names.flatMap((name) => {
    const at = { schema: properties[name], pointer: `${pointer}${toPointer(['properties', name])}` };
    const flat = flatten(context.description, at);
    if (flat[hidden] === true) return [];
    return [[name, make(context, at, depth + 1)] as const];
  });
  const undeclared = required.filter((name) => !Object.hasOwn(properties, name));
  const additional = {
    schema: isObject(schema.additionalProperties) ? schema.additionalProperties : {},
    pointer: `${pointer}/additionalProperties`,
  };
  return Object.fromEntries([
    ...members,
    ...undeclared.map((name) => [name, make(context, additional, depth + 1)] as const),
  ]);
}

function arrayOf(context: Context, schema: JsonObject, { pointer }: Located, depth: number): unknown[] {
  const min = typeof schema.minItems === 'number' ? schema.minItems : 0;
  const wanted = depth >= depthMax ? min : Math.max(min, 1);
  const max = typeof schema.maxItems === 'number' ? schema.maxItems : wanted;
  const prefix = Array.isArray(schema.prefixItems) ? schema.prefixItems : [];
  return Array.from({ length: Math.max(Math.min(wanted, max), Math.min(prefix.length, max)) }, (_, index) =>
    make(
      context,
      index < prefix.length
        ? { schema: prefix[index], pointer: `${pointer}/prefixItems/${index}` }
        : { schema: schema.items ?? {}, pointer: `${pointer}/items` },
      depth + 1,
    ),
  );
}

function numberOf({ kind, chance }: Context, schema: JsonObject, type: 'integer' | 'number'): number {
  const step = typeof schema.multipleOf === 'number' && schema.multipleOf > 0 ? schema.multipleOf : 1;
  const number = (value: unknown) => (typeof value === 'number' ? value : undefined);
  const exclusive = (flag: unknown, bound: unknown) => number(flag) ?? (flag === true ? number(bound) : undefined);
  const over = exclusive(schema.exclusiveMinimum, schema.minimum);
  const under = exclusive(schema.exclusiveMaximum, schema.maximum);
  const low =
    over !== undefined
      ? Math.floor(over / step) + 1
      : Math.ceil((number(schema.minimum) ?? Math.min(0, number(schema.maximum) ?? 0)) / step);
  const high =
    under !== undefined
      ? Math.ceil(under / step) - 1
      : Math.floor((number(schema.maximum) ?? (low + 1000) * step) / step);
  if (type === 'number' && high < low && step === 1)
    return ((over ?? number(schema.minimum) ?? 0) + (under ?? number(schema.maximum) ?? 0)) / 2;
  return (kind === 'fresh' ? chance.integer(low, Math.min(high, low + 1_000_000)) : low) * step;
}

const formats: Record<string, (chance: Chance) => string> = {
  uuid: (chance) => chance.uuid(),
  'date-time': (chance) => new Date(chance.now()).toISOString(),
  date: (chance) => new Date(chance.now()).toISOString().slice(0, 10),
  time: (chance) => new Date(chance.now()).toISOString().slice(11),
  email: (chance) => `user${chance.integer(1, 999_999)}@example.com`,
  'idn-email': (chance) => `user${chance.integer(1, 999_999)}@example.com`,
  uri: (chance) => `https://example.com/${chance.integer(1, 999_999)}`,
  'uri-reference': (chance) => `/${chance.integer(1, 999_999)}`,
  url: (chance) => `https://example.com/${chance.integer(1, 999_999)}`,
  hostname: () => 'example.com',
  ipv4: (chance) => `192.0.2.${chance.integer(1, 254)}`,
  ipv6: (chance) => `2001:db8::${chance.integer(1, 0xffff).toString(16)}`,
  byte: () => 'c3RhbmRpbg==',
  duration: () => 'P1D',
  'json-pointer': () => '/a',
  regex: () => '^.*$',
};

function stringOf(context: Context, schema: JsonObject): string {
  const { chance } = context;
  const min = typeof schema.minLength === 'number' ? schema.minLength : 0;
  const max = typeof schema.maxLength === 'number' ? schema.maxLength : Number.POSITIVE_INFINITY;
  const format = typeof schema.format === 'string' ? formats[schema.format] : undefined;
  if (format) return format(chance);
  if (typeof schema.pattern === 'string') return matching(schema.pattern, chance, min, max);
  const text = context.kind === 'fresh' ? `string ${chance.integer(1, 999_999)}` : 'string';
  return text.slice(0, max).padEnd(min, '·');
}

/** The package is CommonJS and its types speak of a default export that Node does not see. */
const RandExp = randexp as unknown as typeof randexp.default;

function matching(pattern: string, chance: Chance, min: number, max: number): string {
  try {
    const expression = new RandExp(pattern);
    expression.randInt = (from, to) => chance.integer(from, to);
    expression.max = Math.max(8, min);
    for (let attempt = 0; attempt < 20; attempt++) {
      const text = expression.gen();
      if (text.length >= min && text.length <= max) return text;
    }
    return expression.gen();
  } catch {
    return ''.padEnd(min, 'a');
  }
}
