import { expect, test } from '@jest/globals';
import { compileOperationObject } from '../testing/compile-document.js';

const compileResponses = (responses: unknown, document = {}) => compileOperationObject({ responses }, document);

test('responses keep their order, and ranges are written with a capital X', () => {
  const { responses } = compileResponses({ default: {}, '4xx': { description: 'wrong' }, 200: {} });
  expect(responses.map(({ status }) => status)).toEqual(['200', 'default', '4XX']);
  expect(responses[2]).toMatchObject({ description: 'wrong', headers: [], content: [] });
});

test.each([
  ['its example', { example: 5, schema: { type: 'integer' } }, '5'],
  ['the first of its examples', { examples: { a: { value: 'x' }, b: { value: 'y' } } }, 'x'],
  ['a value of its schema', { schema: { type: 'integer', minimum: 3 } }, '3'],
  ['a list', { example: ['a', 'b'] }, 'a,b'],
  ['an object', { example: { a: 1, b: 2 } }, 'a,1,b,2'],
  ['a text where nothing is said of it', {}, 'string'],
])('the value of a header is %s', (_what, header, value) => {
  const [response] = compileResponses({ 200: { headers: { 'X-A': header } } }).responses;
  expect(response?.headers).toMatchObject([{ name: 'X-A', required: false }]);
  expect(response?.headers[0]?.value()).toBe(value);
});

test('a header named Content-Type is ignored, and a reference to one is followed', () => {
  const document = { components: { headers: { A: { required: true, schema: { type: 'integer' } } } } };
  const [response] = compileResponses(
    { 200: { headers: { 'content-type': {}, 'X-A': { $ref: '#/components/headers/A' } } } },
    document,
  ).responses;
  expect(response?.headers).toMatchObject([{ name: 'X-A', required: true }]);
  expect(response?.headers[0]?.read('7')).toBe(7);
});

test('rules are found on responses, media types and examples, each with what it leads to', () => {
  const { rules } = compileResponses({
    404: { 'x-standin-when': 'resource.missing' },
    409: {
      content: {
        'Application/JSON; charset=utf-8': {
          'x-standin-when': ['resource.conflict', { event: 'resource.conflict', pointer: '/id' }],
          examples: { a: { value: 1, 'x-standin-when': { event: 'request.invalid', keyword: 'type', pointer: '/b' } } },
        },
      },
    },
  });
  expect(
    rules.map(({ when, response, mediaType, example }) => [when.event, response.status, mediaType?.mediaType, example]),
  ).toEqual([
    ['request.invalid', '409', 'application/json', 'a'],
    ['resource.conflict', '409', 'application/json', undefined],
    ['resource.missing', '404', undefined, undefined],
    ['resource.conflict', '409', 'application/json', undefined],
  ]);
});

test('an example has its own template, or that of its media type', () => {
  const [response] = compileResponses({
    200: {
      content: {
        'application/json': {
          'x-standin-value': { a: '$method' },
          examples: { own: { value: 1, 'x-standin-value': '$url' }, other: { value: 2 } },
        },
      },
    },
  }).responses;
  const [mediaType] = response?.content ?? [];
  expect(mediaType?.template).toMatchObject({ kind: 'object' });
  expect(mediaType?.examples().map(({ template }) => template?.kind)).toEqual(['expression', 'object']);
});

test('a media type knows the names of the properties that it documents', () => {
  const [response] = compileResponses({
    200: { content: { 'application/json': { schema: { properties: { a: {}, b: {} } } }, 'text/plain': {} } },
  }).responses;
  expect(response?.content.map(({ properties }) => properties()?.size)).toEqual([2, undefined]);
});
