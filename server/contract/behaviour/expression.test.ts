import { expect, test } from '@jest/globals';
import { looksLikeExpression, parseConditionExpression, parseExpression } from './expression.js';

test.each([
  ['$method', { source: 'method' }],
  ['$url', { source: 'url' }],
  ['$violations', { source: 'violations' }],
  ['$request.path.id', { source: 'path', name: 'id', keys: [] }],
  ['$request.query.filter[a]', { source: 'query', name: 'filter[a]', keys: [] }],
  ['$request.query.filter#/a', { source: 'query', name: 'filter', keys: ['a'] }],
  ['$request.header.X-Request-ID', { source: 'header', name: 'X-Request-ID', keys: [] }],
  ['$request.body', { source: 'body', keys: [] }],
  ['$request.body#/', { source: 'body', keys: [''] }],
  ['$request.body#/a~1b/0/c~0d', { source: 'body', keys: ['a/b', '0', 'c~d'] }],
  ['$resource', { source: 'resource', keys: [] }],
  ['$parent#/id', { source: 'parent', keys: ['id'] }],
  ['$violation.field', { source: 'violation', name: 'field' }],
  ['$statusCode', { source: 'statusCode' }],
  ['$response.header.Location', { source: 'responseHeader', name: 'Location' }],
  ['$response.body#/id', { source: 'responseBody', keys: ['id'] }],
  ['$generated.date-time', { source: 'generated', name: 'date-time' }],
])('%s is a runtime expression', (text, expression) => {
  expect(parseExpression(text)).toEqual(expression);
});

test.each([
  'method',
  '$',
  '$request',
  '$request.body.id',
  '$request.body#id',
  '$request.path.',
  '$response.body.id',
  '$response.status',
  '$violation.place',
  '$generated.number',
  '$METHOD',
  '$method ',
])('%j is no runtime expression, and the error says what is', (text) => {
  expect(() => parseExpression(text)).toThrow(`"${text}" is not a runtime expression; expected $method`);
});

test.each([
  ['$request.body', true],
  ['$violations', true],
  ['$requested', false],
  ['$5.00', false],
  ['a $request.body', false],
])('that %j means to be an expression is %s', (text, expected) => {
  expect(looksLikeExpression(text)).toBe(expected);
});

test.each([
  ['$request.body.lines[0].article', { source: 'body', keys: ['lines', '0', 'article'] }],
  ['$resource.status', { source: 'resource', keys: ['status'] }],
  ['$resource#/a.b', { source: 'resource', keys: ['a.b'] }],
  ['$request.query.a.b', { source: 'query', name: 'a.b', keys: [] }],
])('%s may stand in a condition', (text, expression) => {
  expect(parseConditionExpression(text)).toEqual(expression);
});

test.each(['$statusCode', '$response.body#/id'])('%s may not stand in a condition: there is no reply yet', (text) => {
  expect(() => parseConditionExpression(text)).toThrow(`"${text}" speaks of the reply, which is not decided yet`);
});
