import { expect, test } from '@jest/globals';
import { loadDocument } from '../../testing/load-document.js';
import { anything, createValidators, violationsMax } from './validator.js';

function validatorOf(
  schema: unknown,
  { openapi = '3.1.1', schemas = {}, direction = 'request' as 'request' | 'response' } = {},
) {
  const description = loadDocument({ openapi, components: { schemas: { ...schemas, It: schema } } });
  const validators = createValidators(description);
  const validator = validators.of(schema, '/components/schemas/It', direction);
  return { ...validator, validators };
}

test.each([
  ['type', { type: 'integer' }, 'a', '', 'must be integer'],
  ['required', { required: ['a/b'] }, {}, '/a~1b', 'is required'],
  [
    'additionalProperties',
    { additionalProperties: false },
    { x: 1 },
    '/x',
    'is not documented, and nothing undocumented may be sent',
  ],
  [
    'unevaluatedProperties',
    { unevaluatedProperties: false },
    { x: 1 },
    '/x',
    'is not documented, and nothing undocumented may be sent',
  ],
  ['enum', { enum: ['a', 1, null] }, 'b', '', 'must be one of "a", 1, null'],
  ['const', { const: { a: 1 } }, 'b', '', 'must be {"a":1}'],
  ['format', { items: { format: 'uuid' } }, ['b'], '/0', 'must match format "uuid"'],
  ['pattern', { properties: { 'a~': { pattern: '^a$' } } }, { 'a~': 'b' }, '/a~0', 'must match pattern "^a$"'],
  ['minLength', { minLength: 2 }, '💩', '', 'must NOT have fewer than 2 characters'],
  ['exclusiveMinimum', { exclusiveMinimum: 0 }, 0, '', 'must be > 0'],
  ['oneOf', { oneOf: [{}, {}] }, 1, '', 'must match exactly one schema in oneOf'],
  ['false schema', { properties: { a: false } }, { a: 1 }, '/a', 'boolean schema is false'],
])('a violation of %s says where it is, and what is wrong', (keyword, schema, value, pointer, message) => {
  const { check, violations } = validatorOf(schema);
  expect(check(value)).toBe(false);
  expect(violations(value, 'query')).toContainEqual({ location: 'query', pointer, keyword, message });
});

test('all that is wrong is told, to a limit', () => {
  const { violations } = validatorOf({ items: { type: 'string' } });
  expect(violations([1, 'a', 2], 'body').map(({ pointer }) => pointer)).toEqual(['/0', '/2']);
  expect(violations(new Array(1000).fill(1), 'body')).toHaveLength(violationsMax);
});

test('a valid value has no violations', () => {
  const { check, violations } = validatorOf({ type: 'string' });
  expect(check('a')).toBe(true);
  expect(violations('a', 'body')).toEqual([]);
});

test('schemas that refer to themselves and to each other are followed', () => {
  const { check } = validatorOf(
    { $ref: '#/components/schemas/Tree' },
    {
      schemas: {
        Tree: {
          type: 'object',
          properties: { children: { type: 'array', items: { $ref: '#/components/schemas/Leaf' } } },
        },
        Leaf: { anyOf: [{ $ref: '#/components/schemas/Tree' }, { type: 'string' }] },
      },
    },
  );
  expect(check({ children: ['a', { children: [] }] })).toBe(true);
  expect(check({ children: [{ children: [1] }] })).toBe(false);
});

test('names of schemas may hold anything', () => {
  const { check } = validatorOf(
    { items: { $ref: '#/components/schemas/a~1b%20%25%7E0%23' } },
    { schemas: { 'a/b %~#': { type: 'integer' } } },
  );
  expect(check([1])).toBe(true);
  expect(check(['a'])).toBe(false);
});

test.each([
  ['request', { id: 1 }, { password: 'x' }],
  ['response', { password: 'x' }, { id: 1 }],
] as const)('in a %s, a property of the other direction is not required', (direction, wrong, right) => {
  const schema = {
    properties: { id: { readOnly: true }, password: { writeOnly: true } },
    required: ['id', 'password'],
  };
  const { check } = validatorOf(schema, { direction });
  expect(check(right)).toBe(true);
  expect(check(wrong)).toBe(false);
});

test.each([
  [19.99, 0.01, true],
  [0.3, 0.1, true],
  [19.999, 0.01, false],
  [7, 3, false],
])('that %d is a multiple of %d is %s, whatever floating point says', (value, multipleOf, expected) => {
  expect(validatorOf({ multipleOf }).check(value)).toBe(expected);
});

test.each([
  ['a pattern that is only valid without the `u` flag', '^[\\w-.]+$', 'a-b', 'a b'],
  ['a pattern of Unicode properties', '^\\p{Lu}$', 'Ä', 'ä'],
])('%s is taken', (_what, pattern, right, wrong) => {
  const { check } = validatorOf({ pattern });
  expect(check(right)).toBe(true);
  expect(check(wrong)).toBe(false);
});

test('a pattern that is none accepts all', () => {
  expect(validatorOf({ pattern: '(' }).check('a')).toBe(true);
});

test('a format that is not known accepts all', () => {
  expect(validatorOf({ type: 'string', format: 'made-up' }).check('a')).toBe(true);
});

test.each([
  ['a reference that leads nowhere', { properties: { a: { $ref: '#/nowhere' } } }, 'unresolved-reference'],
  ['a reference to another file', { $ref: 'other.yaml#/a' }, 'unresolved-reference'],
  ['a keyword of the wrong type', { required: true }, 'schema-invalid'],
])('%s is a warning, told once, and accepts all', (_what, schema, rule) => {
  const { check, violations, validators } = validatorOf(schema);
  expect(check({ a: 1 })).toBe(true);
  expect(violations({ a: 1 }, 'body')).toEqual([]);
  validators.of(schema, '/components/schemas/It', 'response').check({});
  expect(validators.diagnostics).toMatchObject([{ severity: 'warning', rule, pointer: '/components/schemas/It' }]);
});

test('nothing is compiled before it is used', () => {
  expect(validatorOf({ required: true }).validators.diagnostics).toEqual([]);
});

test('where there is no schema, anything is valid', () => {
  expect(validatorOf(undefined).check(1)).toBe(true);
  expect(anything.violations(1, 'body')).toEqual([]);
});

test('OpenAPI 3.0 is read by its own rules', () => {
  const { check } = validatorOf(
    { type: 'integer', nullable: true, minimum: 0, exclusiveMinimum: true },
    { openapi: '3.0.3' },
  );
  expect([null, 1, 0].map(check)).toEqual([true, true, false]);
});
