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

const closed = (name: string) => ({
  type: 'object',
  properties: { [name]: { type: 'string' } },
  required: [name],
  additionalProperties: false,
});
const refs = (...names: string[]) => names.map((name) => ({ $ref: `#/components/schemas/${name}` }));

test.each([
  ['members', { allOf: refs('A', 'B') }],
  ['what stands beside', { ...closed('a'), allOf: refs('B') }],
  ['members of members', { allOf: [{ allOf: refs('A') }, ...refs('B')] }],
  ['what a member refers to', { allOf: refs('RefersToA', 'B') }],
  ['a member that says that it is open', { ...closed('a'), allOf: refs('OpenB') }],
])('parts that exclude each other are closed together: %s', (_what, schema) => {
  const OpenB = { ...closed('b'), additionalProperties: true };
  const schemas = { A: closed('a'), B: closed('b'), OpenB, RefersToA: { allOf: refs('A') } };
  for (const openapi of ['3.0.3', '3.1.1']) {
    const { check, violations, validators } = validatorOf(schema, { openapi, schemas });
    expect(check({ a: '', b: '' })).toBe(true);
    expect(check({ a: '' })).toBe(false);
    expect(check({ a: '', b: 1 })).toBe(false);
    expect(violations({ a: '', b: '', c: '' }, 'body')).toMatchObject([
      { pointer: '/c', keyword: 'unevaluatedProperties' },
    ]);
    expect(validators.diagnostics).toMatchObject([
      { rule: 'allof-closed', severity: 'warning', pointer: '/components/schemas/It', advice: expect.any(String) },
    ]);
  }
});

test('a schema that is closed together with another is as it was where it stands alone', () => {
  const { validators } = validatorOf({ allOf: refs('A', 'B') }, { schemas: { A: closed('a'), B: closed('b') } });
  const together = validators.of({ allOf: refs('A', 'B') }, '/components/schemas/It', 'response');
  const alone = validators.of(closed('a'), '/components/schemas/A', 'response');
  expect(together.check({ a: '', b: '' })).toBe(true);
  expect(alone.check({ a: '', b: '' })).toBe(false);
  expect(alone.check({ a: '' })).toBe(true);
});

test('what a part requires and none describes may be there', () => {
  const { check } = validatorOf({ allOf: [...refs('A'), { required: ['other'] }] }, { schemas: { A: closed('a') } });
  expect(check({ a: '', other: 1 })).toBe(true);
  expect(check({ a: '', other: 1, more: 1 })).toBe(false);
});

test.each([
  ['is not required', { allOf: [...refs('A'), { properties: { b: {} } }] }, { a: '' }, { a: '', b: '' }],
  ['is known', { allOf: [...refs('A'), { required: ['a'] }] }, { a: '' }, { a: '', b: '' }],
  [
    'is not sent',
    { allOf: [...refs('A'), { required: ['b'], properties: { b: { readOnly: true } } }] },
    { a: '' },
    { a: '', b: '' },
  ],
  [
    'is in another alternative',
    { oneOf: [...refs('A'), { allOf: [...refs('A'), { required: ['b'] }] }] },
    { a: '' },
    { a: '', c: '' },
  ],
  ['is in what must not be', { not: { allOf: refs('A', 'B') } }, { a: '', b: '' }, undefined],
  ['is in a condition', { if: { allOf: refs('A', 'B') }, else: { required: ['a'] } }, { a: '', b: '' }, { b: '' }],
])('what can be satisfied is taken to the letter, where the property %s', (_what, schema, valid, invalid) => {
  const { check } = validatorOf(schema, { schemas: { A: closed('a'), B: closed('b') } });
  expect(check(valid)).toBe(true);
  if (invalid) expect(check(invalid)).toBe(false);
});

test.each([
  ['of references', { A: refs('B')[0], B: refs('A')[0] }],
  ['of a schema with itself', { A: { $ref: '#/components/schemas/A' } }],
  ['by allOf', { A: { allOf: [...refs('A'), ...refs('A'), { minProperties: 0 }] } }],
  ['by anyOf and oneOf', { A: { anyOf: [{ type: 'string' }, { oneOf: refs('B') }] }, B: { allOf: refs('A') } }],
])('a circle %s, with no object between, accepts anything there and is told of', (_what, schemas) => {
  for (const openapi of ['3.0.3', '3.1.1']) {
    const description = loadDocument({ openapi, components: { schemas } });
    const validators = createValidators(description);
    const { check } = validators.of(schemas.A, '/components/schemas/A', 'request');
    expect(check({ a: 1 })).toBe(true);
    expect(validators.diagnostics).toContainEqual(
      expect.objectContaining({ rule: 'circular-reference', severity: 'warning', advice: expect.any(String) }),
    );
  }
});

test('what stands beside a reference in a circle still holds', () => {
  const { check } = validatorOf({ allOf: [...refs('It'), { type: 'string' }] });
  expect(check('a')).toBe(true);
  expect(check(1)).toBe(false);
});

test.each(['constructor', 'toString', '__proto__'])('a property named %s is one like any other', (name) => {
  const has = (value: unknown) => JSON.parse(`{"${name}":${value}}`) as unknown;
  const member = { type: 'object', additionalProperties: false, properties: has('{"type":"integer"}') };
  const schema = JSON.parse(JSON.stringify(member).replace('"properties"', `"required":["${name}"],"properties"`));
  const { check, violations } = validatorOf(
    { type: 'array', items: { $ref: '#/components/schemas/Member' } },
    {
      schemas: { Member: schema },
    },
  );
  expect(check([has(1)])).toBe(true);
  expect(violations([has('"a"')], 'body')).toMatchObject([{ pointer: `/0/${name}`, keyword: 'type' }]);
  expect(violations([{}], 'body')).toMatchObject([{ pointer: `/0/${name}`, keyword: 'required' }]);
});

test('an optional property that every object inherits may be left out', () => {
  const { check } = validatorOf({ properties: { constructor: { type: 'string' }, valueOf: { type: 'string' } } });
  expect(check({})).toBe(true);
});

test.each([
  ['required: true', { required: true }],
  ['a minimum that is text', { minimum: '5' }],
  ['a type that is none', { type: 'int' }],
  ['an enum that is null', { enum: null }],
  ['an enum of nothing', { enum: [] }],
  ['a pattern that is a number', { pattern: 5 }],
  ['a multiple of nothing', { multipleOf: 0 }],
])('beside a property with %s the rest counts', (_what, malformed) => {
  const { check } = validatorOf({ type: 'object', properties: { a: malformed, b: { type: 'integer' } } });
  expect(check({ a: 'x', b: 1 })).toBe(true);
  expect(check({ b: 'x' })).toBe(false);
});
