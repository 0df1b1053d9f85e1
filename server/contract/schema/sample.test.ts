import { expect, test } from '@jest/globals';
import { loadDocument } from '../../testing/load-document.js';
import { createChance } from '../chance.js';
import type { Direction } from './dialect.js';
import { createSampler } from './sample.js';
import { createValidators } from './validator.js';

const schemas = {
  Node: {
    type: 'object',
    required: ['name'],
    properties: { name: { type: 'string' }, next: { $ref: '#/components/schemas/Node' } },
  },
  Tree: {
    type: 'object',
    required: ['children'],
    properties: { children: { type: 'array', items: { $ref: '#/components/schemas/Tree' } } },
  },
  Wide: {
    type: 'object',
    properties: Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => [`p${index}`, { $ref: '#/components/schemas/Wide' }]),
    ),
  },
  Fork: {
    type: 'object',
    required: ['a', 'b', 'c', 'd', 'e'],
    properties: Object.fromEntries(
      ['a', 'b', 'c', 'd', 'e'].map((name) => [
        name,
        { anyOf: [{ $ref: '#/components/schemas/Fork' }, { type: 'null' }] },
      ]),
    ),
  },
  Id: { type: 'string', format: 'uuid' },
  Endless: {
    type: 'object',
    required: ['next'],
    properties: { next: { $ref: '#/components/schemas/Endless' } },
  },
  Forest: {
    type: 'object',
    required: ['tree'],
    properties: {
      tree: {
        type: 'object',
        required: ['branches'],
        properties: { branches: { type: 'array', items: { $ref: '#/components/schemas/Forest' } } },
      },
    },
  },
  Expression: {
    oneOf: [
      {
        type: 'object',
        required: ['left', 'right'],
        properties: {
          left: { $ref: '#/components/schemas/Expression' },
          right: { $ref: '#/components/schemas/Expression' },
        },
        additionalProperties: false,
      },
      { type: 'object', required: ['value'], properties: { value: { type: 'number' } }, additionalProperties: false },
    ],
  },
};
const description = loadDocument({ openapi: '3.1.1', components: { schemas } });
const description30 = loadDocument({ openapi: '3.0.3', components: { schemas } });

function samplerOf(schema: unknown, direction: Direction = 'response', document = description) {
  const pointer = '/it';
  const validator = createValidators(document).of(schema, pointer, direction);
  return { sample: createSampler(document, { schema, pointer }, direction, createValidators(document)), validator };
}

const list = (items: unknown, count: number) => ({ type: 'array', items, uniqueItems: true, minItems: count });

