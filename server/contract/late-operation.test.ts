import { expect, test } from '@jest/globals';
import { compileDocument } from '../testing/compile-document.js';
import { createLateOperation } from './late-operation.js';

const outline = {
  id: 'a',
  method: 'GET',
  path: '/a',
  pointer: '/paths/~1a/get',
  deprecated: false,
  tags: [],
  servers: [],
  security: [],
};
const completion = { parameters: [], responses: [], callbacks: [], fires: [], rules: [] };

test('an operation is completed once, when more than its outline is asked for', () => {
  let times = 0;
  const operation = createLateOperation(outline, () => {
    times++;
    return completion;
  });
  expect([operation.id, operation.method, operation.path, operation.resource, times]).toEqual([
    'a',
    'GET',
    '/a',
    undefined,
    0,
  ]);
  expect([operation.responses, operation.parameters, operation.requestBody]).toEqual([[], [], undefined]);
  expect(times).toBe(1);
});

test('a copy of an operation that is not complete is', () => {
  const { id, ...copy } = createLateOperation(outline, () => completion);
  expect(copy.responses).toBe(completion.responses);
  expect(id).toBe('a');
});

const content = { 'application/json': { schema: { type: 'object' } } };
const ok = { description: '', content };

test.each([
  ['a parameter', { parameters: [{ $ref: '#/components/parameters/none' }] }],
  ['the request body', { requestBody: { $ref: '#/components/requestBodies/none' } }],
  [
    'an example of the request',
    { requestBody: { content: { 'application/json': { examples: { a: { $ref: '#/none' } } } } } },
  ],
  ['a response', { responses: { 200: { $ref: '#/none' } } }],
  [
    'an example of a response',
    { responses: { 200: { content: { 'application/json': { examples: { a: { $ref: '#/none' } } } } } } },
  ],
  ['a header', { responses: { 200: { ...ok, headers: { a: { $ref: '#/none' } } } } }],
  [
    'an example of a header',
    { responses: { 200: { ...ok, headers: { a: { examples: { a: { $ref: '#/none' } } } } } } },
  ],
  ['an example of a parameter', { parameters: [{ name: 'q', in: 'query', examples: { a: { $ref: '#/none' } } }] }],
  ['an item of content of a parameter', { parameters: [{ $ref: '#/paths/~1things/get/parameters/0' }] }],
])('an operation is left out where %s leads nowhere, before anybody asks for it', (_, operation) => {
  const contract = compileDocument({
    paths: {
      '/things': { get: { responses: { 200: ok }, ...operation } },
      '/others': { get: { responses: { 200: ok } } },
    },
  });
  expect(contract.operations.map(({ path }) => path)).toEqual(['/others']);
  expect(contract.diagnostics.map(({ message }) => message)).toEqual([
    expect.stringContaining('GET /things is left out'),
  ]);
});

test('what is wrong with an operation that can wait is told with the rest, in the order of the document', () => {
  const stray = (name: string) => ({ get: { parameters: [{ name, in: 'path' }], responses: { 200: ok } } });
  const contract = compileDocument({ paths: { '/a': stray('x'), '/b': stray('y') } });
  expect(contract.operations[1]?.parameters).toEqual([]);
  expect(contract.diagnostics.map(({ message }) => message)).toEqual([
    expect.stringContaining('"x" is not in the path /a'),
    expect.stringContaining('"y" is not in the path /b'),
  ]);
});
