import { expect, test } from '@jest/globals';
import { type CallbackUrl, parseCallbackUrl } from '../contract/index.js';
import type { Reply } from '../replies/index.js';
import { type Asked, requestOf } from '../testing/client.js';
import { messageOf, resolveUrls } from './resolve-url.js';

const reply: Reply = {
  status: 201,
  headers: { 'content-type': 'application/json', location: 'http://localhost/things/7' },
  body: Buffer.from('{"id":"a b"}'),
  reason: 'example',
};
const resolved = (text: string, asked: Asked = {}) =>
  resolveUrls(parseCallbackUrl(text) as CallbackUrl, messageOf(requestOf(asked), reply));

test.each<[string, Asked, string]>([
  ['{$request.body#/hooks/0}', { json: { hooks: ['http://a/1'] } }, 'http://a/1'],
  ['{$request.query.url}/data', { query: 'url=http%3A%2F%2Fa%2F1' }, 'http://a/1/data'],
  ['{$request.header.X-Url}', { headers: { 'x-url': 'http://a' } }, 'http://a'],
  ['http://a/{$request.path.id}', { path: { id: 'x%20y' } }, 'http://a/x%20y'],
  ['http://a?id={$response.body#/id}', {}, 'http://a?id=a%20b'],
  ['{$response.header.Location}', {}, 'http://localhost/things/7'],
  ['http://a/{$method}/{$statusCode}', {}, 'http://a/POST/201'],
  ['{$url}', { query: 'a=1', headers: { host: 'localhost:1' } }, 'http://localhost:1/things?a=1'],
])('%s is resolved by the request and its response', (text, asked, expected) => {
  expect(resolved(text, asked)).toEqual([expected]);
});

test('a form has its URL in a field', () => {
  const asked: Asked = {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: { kind: 'bytes', bytes: Buffer.from('cb=http%3A%2F%2Fa') },
  };
  expect(resolved('{$request.body#/cb}', asked)).toEqual(['http://a']);
});

test.each<[string, Asked]>([
  ['{$request.body#/url}', { json: {} }],
  ['{$request.body#/url}', { json: { url: null } }],
  ['{$request.body#/url}', { json: { url: { a: 1 } } }],
  ['{$request.query.url}', {}],
  ['http://a/{$request.header.x}', {}],
])('%s is no URL where the request lacks what it names', (text, asked) => {
  expect(resolved(text, asked)).toEqual([]);
});

test('each URL of a list is meant', () => {
  expect(resolved('{$request.body#/urls}/x', { json: { urls: ['http://a', null, 'http://b'] } })).toEqual([
    'http://a/x',
    'http://b/x',
  ]);
});