const satisfiable: [string, unknown][] = [
  ['several patterns', { allOf: [{ pattern: '^a' }, { pattern: 'z$' }], type: 'string', minLength: 10 }],
  ['a pattern beside a format', { type: 'string', format: 'date-time', pattern: '^2031-' }],
  ['a pattern that is ruled out', { type: 'string', not: { pattern: '^s' } }],
  ['a pattern that doubles', { type: 'string', pattern: '^(a+)+b$', minLength: 40 }],
  ['as many different integers as there are', list({ type: 'integer', minimum: 0, maximum: 299 }, 300)],
  [
    'different objects of few values',
    list(
      {
        type: 'object',
        required: ['a', 'b'],
        properties: { a: { type: 'boolean' }, b: { enum: [1, 2, 3] } },
        additionalProperties: false,
      },
      6,
    ),
  ],
  ['different texts of two characters', list({ type: 'string', maxLength: 2 }, 200)],
  ['multiples of two fractions', { allOf: [{ multipleOf: 0.5 }, { multipleOf: 0.2 }], type: 'number', minimum: 0.1 }],
  ['a not within a not', { not: { not: { type: 'array', minItems: 2, items: { const: 1 } } } }],
  ['a not of bounds', { type: 'integer', not: { anyOf: [{ maximum: 10 }, { minimum: 12 }] } }],
  ['a not of a property', { type: 'object', required: ['a'], not: { properties: { a: { type: 'string' } } } }],
  [
    'a condition that must hold',
    { type: 'object', properties: { a: {} }, if: { properties: { a: { const: 7 } }, required: ['a'] }, else: false },
  ],
  [
    'a condition that must not',
    {
      type: 'object',
      properties: { a: { enum: [7, 8] } },
      required: ['a'],
      if: { properties: { a: { const: 7 } } },
      // biome-ignore lint/suspicious/noThenProperty: it is a keyword of JSON Schema
      then: false,
    },
  ],
  [
    'what is contained beside what stands first',
    { type: 'array', prefixItems: [{ type: 'string' }], contains: { type: 'object' } },
  ],
  [
    'two that are contained',
    {
      allOf: [{ contains: { const: 1 } }, { contains: { const: 2 }, minContains: 2 }],
      type: 'array',
      items: { type: 'integer' },
    },
  ],
  [
    'places of one part, and items of another',
    { allOf: [{ prefixItems: [{ type: 'string' }], minItems: 2 }, { items: { enum: ['a', 1] } }], type: 'array' },
  ],
  ['nothing', {}],
  ['true', true],
  ['a string', { type: 'string' }],
  ['a short string', { type: 'string', maxLength: 2 }],
  ['a long string', { type: 'string', minLength: 50 }],
  ['an empty string', { type: 'string', maxLength: 0 }],
  ['null', { type: 'null' }],
  ['a string or null', { type: ['null', 'string'] }],
  ['an integer', { type: 'integer', minimum: 10, maximum: 12 }],
  ['a negative integer', { type: 'integer', maximum: -5 }],
  ['a number over', { type: 'number', exclusiveMinimum: 5 }],
  ['a number under', { type: 'number', exclusiveMaximum: -5 }],
  ['a number under zero', { type: 'number', exclusiveMaximum: 0 }],
  ['an integer under zero', { type: 'integer', exclusiveMaximum: 0 }],
  ['a fraction', { type: 'number', minimum: 0.2, maximum: 0.8 }],
  ['a fraction between', { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1 }],
  ['a small maximum', { type: 'number', maximum: 0.5 }],
  ['a multiple', { type: 'integer', multipleOf: 7, minimum: 1 }],
  ['a price', { type: 'number', multipleOf: 0.01, minimum: 0.1, maximum: 99.99 }],
  ['a large integer', { type: 'integer', minimum: 9007199254740000 }],
  ['a boolean', { type: 'boolean' }],
  ['a constant', { const: { a: [1] } }],
  ['an enum', { enum: ['a', 1, null] }],
  ['an enum with a narrower type', { type: 'string', enum: ['a', 'b'] }],
  ['a list', { type: 'array', items: { type: 'integer' } }],
  ['a list with a minimum', { type: 'array', items: { type: 'integer' }, minItems: 3 }],
  ['an empty list', { type: 'array', items: { type: 'integer' }, maxItems: 0 }],
  ['a tuple', { type: 'array', prefixItems: [{ type: 'integer' }, { type: 'string' }], items: false, minItems: 2 }],
  [
    'a list of distinct integers',
    { type: 'array', items: { type: 'integer', minimum: 1, maximum: 4 }, minItems: 3, uniqueItems: true },
  ],
  ['a list of distinct choices', { type: 'array', items: { enum: ['a', 'b', 'c'] }, minItems: 3, uniqueItems: true }],
  ['an object', { type: 'object', properties: { a: { type: 'string' }, b: { type: 'integer' } }, required: ['a'] }],
  [
    'an object with an undeclared property',
    { type: 'object', required: ['a'], additionalProperties: { type: 'integer' } },
  ],
  ['an object with some properties', { type: 'object', minProperties: 2, additionalProperties: { type: 'integer' } }],
  [
    'an object with few properties',
    { type: 'object', properties: { a: {}, b: {}, c: {} }, required: ['c'], maxProperties: 1 },
  ],
  ['a closed object', { type: 'object', properties: { a: { type: 'string' } }, additionalProperties: false }],
  ['alternatives', { oneOf: [{ type: 'integer' }, { type: 'string', maxLength: 3 }] }],
  [
    'alternatives of what is required',
    {
      type: 'object',
      properties: { a: { type: 'string' }, b: { type: 'string' } },
      anyOf: [{ required: ['a'] }, { required: ['b'] }],
    },
  ],
  [
    'an object of all members',
    {
      allOf: [
        { properties: { a: { type: 'string' } }, required: ['a'] },
        { properties: { b: { type: 'integer' } }, required: ['b'] },
      ],
    },
  ],
  [
    'alternatives among all members',
    { allOf: [{ oneOf: [{ required: ['a'] }] }, { oneOf: [{ properties: { a: { type: 'integer' } } }] }] },
  ],
  ['narrowed by a member', { allOf: [{ type: 'integer', minimum: 1 }, { minimum: 5 }] }],
  ['a schema that may contain itself', { $ref: '#/components/schemas/Node' }],
  ['a schema that must contain a list of itself', { $ref: '#/components/schemas/Tree' }],
  ['a schema that may contain itself in many places', { $ref: '#/components/schemas/Wide' }],
  ['a schema that must contain itself or null in many places', { $ref: '#/components/schemas/Fork' }],
  ['a reference with a sibling', { $ref: '#/components/schemas/Id', description: 'an ID' }],
  ['a pattern', { type: 'string', pattern: '^[A-Z]{3}-\\d{4}$' }],
  ['a pattern with lengths', { type: 'string', pattern: '^[a-z]+$', minLength: 3, maxLength: 5 }],
  ['a pattern with long lengths', { type: 'string', pattern: '^[a-z0-9]*$', minLength: 40, maxLength: 64 }],
  ['a pattern without an end', { type: 'string', pattern: '^usr_' }],
  ['a pattern of Unicode properties', { type: 'string', pattern: '^\\p{L}+$' }],
  ['a multiple within bounds', { type: 'integer', multipleOf: 6, minimum: 13, maximum: 20 }],
  ['a whole multiple of a fraction', { type: 'integer', multipleOf: 1.5, minimum: 1 }],
  ['a multiple of 0.1', { type: 'number', multipleOf: 0.1, minimum: 0.3, maximum: 0.3 }],
  [
    'a multiple of two numbers',
    {
      allOf: [
        { type: 'integer', multipleOf: 4 },
        { multipleOf: 6, minimum: 1 },
      ],
    },
  ],
  ['an int32', { type: 'integer', format: 'int32', minimum: 2147483647 }],
  [
    'several properties of one open pattern',
    {
      type: 'object',
      patternProperties: { '^x-': { type: 'integer' } },
      minProperties: 3,
      additionalProperties: false,
    },
  ],
  [
    'each of the properties that a pattern has',
    {
      type: 'object',
      patternProperties: { '^[abc]$': { type: 'integer' } },
      minProperties: 3,
      additionalProperties: false,
    },
  ],
  ['an int64', { type: 'integer', format: 'int64' }],
  ['an int64 beyond 2^53', { type: 'integer', format: 'int64', minimum: 2 ** 60, maximum: 2 ** 60 + 2 ** 40 }],
  ['an int64 below -2^53', { type: 'integer', format: 'int64', maximum: -(2 ** 60) }],
  ['a number that is no integer', { type: 'number', not: { type: 'integer' } }],
  ['a wrong default', { type: 'string', default: 5 }],
  [
    'a wrong example deep inside',
    {
      type: 'object',
      example: { a: { b: 1 } },
      properties: { a: { type: 'object', properties: { b: { type: 'string' } } } },
    },
  ],
  ['a default that is not among the choices', { type: 'string', enum: ['a', 'b'], default: 'c' }],
  [
    'a contained item',
    { type: 'array', items: { type: ['integer', 'string'] }, contains: { type: 'string', pattern: '^x+$' } },
  ],
  [
    'several contained items',
    { type: 'array', contains: { type: 'integer', minimum: 5 }, minContains: 3, maxContains: 4 },
  ],
  [
    'contained items among distinct ones',
    { type: 'array', minItems: 3, uniqueItems: true, items: { type: 'integer' }, contains: { minimum: 100 } },
  ],
  [
    'distinct objects',
    {
      type: 'array',
      minItems: 3,
      uniqueItems: true,
      items: { type: 'object', required: ['a'], properties: { a: { type: 'integer', example: 1 } } },
    },
  ],
  ['distinct booleans', { type: 'array', minItems: 2, uniqueItems: true, items: { type: 'boolean' } }],
  ['a tuple with more', { type: 'array', prefixItems: [{ const: 1 }], items: { type: 'string' }, minItems: 3 }],
  [
    'a tuple without evaluated rest',
    { type: 'array', prefixItems: [{ const: 1 }, { const: 2 }], unevaluatedItems: false },
  ],
  [
    'names of a pattern',
    {
      type: 'object',
      minProperties: 2,
      propertyNames: { pattern: '^[a-z]{3}$' },
      additionalProperties: { type: 'integer' },
    },
  ],
  ['names of a choice', { type: 'object', minProperties: 2, propertyNames: { enum: ['a', 'b', 'c'] } }],
  [
    'properties by pattern',
    {
      type: 'object',
      minProperties: 1,
      patternProperties: { '^x-\\d$': { type: 'integer' } },
      additionalProperties: false,
    },
  ],
  [
    'a required property by pattern',
    {
      type: 'object',
      required: ['x-1'],
      patternProperties: { '^x-': { type: 'integer' } },
      additionalProperties: false,
    },
  ],
  [
    'dependent properties',
    {
      type: 'object',
      properties: { a: { type: 'string' }, b: { type: 'integer' } },
      dependentRequired: { a: ['b', 'c'], c: ['d'] },
    },
  ],
  [
    'a dependent schema',
    {
      type: 'object',
      properties: { a: { type: 'string' } },
      dependentSchemas: { a: { required: ['b'], properties: { b: { type: 'integer', minimum: 7 } } } },
    },
  ],
  [
    'a condition that is met',
    {
      type: 'object',
      required: ['kind'],
      properties: { kind: { enum: ['a', 'b'] } },
      if: { properties: { kind: { const: 'a' } } },
      // biome-ignore lint/suspicious/noThenProperty: it is a keyword of JSON Schema
      then: { required: ['x'], properties: { x: { type: 'integer' } } },
      else: { required: ['y'], properties: { y: { type: 'string' } } },
    },
  ],
  [
    'several conditions',
    {
      type: 'object',
      required: ['kind'],
      properties: { kind: { enum: ['a', 'b', 'c'] } },
      allOf: ['a', 'b', 'c'].map((kind) => ({
        if: { properties: { kind: { const: kind } } },
        // biome-ignore lint/suspicious/noThenProperty: it is a keyword of JSON Schema
        then: { required: [`of-${kind}`], properties: { [`of-${kind}`]: { type: 'integer' } } },
      })),
    },
  ],
  ['not a certain value', { enum: ['a', 'b'], not: { const: 'a' } }],
  ['not with a property', { type: 'object', properties: { a: {}, b: {} }, not: { required: ['a'] } }],
  ['not both properties', { type: 'object', properties: { a: {}, b: {} }, not: { required: ['a', 'b'] } }],
  ['not a string', { not: { type: 'string' } }],
  ['not a short string', { type: 'string', not: { maxLength: 10 } }],
  ['alternatives that overlap', { oneOf: [{ type: 'number' }, { type: 'integer' }] }],
  [
    'alternatives of which one is in the other',
    { oneOf: [{ required: ['a'], properties: { a: { type: 'string' } } }, { type: 'object' }] },
  ],
  [
    'open objects that overlap',
    {
      oneOf: [
        { type: 'object', properties: { bark: { type: 'string' } } },
        { type: 'object', properties: { meow: { type: 'string' } } },
      ],
    },
  ],
  ['an alternative that is open to more than strings', { oneOf: [{}, { type: 'string' }] }],
  ['nested alternatives', { oneOf: [{ oneOf: [{ type: 'integer' }, { type: 'number' }] }, { type: 'string' }] }],
  [
    'both kinds of alternatives',
    {
      oneOf: [{ required: ['a'] }, { required: ['b'] }],
      anyOf: [{ required: ['c'] }, { required: ['d'] }],
      type: 'object',
    },
  ],
  ['an alternative that nothing satisfies', { anyOf: [{ enum: [] }, false, { type: 'integer' }] }],
  [
    'a closed member of all',
    {
      allOf: [
        { properties: { a: { type: 'string' } }, additionalProperties: false },
        { properties: { a: { minLength: 3 }, b: {} } },
      ],
    },
  ],
  [
    'nothing unevaluated',
    {
      allOf: [{ properties: { a: { type: 'string' } } }],
      properties: { b: { type: 'integer' } },
      unevaluatedProperties: false,
      minProperties: 2,
    },
  ],
  [
    'members that narrow one property',
    {
      allOf: [
        { type: 'object', properties: { a: { type: 'integer', minimum: 3 } } },
        { properties: { a: { maximum: 3 } }, required: ['a'] },
      ],
    },
  ],
  ['a map', { type: 'object', additionalProperties: { type: 'integer' } }],
  [
    'a map of maps',
    {
      type: 'object',
      minProperties: 3,
      additionalProperties: { type: 'object', minProperties: 1, additionalProperties: { type: 'boolean' } },
    },
  ],
  [
    'an impossible optional property',
    { type: 'object', properties: { a: false, b: { enum: [] }, c: { type: 'string' } } },
  ],
  ['an impossible item', { type: 'array', items: { allOf: [{ type: 'string' }, { type: 'integer' }] } }],
  ['a property that must contain itself in a list', { $ref: '#/components/schemas/Forest' }],
  ['a list with a child that ends by an alternative', { $ref: '#/components/schemas/Expression' }],
  ['a pattern that looks ahead', { type: 'string', pattern: '^(?=.*\\d)[a-z0-9]{8,}$' }],
  ['a pattern of a look-ahead alone', { type: 'string', pattern: '^(?!admin)\\w{3,10}$' }],
  ['a pattern with a named group', { type: 'string', pattern: '^(?<year>\\d{4})-W\\d\\d$' }],
  ['a pattern and a maximum', { type: 'string', pattern: '^[A-Z0-9]*$', maxLength: 4 }],
  ['a pattern without anchors and a minimum', { type: 'string', pattern: '[0-9]', minLength: 30 }],
  ['a short e-mail address', { type: 'string', format: 'email', maxLength: 8 }],
  ['a long URI', { type: 'string', format: 'uri', minLength: 100 }],
  [
    'a date-time of seconds',
    { type: 'string', format: 'date-time', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$' },
  ],
  ['characters outside of the basic plane', { type: 'string', pattern: '^\\u{1F600}$' }],
  ['a pattern beside a format', { type: 'string', format: 'uri', pattern: '^https://[a-z]+\\.org$' }],
  ...[
    'uuid',
    'date-time',
    'date',
    'time',
    'email',
    'uri',
    'uri-reference',
    'hostname',
    'ipv4',
    'ipv6',
    'byte',
    'duration',
    'json-pointer',
    'regex',
    'binary',
    'password',
    'uri-template',
    'iri',
    'relative-json-pointer',
    'uri-fragment',
    'char',
    'decimal',
    'idn-email',
    'idn-hostname',
    'iri-reference',
    'http-date',
    'sf-string',
    'int32',
    'float',
    'double',
    'date-time-local',
    'commonmark',
    'media-range',
    'json-pointer-uri-fragment',
    'iso-date-time',
    'iso-time',
    'url',
    'made-up',
  ].map((format): [string, unknown] => [`the format ${format}`, { type: 'string', format }]),
];

test.each(satisfiable)('a sample of %s is valid, given and made up', (_what, schema) => {
  const { sample, validator } = samplerOf(schema);
  const chance = createChance('a');
  const made = [sample('documented', chance), ...Array.from({ length: 20 }, () => sample('fresh', chance))];
  for (const value of made)
    expect({ value, violations: validator.violations(value, 'body') }).toEqual({ value, violations: [] });
});

test.each<[string, unknown]>([
  ['an exclusive minimum', { type: 'integer', minimum: 3, exclusiveMinimum: true }],
  ['an exclusive maximum', { type: 'number', maximum: 0, exclusiveMaximum: true }],
  ['nullable', { type: 'string', nullable: true }],
  ['a nullable reference', { nullable: true, allOf: [{ $ref: '#/components/schemas/Node' }] }],
])('a sample of %s of OpenAPI 3.0 is valid', (_what, schema) => {
  const { sample, validator } = samplerOf(schema, 'response', description30);
  const chance = createChance('a');
  for (const kind of ['documented', 'fresh'] as const) {
    expect(validator.violations(sample(kind, chance), 'body')).toEqual([]);
  }
});

test.each(satisfiable)('samples of %s are the same for the same seed', (_what, schema) => {
  const { sample } = samplerOf(schema);
  const made = () => {
    const chance = createChance('a');
    return Array.from({ length: 5 }, () => sample('fresh', chance));
  };
  expect(made()).toEqual(made());
});

test('what must contain itself without end comes to one, and is not valid', () => {
  const { sample, validator } = samplerOf({ $ref: '#/components/schemas/Endless' });
  for (const kind of ['documented', 'fresh', 'fresh'] as const) {
    const value = sample(kind, createChance('a'));
    expect(validator.check(value)).toBe(false);
    expect(JSON.stringify(value).length).toBeLessThan(200);
  }
});

test.each([
  [
    'two closed members that rule each other out',
    {
      allOf: [
        { required: ['a'], properties: { a: {} }, additionalProperties: false },
        { required: ['b'], properties: { b: {} }, additionalProperties: false },
      ],
    },
  ],
  ['equal alternatives of which one must hold', { oneOf: [{ type: 'string' }, { type: 'string' }] }],
  ['nothing', false],
])('for a schema of %s something is made, in bounded time', (_what, schema) => {
  const { sample } = samplerOf(schema);
  for (let count = 0; count < 50; count++) expect(() => sample('fresh', createChance('a'))).not.toThrow();
});

test.each([
  ['firstName', 'string', {}, 'Ada'],
  ['first_name', 'string', {}, 'Ada'],
  ['country', 'string', {}, 'Netherlands'],
  ['country', 'string', { maxLength: 2 }, 'st'],
  ['countryCode', 'string', { pattern: '^[A-Z]{2}$' }, 'NL'],
  ['price', 'number', {}, 19.99],
  ['price', 'integer', { maximum: 10 }, 0],
  ['latitude', 'number', {}, 52.3728],
  ['avatarUrl', 'string', {}, 'https://example.com/image.png'],
])('a property named %s of type %s with %j is plausible', (name, type, keywords, expected) => {
  const schema = { type: 'object', properties: { [name]: { type, ...keywords } } };
  expect(samplerOf(schema).sample('documented', createChance('a'))).toEqual({ [name]: expected });
});

test('what was created was created before it was updated, and expires after that', () => {
  const time = { type: 'string', format: 'date-time' };
  const schema = { properties: { expiresAt: time, created_at: time, updatedAt: time } };
  for (const kind of ['documented', 'fresh'] as const) {
    const { created_at, updatedAt, expiresAt } = samplerOf(schema).sample(kind, createChance('a')) as Record<
      string,
      string
    >;
    expect([expiresAt, updatedAt, created_at].sort()).toEqual([created_at, updatedAt, expiresAt]);
  }
});

const animals = {
  Pet: {
    oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }],
    discriminator: { propertyName: 'kind', mapping: { hound: '#/components/schemas/Dog' } },
  },
  Cat: {
    type: 'object',
    required: ['kind', 'meow'],
    properties: { kind: { type: 'string' }, meow: { type: 'integer' } },
  },
  Dog: {
    type: 'object',
    required: ['kind', 'bark'],
    properties: { kind: { type: 'string' }, bark: { type: 'integer' } },
  },
  Base: {
    type: 'object',
    required: ['kind'],
    properties: { kind: { type: 'string' } },
    discriminator: { propertyName: 'kind' },
  },
  Bird: { allOf: [{ $ref: '#/components/schemas/Base' }, { properties: { wings: { const: 2 } } }] },
};

