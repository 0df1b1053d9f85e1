import { expect, test } from '@jest/globals';
import { type Translation, translate } from './dialect.js';

const schemas: Record<string, unknown> = {
  '#/Id': { type: 'string', readOnly: true },
  '#/Base': { properties: { id: { readOnly: true }, secret: { writeOnly: true } } },
};

function translation(more: Partial<Translation> = {}): Translation {
  return {
    is30: false,
    direction: 'request',
    reading: 'together',
    onClosedApart: () => {},
    keyOf: (reference) => (reference in schemas ? `key:${reference}` : undefined),
    target: (schema) => schemas[(schema as { $ref: string }).$ref] ?? schema,
    ...more,
  };
}

const from30 = (schema: unknown) => translate(schema, translation({ is30: true }));
const from31 = (schema: unknown) => translate(schema, translation());

test.each([
  [{ type: 'string', nullable: true }, { type: ['string', 'null'] }],
  [{ type: 'string', nullable: false }, { type: 'string' }],
  [{ nullable: true }, {}],
  [
    { type: 'string', enum: ['a'], nullable: true },
    { type: ['string', 'null'], enum: ['a', null] },
  ],
  [{ enum: ['a', null], nullable: true }, { enum: ['a', null] }],
  [{ nullable: true, allOf: [{ $ref: '#/Id' }] }, { anyOf: [{ type: 'null' }, { allOf: [{ $ref: 'key:#/Id' }] }] }],
  [{ nullable: true, oneOf: [{}] }, { anyOf: [{ type: 'null' }, { oneOf: [{}] }] }],
  [
    { type: 'number', minimum: 1, exclusiveMinimum: true },
    { type: 'number', exclusiveMinimum: 1 },
  ],
  [{ minimum: 1, exclusiveMinimum: false }, { minimum: 1 }],
  [{ exclusiveMaximum: true }, {}],
  [{ maximum: 0, exclusiveMaximum: true }, { exclusiveMaximum: 0 }],
  [{ $ref: '#/Id', type: 'integer' }, { $ref: 'key:#/Id' }],
])('OpenAPI 3.0: %j becomes %j', (schema, expected) => {
  expect(from30(schema)).toEqual(expected);
});

test.each([
  [true, true],
  [false, false],
  [null, true],
  [
    { $ref: '#/Id', maxLength: 1 },
    { $ref: 'key:#/Id', maxLength: 1 },
  ],
  [{ $ref: '#/nobody' }, {}],
  [
    { type: ['string', 'null'], exclusiveMinimum: 1 },
    { type: ['string', 'null'], exclusiveMinimum: 1 },
  ],
  [{ title: 'A', description: 'b', example: 1, examples: [], default: 1, discriminator: {}, 'x-a': 1 }, {}],
  [
    { properties: { title: { title: 'T' }, 'x-a': { 'x-a': 1 } }, $defs: { default: { default: 1 } } },
    { properties: { title: {}, 'x-a': {} }, $defs: { default: {} } },
  ],
  [
    { not: { example: 1 }, if: {}, else: false, prefixItems: [{ xml: {} }] },
    { not: {}, if: {}, else: false, prefixItems: [{}] },
  ],
  [{ allOf: [] }, {}],
  [
    { enum: [{ example: 1, 'x-a': 1 }], const: { title: 'x' } },
    { enum: [{ example: 1, 'x-a': 1 }], const: { title: 'x' } },
  ],
])('OpenAPI 3.1: %j becomes %j', (schema, expected) => {
  expect(from31(schema)).toEqual(expected);
});

const required = ['id', 'secret', 'name'];
test.each([
  ['its own', { properties: { id: { readOnly: true }, secret: { writeOnly: true } }, required }],
  ['referred to', { properties: { id: { $ref: '#/Id' }, secret: { allOf: [{}, { writeOnly: true }] } }, required }],
  ['of a member of allOf', { allOf: [{ $ref: '#/Base' }], required }],
  ['of a member of allOf, for another member', { allOf: [{ $ref: '#/Base' }, { required }] }],
  ['of a reference beside', { $ref: '#/Base', required }],
])('a property that is not sent is not required, where it is %s', (_what, schema) => {
  const requiredIn = (direction: 'request' | 'response') =>
    JSON.stringify(translate(schema, translation({ direction }))).match(/"required":(\[[^\]]*\])/)?.[1];
  expect(requiredIn('request')).toBe('["secret","name"]');
  expect(requiredIn('response')).toBe('["id","name"]');
});

test('what is not sent of an object says nothing of the objects in it', () => {
  const schema = { properties: { id: { readOnly: true }, child: { required: ['id'] } } };
  expect(from31(schema)).toMatchObject({ properties: { child: { required: ['id'] } } });
});
