import { expect, test } from '@jest/globals';
import { parseCallbackUrl } from './callback-url.js';

test.each([
  ['{$request.body#/callbackUrl}', [{ source: 'request', part: 'body', keys: ['callbackUrl'] }]],
  ['$request.body#/a~1b/0', [{ source: 'request', part: 'body', keys: ['a/b', '0'] }]],
  ['$request.body', [{ source: 'request', part: 'body', keys: [] }]],
  ['{$request.query.url}/data', [{ source: 'request', part: 'query', name: 'url' }, '/data']],
  [
    'http://example.com?id={$response.header.X-Id}&via={$method}',
    ['http://example.com?id=', { source: 'response', part: 'header', name: 'X-Id' }, '&via=', { source: 'method' }],
  ],
  ['https://example.com/hook', ['https://example.com/hook']],
])('%s is read as a URL of texts and expressions', (text, expected) => {
  expect(parseCallbackUrl(text)).toEqual(expected);
});

test.each(['{$request.cookie.a}', '$response', '{$steps.a}'])('%s is no expression of OpenAPI', (text) => {
  expect(parseCallbackUrl(text)).toBeUndefined();
});
