import { expect, test } from '@jest/globals';
import { compileDocument } from '../testing/compile-document.js';
import type { Example, RequestMediaType, ResponseMediaType } from './contract.js';

const components = {
  schemas: {
    Cat: { type: 'object', required: ['meow'], properties: { meow: { type: 'string' } } },
    Dog: { type: 'object', required: ['bark'], properties: { bark: { type: 'integer' } }, example: { bark: 7 } },
    Account: {
      title: 'Account',
      type: 'object',
      required: ['id', 'password'],
      properties: { id: { type: 'string', readOnly: true }, password: { type: 'string', writeOnly: true } },
      additionalProperties: false,
    },
  },
  examples: { Tom: { summary: 'a cat', value: { meow: 'm' } } },
};

function mediaTypes(value: unknown, mediaType = 'application/json'): [RequestMediaType, ResponseMediaType] {
  const content = { [mediaType]: value };
  const [operation] = compileDocument({
    components,
    paths: { '/a': { post: { requestBody: { content }, responses: { 200: { description: '', content } } } } },
  }).operations;
  return [
    operation?.requestBody?.content[0] as RequestMediaType,
    operation?.responses[0]?.content[0] as ResponseMediaType,
  ];
}

const examplesOf = (value: unknown, mediaType?: string) => mediaTypes(value, mediaType)[1].examples();
const brief = ({ name, origin, value, state }: Example) => ({ ...(name && { name }), origin, value, kind: state.kind });

const integer = { type: 'integer' };
const cat = { $ref: '#/components/schemas/Cat' };

test.each([
  ['its example', { example: 1, schema: integer }, [{ origin: 'documented', value: 1, kind: 'valid' }]],
  [
    'its examples, by name and in their order',
    { examples: { b: { value: 2 }, a: { value: 1 } }, schema: integer },
    [
      { name: 'b', origin: 'documented', value: 2, kind: 'valid' },
      { name: 'a', origin: 'documented', value: 1, kind: 'valid' },
    ],
  ],
  [
    'an example that it refers to',
    { examples: { tom: { $ref: '#/components/examples/Tom' } }, schema: cat },
    [{ name: 'tom', origin: 'documented', value: { meow: 'm' }, kind: 'valid' }],
  ],
  [
    'the example of its schema',
    { schema: { type: 'integer', example: 3 } },
    [{ origin: 'schema', value: 3, kind: 'valid' }],
  ],
  [
    'the examples of its schema, named by their index',
    { schema: { type: 'integer', examples: [3, 4] } },
    [
      { name: '0', origin: 'schema', value: 3, kind: 'valid' },
      { name: '1', origin: 'schema', value: 4, kind: 'valid' },
    ],
  ],
  [
    'one for each branch of a oneOf, named after the schema or its title',
    { schema: { oneOf: [cat, { $ref: '#/components/schemas/Dog' }, { title: 'Fish', type: 'null' }] } },
    [
      { name: 'Cat', origin: 'schema', value: { meow: 'string' }, kind: 'valid' },
      { name: 'Dog', origin: 'schema', value: { bark: 7 }, kind: 'valid' },
      { name: 'Fish', origin: 'schema', value: null, kind: 'valid' },
    ],
  ],
  ['what its schema adds up to', { schema: cat }, [{ origin: 'schema', value: { meow: 'string' }, kind: 'valid' }]],
  ['an example without a schema', { example: { a: 1 } }, [{ origin: 'documented', value: { a: 1 }, kind: 'valid' }]],
  [
    'an example that is null',
    { example: null, schema: { type: 'null' } },
    [{ origin: 'documented', value: null, kind: 'valid' }],
  ],
])('the examples of a media type are %s', (_what, mediaType, expected) => {
  expect(examplesOf(mediaType).map(brief)).toEqual(expected);
});

test('where every documented example is invalid, one that is valid is added', () => {
  expect(examplesOf({ example: 'one', schema: { type: 'integer', minimum: 1 } }).map(brief)).toEqual([
    { origin: 'documented', value: 'one', kind: 'invalid' },
    { origin: 'schema', value: 1, kind: 'valid' },
  ]);
});

test('where the example of the schema is invalid too, one is generated', () => {
  expect(examplesOf({ schema: { type: 'integer', example: 'one', minimum: 5, maximum: 5 } }).map(brief)).toEqual([
    { origin: 'schema', value: 'one', kind: 'invalid' },
    { origin: 'generated', value: 5, kind: 'valid' },
  ]);
});

test('there is an example even where nothing is documented', () => {
  expect(examplesOf({})).toHaveLength(1);
});

test('an invalid example says what it violates, and where it stands', () => {
  expect(examplesOf({ examples: { a: { value: {} } }, schema: cat })[0]).toMatchObject({
    pointer: '/paths/~1a/post/responses/200/content/application~1json/examples/a/value',
    state: { kind: 'invalid', violations: [{ location: 'body', pointer: '/meow', keyword: 'required' }] },
  });
});

test.each([
  ['JSON in a string', '{"meow": "m"}', 'holds JSON;'],
  ['JSON in a string with a trailing comma', '{"meow": "m",}', 'trailing commas or comments'],
  ['JSON in a string with a comment', '{\n  // loud\n  "meow": "m"\n}', 'trailing commas or comments'],
])('%s is repaired', (_what, example, how) => {
  expect(examplesOf({ example, schema: cat })).toMatchObject([
    { value: { meow: 'm' }, state: { kind: 'repaired', how: expect.stringContaining(how) } },
  ]);
});

test.each([
  ['the value inside is invalid', '{"bark": 1}', cat, 'invalid'],
  ['it is broken beyond certain repair', '{"meow": "m"', cat, 'invalid'],
  ['a string is what the schema asks for', '{"meow": "m"}', { type: 'string' }, 'valid'],
  ['it holds no object or list', '7', integer, 'invalid'],
])('a string is left as it is where %s', (_what, example, schema, kind) => {
  expect(examplesOf({ example, schema })[0]).toMatchObject({ value: example, state: { kind } });
});

test('JSON in a string is repaired where no schema says that it is a string', () => {
  expect(examplesOf({ example: '[1]' })[0]).toMatchObject({ value: [1], state: { kind: 'repaired' } });
  expect(examplesOf({ example: '[1]', schema: {} })[0]).toMatchObject({ value: [1], state: { kind: 'repaired' } });
});

test('text of another media type is served as it is', () => {
  const [example] = examplesOf({ example: '{"a": 1,}', schema: { type: 'object' } }, 'text/csv');
  expect(example).toMatchObject({ value: '{"a": 1,}', state: { kind: 'valid' } });
  expect(example?.bytes.toString()).toBe('{"a": 1,}');
});

test('branches of a oneOf are made for the direction they go', () => {
  const schema = { oneOf: [{ $ref: '#/components/schemas/Account' }, { type: 'null' }] };
  const [request, response] = mediaTypes({ schema });
  expect(request.examples()[0]).toMatchObject({ value: { password: 'string' }, state: { kind: 'valid' } });
  expect(response.examples()[0]).toMatchObject({ value: { id: 'string' }, state: { kind: 'valid' } });
});

test('examples are made once, and are the same in each run, whichever is asked for first', () => {
  const schema = { type: 'string', format: 'uuid' };
  const [request, response] = mediaTypes({ schema });
  expect(response.examples()).toBe(response.examples());
  const again = mediaTypes({ schema });
  expect(again[0].examples()).toEqual(request.examples());
  expect(again[1].examples()).toEqual(response.examples());
});
