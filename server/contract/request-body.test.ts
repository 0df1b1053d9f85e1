import { expect, test } from '@jest/globals';
import { compileOperationObject } from '../testing/compile-document.js';

const compileRequestBody = (requestBody: unknown, document = {}) =>
  compileOperationObject({ requestBody }, document).requestBody;

test('an operation without a request body has none', () => {
  expect(compileRequestBody(undefined)).toBeUndefined();
});

test('a request body may be referred to, and is optional unless it says otherwise', () => {
  const document = { components: { requestBodies: { A: { required: true, content: {} } } } };
  expect(compileRequestBody({ $ref: '#/components/requestBodies/A' }, document)).toEqual({
    required: true,
    pointer: '/components/requestBodies/A',
    content: [],
  });
  expect(compileRequestBody({ content: {} })).toMatchObject({ required: false });
});

test('media types are written in lower case, without parameters', () => {
  const content = { 'Application/JSON; charset=utf-8': {}, 'image/*': {}, '*/*': {} };
  expect(compileRequestBody({ content })?.content.map(({ mediaType }) => mediaType)).toEqual([
    'application/json',
    'image/*',
    '*/*',
  ]);
});

test('a media type has the schema as it is documented, a validator and examples for requests', () => {
  const schema = {
    type: 'object',
    required: ['id', 'a'],
    properties: { id: { readOnly: true }, a: { type: 'integer' } },
  };
  const [mediaType] = compileRequestBody({ content: { 'application/json': { schema } } })?.content ?? [];
  expect(mediaType).toMatchObject({
    schema,
    schemaPointer: '/paths/~1things~1{id}/post/requestBody/content/application~1json/schema',
  });
  expect(mediaType?.validator.check({ a: 1 })).toBe(true);
  expect(mediaType?.examples()).toMatchObject([{ value: { a: 0 }, state: { kind: 'valid' } }]);
  expect(mediaType?.properties()).toEqual(new Set(['id', 'a']));
});
