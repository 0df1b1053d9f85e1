import { expect, test } from '@jest/globals';
import { compileDocument, compileOperationObject } from '../testing/compile-document.js';

function valueOfHeader(header: unknown, name = 'X-A') {
  const { responses } = compileOperationObject({
    responses: { 200: { description: '', headers: { [name]: header } } },
  });
  return responses[0]?.headers[0]?.value();
}

const array = { type: 'array', items: { type: 'string' } };
const object = { type: 'object', properties: { a: { type: 'integer' }, b: { type: 'string' } } };

test.each<[string, unknown, unknown]>([
  ['a list is joined', { schema: array, example: ['a', 'b'] }, 'a,b'],
  ['an object is a list of names and values', { schema: object, example: { a: 1, b: 'x' } }, 'a,1,b,x'],
  ['an exploded object is a list of pairs', { schema: object, explode: true, example: { a: 1, b: 'x' } }, 'a=1,b=x'],
  ['an object without an example is made', { schema: object }, expect.stringMatching(/^a,\d+,b,/)],
  [
    'a header with content is JSON',
    { content: { 'application/json': { schema: object, example: { a: 1 } } } },
    '{"a":1}',
  ],
  ['an example as text will do', { schema: { type: 'integer' }, example: '42' }, '42'],
  [
    'an example that violates the schema is not sent',
    { schema: { type: 'integer', minimum: 5 }, example: 'many' },
    '5',
  ],
])('%s', (_what, header, expected) => {
  expect(valueOfHeader(header)).toEqual(expected);
});

test('each of several cookies is set by a header of its own', () => {
  expect(valueOfHeader({ schema: array, example: ['a=1; Path=/', 'b=2'] }, 'Set-Cookie')).toEqual([
    'a=1; Path=/',
    'b=2',
  ]);
});

test.each([
  ['Location', /^https:\/\//],
  ['Set-Cookie', /^\w+=/],
  ['Link', /^<https:.*>; rel=/],
  ['ETag', /^".+"$/],
])('a bare %s is plausible', (name, expected) => {
  expect(valueOfHeader({ schema: { type: 'string' } }, name)).toMatch(expected);
});

test('a name that no header can have is left out, and reported', () => {
  const responses = { 200: { description: '', headers: { 'X A': { schema: { type: 'string' } } } } };
  const { operations, diagnostics } = compileDocument({ paths: { '/': { get: { responses } } } });
  expect(operations[0]?.responses[0]?.headers).toEqual([]);
  expect(diagnostics).toMatchObject([{ rule: 'header-name-invalid' }]);
});

test.each<[object, string, unknown]>([
  [{ schema: { type: 'integer' } }, '42', 42],
  [{ schema: { type: 'integer' } }, 'many', 'many'],
  [{ schema: { type: 'array', items: { type: 'integer' } } }, '1, 2', [1, 2]],
  [{ schema: object }, 'a,1,b,x', { a: 1, b: 'x' }],
  [{ schema: object, explode: true }, 'a=1,b=x=y', { a: 1, b: 'x=y' }],
  [{ schema: { ...object, required: ['a'] } }, '{"a":1}', { a: 1 }],
  [{ schema: { oneOf: [{ type: 'integer', maximum: 5 }, { type: 'string' }] } }, '7', '7'],
  [{ content: { 'application/json': { schema: { type: 'integer' } } } }, '7', 7],
])('with %j the text %s is read as %j', (header, text, value) => {
  const { responses } = compileOperationObject({
    responses: { 200: { description: '', headers: { 'X-A': header } } },
  });
  expect(responses[0]?.headers[0]?.read(text)).toEqual(value);
});
