import { expect, test } from '@jest/globals';
import { compileDocument } from '../../testing/compile-document.js';
import { compareContracts } from './compare.js';

type Operation = Readonly<Record<string, unknown>>;

const changesOf = (
  before: Operation | undefined,
  after: Operation | undefined,
  components?: Readonly<Record<string, unknown>>,
) => {
  const contract = (operation: Operation | undefined) =>
    compileDocument({
      ...(components && { components }),
      paths: {
        '/kept': { get: { responses: { 200: { description: '' } } } },
        ...(operation && { '/things': { post: operation } }),
      },
    });
  return compareContracts(contract(before), contract(after)).map(
    ({ operation, what, isBreaking }) => `${isBreaking ? '! ' : ''}${operation}: ${what}`,
  );
};
const created = { 201: { description: '' } };
const json = (schema: unknown) => ({ content: { 'application/json': { schema } } });
const asked = (schema: unknown) => ({ requestBody: json(schema), responses: created });
const answered = (schema: unknown) => ({ responses: { 200: { description: '', ...json(schema) } } });
const parameter = (schema: unknown, required = false) => ({
  parameters: [{ name: 'q', in: 'query', required, schema }],
  responses: created,
});
const properties = (names: Readonly<Record<string, unknown>>, ...required: readonly string[]) => ({
  type: 'object',
  properties: names,
  required,
});
const text = { type: 'string' };
const number = { type: 'number' };
const integer = { type: 'integer' };

const request = 'POST /things: request application/json';
const response = 'POST /things: response 200 application/json';

test.each([
  ['an operation that is gone', { responses: created }, undefined, ['! POST /things: is gone']],
  ['a new operation', undefined, { responses: created }, ['POST /things: is new']],
  [
    'a status that is gone',
    { responses: { ...created, 404: { description: '' } } },
    { responses: created },
    ['! POST /things: response 404 is gone'],
  ],
  [
    'a new status',
    { responses: created },
    { responses: { ...created, 409: { description: '' } } },
    ['POST /things: response 409 is new'],
  ],
  [
    'a new required parameter',
    { responses: created },
    parameter(text, true),
    ['! POST /things: required query parameter q is new'],
  ],
  ['a new optional parameter', { responses: created }, parameter(text), ['POST /things: query parameter q is new']],
  [
    'a parameter that becomes required',
    parameter(text),
    parameter(text, true),
    ['! POST /things: query parameter q is required now'],
  ],
  [
    'a parameter of a narrower type',
    parameter(number),
    parameter(integer),
    ['! POST /things: query parameter q is integer, was number'],
  ],
  [
    'a parameter of a wider type',
    parameter(integer),
    parameter(number),
    ['POST /things: query parameter q is number, was integer'],
  ],
  [
    'a new required request body',
    { responses: created },
    { requestBody: { required: true, ...json(text) }, responses: created },
    ['! POST /things: required request body is new'],
  ],
  [
    'a request media type that is gone',
    { requestBody: { content: { 'application/json': {}, 'text/csv': {} } }, responses: created },
    asked({}),
    ['! POST /things: request text/csv is gone'],
  ],
  [
    'a new required request property',
    asked(properties({ a: text }, 'a')),
    asked(properties({ a: text, b: text }, 'a', 'b')),
    [`! POST /things: request application/json /b is new, and required`],
  ],
  [
    'a new optional request property',
    asked(properties({ a: text })),
    asked(properties({ a: text, b: text })),
    [`${request} /b is new`],
  ],
  [
    'a request property that is gone',
    asked(properties({ a: text, b: text })),
    asked(properties({ a: text })),
    [`${request} /b is gone`],
  ],
  [
    'one that is gone from a closed request',
    asked({ ...properties({ a: text, b: text }), additionalProperties: false }),
    asked({ ...properties({ a: text }), additionalProperties: false }),
    [`! ${request} /b is gone`],
  ],
  [
    'a response property that is gone',
    answered(properties({ a: text, b: text })),
    answered(properties({ a: text })),
    [`! ${response} /b is gone`],
  ],
  [
    'a new response property',
    answered(properties({ a: text })),
    answered(properties({ a: text, b: text })),
    [`${response} /b is new`],
  ],
  [
    'a response property that may be missing',
    answered(properties({ a: text }, 'a')),
    answered(properties({ a: text })),
    [`! ${response} /a may be missing now`],
  ],
  [
    'a response property of another type',
    answered(properties({ a: text })),
    answered(properties({ a: number })),
    [`! ${response} /a is number, was string`],
  ],
  [
    'a response property that may be null',
    answered(properties({ a: text })),
    answered(properties({ a: { type: ['string', 'null'] } })),
    [`! ${response} /a is null or string, was string`],
  ],
  [
    'an enum value that is gone from a request',
    asked({ enum: ['a', 'b'] }),
    asked({ enum: ['a'] }),
    [`! ${request} can't be "b" any more`],
  ],
  [
    'an enum value that is new in a request',
    asked({ enum: ['a'] }),
    asked({ enum: ['a', 'b'] }),
    [`${request} may be "b"`],
  ],
  [
    'an enum value that is new in a response',
    answered({ enum: ['a'] }),
    answered({ enum: ['a', 'b'] }),
    [`! ${response} may be "b"`],
  ],
  [
    'a tighter bound on a request',
    asked({ type: 'string', maxLength: 9 }),
    asked({ type: 'string', maxLength: 5 }),
    [`! ${request} has maxLength 5, had 9`],
  ],
  [
    'a looser bound on a request',
    asked({ type: 'string', maxLength: 5 }),
    asked(text),
    [`${request} has maxLength no more, had 5`],
  ],
  [
    'what is nested in lists',
    answered({ type: 'array', items: properties({ a: text }) }),
    answered({ type: 'array', items: properties({}) }),
    [`! ${response} /*/a is gone`],
  ],
  [
    'what is moved into allOf, which says the same',
    answered(properties({ a: text, b: text }, 'a')),
    answered({ allOf: [properties({ a: text }, 'a'), properties({ b: text })] }),
    [],
  ],
  [
    'an alternative that a response may have besides',
    answered({ oneOf: [{ title: 'Cat' }] }),
    answered({ oneOf: [{ title: 'Cat' }, { title: 'Dog' }] }),
    [`! ${response} may be Dog`],
  ],
  [
    'alternatives of the same name',
    answered({
      oneOf: [
        { title: 'Cat', ...properties({ a: text }) },
        { title: 'Cat', ...properties({ b: text }) },
      ],
    }),
    answered({
      oneOf: [
        { title: 'Cat', ...properties({ a: text }) },
        { title: 'Cat', ...properties({ b: text }) },
      ],
    }),
    [],
  ],
  ['other descriptions', { responses: created, summary: 'a' }, { responses: created, summary: 'b' }, []],
])('%s', (_, before, after, changes) => {
  expect(changesOf(before, after)).toEqual(changes);
});

test('what is told of a schema that many refer to is told once, and circles end', () => {
  const node = (more: object) => ({
    schemas: { Node: properties({ next: { $ref: '#/components/schemas/Node' }, ...more }) },
  });
  const contract = (more: object) =>
    compileDocument({
      components: node(more),
      paths: {
        '/a': { get: answered({ $ref: '#/components/schemas/Node' }) },
        '/b': { get: answered({ type: 'array', items: { $ref: '#/components/schemas/Node' } }) },
      },
    });
  expect(compareContracts(contract({ name: text }), contract({}))).toEqual([
    { operation: 'GET /a', what: 'response 200 application/json /name is gone', isBreaking: true },
  ]);
});
