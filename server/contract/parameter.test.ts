import { expect, test } from '@jest/globals';
import { compileDocument } from '../testing/compile-document.js';
import { createChance } from './chance.js';

function compileParameters(ofOperation: unknown, ofPathItem: unknown = [], document = {}) {
  const contract = compileDocument({
    ...document,
    paths: { '/a/{id}': { parameters: ofPathItem, get: { parameters: ofOperation, responses: {} } } },
  });
  return { parameters: contract.operations[0]?.parameters ?? [], diagnostics: contract.diagnostics };
}

test.each([
  ['path', { style: 'simple', explode: false, required: true }],
  ['query', { style: 'form', explode: true, required: false }],
  ['header', { style: 'simple', explode: false, required: false }],
  ['cookie', { style: 'form', explode: true, required: false }],
])('a %s parameter has the style of its place', (place, expected) => {
  expect(compileParameters([{ name: 'id', in: place }]).parameters).toMatchObject([expected]);
});

test('an explode that is written counts, and so does a style', () => {
  const { parameters } = compileParameters([{ name: 'a', in: 'query', style: 'deepObject', explode: true }]);
  expect(parameters).toMatchObject([{ style: 'deepObject', explode: true }]);
  expect(compileParameters([{ name: 'a', in: 'query', explode: false }]).parameters).toMatchObject([
    { explode: false },
  ]);
  expect(compileParameters([{ name: 'a', in: 'query', style: 'pipeDelimited' }]).parameters).toMatchObject([
    { explode: false },
  ]);
});

test('an operation replaces parameters of its path item by name and place', () => {
  const { parameters } = compileParameters(
    [{ name: 'a', in: 'query', required: true }],
    [
      { name: 'a', in: 'query' },
      { name: 'a', in: 'header' },
    ],
  );
  expect(parameters.map(({ name, in: place, required }) => [name, place, required])).toEqual([
    ['a', 'query', true],
    ['a', 'header', false],
  ]);
});

test.each(['Accept', 'content-type', 'Authorization'])('a header parameter %s is ignored', (name) => {
  expect(compileParameters([{ name, in: 'header' }])).toEqual({ parameters: [], diagnostics: [] });
});

test.each([[{ name: 'a' }], [{ in: 'query' }], [{ name: 'a', in: 'body' }], ['a']])(
  '%j is no parameter: it is left out, with a warning that has its place',
  (parameter) => {
    expect(compileParameters([parameter])).toMatchObject({
      parameters: [],
      diagnostics: [{ severity: 'warning', rule: 'parameter-invalid', pointer: '/paths/~1a~1{id}/get/parameters/0' }],
    });
  },
);

const typesIn = (schema: unknown) => {
  const document = { components: { schemas: { Id: { type: 'integer' } } } };
  return compileParameters([{ name: 'a', in: 'query', schema }], [], document).parameters[0]?.shape();
};

test.each([
  [{ type: 'integer' }, ['integer']],
  [{ type: ['string', 'null'] }, ['string', 'null']],
  [{ $ref: '#/components/schemas/Id' }, ['integer']],
  [{ enum: [1, 'a', null] }, ['integer', 'string', 'null']],
  [{ oneOf: [{ type: 'integer' }, { const: true }] }, ['integer', 'boolean']],
  [{ anyOf: [{ type: 'integer' }, {}] }, []],
  [true, []],
])('a decoder is told which types %j allows', (schema, types) => {
  expect(typesIn(schema)?.types()).toEqual(types);
});

test('a decoder is told the types of items and properties, in any of the alternatives', () => {
  expect(
    typesIn({ type: 'array', items: { type: 'number' } })
      ?.items()
      .types(),
  ).toEqual(['number']);
  const shape = typesIn({
    allOf: [{ properties: { a: { type: 'boolean' } } }],
    anyOf: [{ type: 'object', properties: { b: { $ref: '#/components/schemas/Id' } } }, { type: 'string' }],
    additionalProperties: { type: 'number' },
  });
  expect([...(shape?.properties() ?? [])].map(([name, { types }]) => [name, types()])).toEqual([
    ['a', ['boolean']],
    ['b', ['integer']],
  ]);
  expect(shape?.additional()?.types()).toEqual(['number']);
  expect(shape?.isOpen()).toBe(true);
  expect(typesIn({ type: 'object' })?.isOpen()).toBe(false);
});

test('a decoder is told the types of what patterns and places speak of', () => {
  const shape = typesIn({
    patternProperties: { '^n': { type: 'integer' } },
    prefixItems: [{ type: 'boolean' }],
    items: { type: 'null' },
  });
  expect([shape?.property('n1').types(), shape?.property('x').types()]).toEqual([['integer'], []]);
  expect([shape?.itemAt(0).types(), shape?.itemAt(1).types()]).toEqual([['boolean'], ['null']]);
});

test('a schema that is its own alternative has a shape', () => {
  const Loop = {
    anyOf: [{ $ref: '#/components/schemas/Loop' }, { type: 'object', properties: { a: { type: 'integer' } } }],
  };
  const parameters = [{ name: 'a', in: 'query', schema: { $ref: '#/components/schemas/Loop' } }];
  const shape = compileParameters(parameters, [], { components: { schemas: { Loop } } }).parameters[0]?.shape();
  expect(shape?.property('a').types()).toEqual(['integer']);
});

test('a schema that contains itself has a shape as deep as one looks', () => {
  const parameters = [{ name: 'a', in: 'query', schema: { $ref: '#/components/schemas/Tree' } }];
  const Tree = {
    type: 'object',
    properties: { child: { $ref: '#/components/schemas/Tree' }, size: { type: 'integer' } },
  };
  const shape = compileParameters(parameters, [], { components: { schemas: { Tree } } }).parameters[0]?.shape();
  const child = shape?.properties().get('child')?.properties().get('child');
  expect(child?.properties().get('size')?.types()).toEqual(['integer']);
});

test('a path parameter that the path lacks is left out, with a warning', () => {
  const { parameters, diagnostics } = compileParameters([{ name: 'other', in: 'path', required: true }]);
  expect(parameters).toEqual([]);
  expect(diagnostics).toMatchObject([{ rule: 'path-parameter-stray', pointer: '/paths/~1a~1{id}/get/parameters/0' }]);
});

test('a parameter described by `content` has its media type and schema', () => {
  const { parameters } = compileParameters([
    { name: 'a', in: 'query', content: { 'Application/JSON': { schema: { type: 'object' } } } },
  ]);
  expect(parameters).toMatchObject([{ mediaType: 'application/json' }]);
  expect(parameters[0]?.validator.check([])).toBe(false);
});

test.each([
  [{ example: 1 }, [1]],
  [
    { examples: { one: { value: 1 }, two: { $ref: '#/components/examples/Two' }, outside: { externalValue: 'x' } } },
    [1, 2],
  ],
  [{}, []],
])('the examples of %j are %j', (more, expected) => {
  const document = { components: { examples: { Two: { value: 2 } } } };
  const { parameters } = compileParameters([{ name: 'a', in: 'query', ...more }], [], document);
  expect(parameters[0]?.examples()).toEqual(expected);
});

test('a parameter can be made up', () => {
  const { parameters } = compileParameters([{ name: 'a', in: 'query', schema: { type: 'integer', minimum: 7 } }]);
  expect(parameters[0]?.sample('documented', createChance('a'))).toBe(7);
});