test('a discriminator has the name that the mapping gives an alternative, else its own', () => {
  const document = loadDocument({ openapi: '3.1.1', components: { schemas: animals } });
  const { sample } = samplerOf({ $ref: '#/components/schemas/Pet' }, 'response', document);
  const chance = createChance('a');
  const made = Array.from({ length: 20 }, () => sample('fresh', chance) as Record<string, unknown>);
  expect(new Set(made.map(({ kind, meow }) => `${kind} ${meow === undefined ? 'barks' : 'meows'}`))).toEqual(
    new Set(['Cat meows', 'hound barks']),
  );
  const bird = samplerOf({ $ref: '#/components/schemas/Bird' }, 'response', document);
  expect(bird.sample('documented', chance)).toEqual({ kind: 'Bird', wings: 2 });
  const wrapped = { allOf: [{ $ref: '#/components/schemas/Bird' }], description: 'the first' };
  expect(samplerOf(wrapped, 'response', document).sample('documented', chance)).toEqual({ kind: 'Bird', wings: 2 });
});

test('an example of a schema is given without what is not sent', () => {
  const schema = {
    type: 'object',
    properties: { id: { type: 'integer' }, password: { type: 'string', writeOnly: true } },
    example: { id: 1, password: 's3cret' },
  };
  expect(samplerOf(schema).sample('documented', createChance('a'))).toEqual({ id: 1 });
  expect(samplerOf(schema, 'request').sample('documented', createChance('a'))).toEqual({ id: 1, password: 's3cret' });
});

