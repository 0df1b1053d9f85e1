import { expect, test } from '@jest/globals';
import { loadDocument } from '../../testing/load-document.js';
import { documentedProperties, flatten, follow, jsonType, typesOf } from './flatten.js';

const schemas = {
  Id: { type: 'string', minLength: 3 },
  Alias: { $ref: '#/components/schemas/Id' },
  Loop: { $ref: '#/components/schemas/Loop' },
  Base: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] },
  User: {
    allOf: [
      { $ref: '#/components/schemas/Base' },
      { properties: { name: {}, id: { minLength: 1 } }, required: ['name'] },
    ],
  },
  Json: {
    oneOf: [
      { type: 'string' },
      ...new Array(12).fill({ $ref: '#/components/schemas/Json' }),
      { anyOf: [{ $ref: '#/components/schemas/Json' }, { items: {} }, { type: 'integer' }] },
    ],
  },
  Endless: { allOf: [{ $ref: '#/components/schemas/Endless' }, { type: 'object' }] },
};
const described = (openapi: string) => loadDocument({ openapi, components: { schemas } });
const description = described('3.1.1');
const at = (schema: unknown) => ({ schema, pointer: '/x' });
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

test('references are followed to the schema and its place', () => {
  expect(follow(description, at(ref('Alias')))).toEqual({ schema: schemas.Id, pointer: '/components/schemas/Id' });
});

test.each([[ref('Loop')], [ref('Nobody')], [{ $ref: 'other.yaml' }]])('%j accepts anything', (schema) => {
  expect(typesOf(description, at(schema))).toEqual([]);
});

test('what stands beside a reference counts in OpenAPI 3.1, and not in 3.0', () => {
  const schema = { ...ref('Id'), maxLength: 5, description: 'an ID' };
  expect(flatten(description, at(schema))).toEqual({ type: 'string', minLength: 3, maxLength: 5 });
  expect(flatten(described('3.0.3'), at(schema))).toEqual(schemas.Id);
});

test('the members of allOf add up', () => {
  expect(flatten(description, at(ref('User')))).toEqual({
    type: 'object',
    properties: { id: { allOf: [{ type: 'string' }, { minLength: 1 }] }, name: {} },
    required: ['id', 'name'],
  });
});

test.each([
  [
    'bounds',
    [
      { minimum: 1, maxLength: 5 },
      { minimum: 3, maxLength: 9 },
    ],
    { minimum: 3, maxLength: 5 },
  ],
  ['types', [{ type: ['string', 'integer'] }, { type: 'integer' }], { type: 'integer' }],
  ['a type within another', [{ type: 'integer' }, { type: 'number' }], { type: 'integer' }],
  ['enums', [{ enum: [1, 2, 3] }, { enum: [2, 3, 4] }], { enum: [2, 3] }],
  ['required names', [{ required: ['a'] }, { required: ['a', 'b'] }], { required: ['a', 'b'] }],
  ['titles', [{ title: 'A' }, { title: 'B' }], { title: 'A' }],
  ['alternatives', [{ oneOf: [{}] }, { oneOf: [true] }], { oneOf: [{}], allOf: [{ oneOf: [true] }] }],
])('%s of both members hold', (_what, allOf, expected) => {
  expect(flatten(description, at({ allOf }))).toEqual(expected);
});

test('a schema that contains itself by allOf ends', () => {
  expect(flatten(description, at(ref('Endless')))).toMatchObject({ type: 'object' });
});

test.each([
  [{ type: 'integer' }, ['integer']],
  [{ type: 'integer', nullable: true }, ['integer', 'null']],
  [{ properties: {} }, ['object']],
  [{ items: {} }, ['array']],
  [{ const: 1.5 }, ['number']],
  [{ enum: [[], {}] }, ['array', 'object']],
  [ref('User'), ['object']],
  [ref('Json'), ['string', 'array', 'integer']],
  [{}, []],
  [false, []],
])('the types of %j are %j', (schema, types) => {
  expect(typesOf(description, at(schema))).toEqual(types);
});

test.each([
  [null, 'null'],
  [[], 'array'],
  [1, 'integer'],
  [1.5, 'number'],
  ['', 'string'],
  [true, 'boolean'],
  [{}, 'object'],
])('the type of %j is %s', (value, type) => {
  expect(jsonType(value)).toBe(type);
});

test.each([
  ['documented', ref('User'), ['id', 'name']],
  ['closed', { properties: { a: {} }, additionalProperties: false }, ['a']],
  ['open', { properties: { a: {} }, additionalProperties: true }, undefined],
  ['a dictionary', { properties: { a: {} }, additionalProperties: { type: 'string' } }, undefined],
  ['not documented', { type: 'object' }, undefined],
])('the properties of an object that is %s are %j', (_what, schema, names) => {
  const properties = documentedProperties(description, at(schema));
  expect(properties && [...properties]).toEqual(names);
});

test('parts that are closed against each other are closed together', () => {
  const closed = (name: string) => ({ properties: { [name]: {} }, required: [name], additionalProperties: false });
  expect(flatten(description, at({ ...closed('a'), allOf: [{ allOf: [closed('b')] }, { required: ['c'] }] }))).toEqual({
    properties: { a: {}, b: {}, c: {} },
    required: ['a', 'b', 'c'],
    unevaluatedProperties: false,
  });
});