test('a schema that contains itself is made inside of itself, once', () => {
  const { sample } = samplerOf({ $ref: '#/components/schemas/Tree' });
  expect(sample('documented', createChance('a'))).toEqual({ children: [{ children: [] }] });
});

test.each([
  ['the first of its examples', { type: 'string', examples: ['a', 'b'], default: 'c' }, 'a'],
  ['its example', { type: 'string', example: 'a', default: 'c' }, 'a'],
  ['its default', { type: 'string', default: 'c', enum: ['d', 'c'] }, 'c'],
  ['the first of its enum', { enum: ['d', 'c'] }, 'd'],
  ['that of its first alternative', { oneOf: [{ const: 1 }, { const: 2 }] }, 1],
])('the documented value of a schema is %s', (_what, schema, expected) => {
  expect(samplerOf(schema).sample('documented', createChance('a'))).toBe(expected);
});

test.each([
  ['request', { password: 'string', name: 'string' }],
  ['response', { id: 'string', name: 'string' }],
] as const)('a sample for a %s has what is sent in it', (direction, expected) => {
  const schema = {
    type: 'object',
    required: ['id', 'password', 'name'],
    properties: {
      id: { allOf: [{ type: 'string' }, { readOnly: true }] },
      password: { type: 'string', writeOnly: true },
      name: { type: 'string' },
    },
  };
  const { sample, validator } = samplerOf(schema, direction);
  const value = sample('documented', createChance('a'));
  expect(value).toEqual(expected);
  expect(validator.check(value)).toBe(true);
});

test('a schema that is one of itself, with nothing between, has a sample', () => {
  const It = { anyOf: [{ $ref: '#/components/schemas/It' }, { oneOf: [{ $ref: '#/components/schemas/It' }] }] };
  const description = loadDocument({ openapi: '3.1.1', components: { schemas: { It } } });
  const sample = createSampler(description, { schema: It, pointer: '/components/schemas/It' }, 'response');
  expect(sample('documented', createChance('a'))).toBeDefined();
});
