import { expect, test } from '@jest/globals';
import { essenceOf, exactness, isInRange, isJson } from './media-type.js';

test.each([
  ['Application/JSON; charset=utf-8', 'application/json'],
  ['application/*', 'application/*'],
  ['*/*', '*/*'],
  ['application/vnd.api+json;version="1; 2"', 'application/vnd.api+json'],
  ['json', undefined],
  ['', undefined],
  ['a/b/c', undefined],
])('the essence of %j is %j', (text, essence) => {
  expect(essenceOf(text)).toBe(essence);
});

test.each([
  ['application/json', true],
  ['text/json', true],
  ['application/problem+json', true],
  ['application/jsonl', false],
  ['application/json-seq', false],
  ['text/plain', false],
])('that %s is JSON is %s', (mediaType, expected) => {
  expect(isJson(mediaType)).toBe(expected);
});

test.each([
  ['application/json', '*/*', true],
  ['application/json', 'application/*', true],
  ['application/json', 'application/json', true],
  ['application/json', 'text/*', false],
  ['applicationx/json', 'application/*', false],
  ['application/json', 'application/xml', false],
  ['application/hal+json', 'application/*+json', true],
  ['application/json', 'application/*+json', false],
  ['application/+json', 'application/*+json', false],
  ['text/x+json', 'application/*+json', false],
])('that %s is in %s is %s', (mediaType, range, expected) => {
  expect(isInRange(mediaType, range)).toBe(expected);
});

test('an exact media type goes before a range, and a range before any', () => {
  const ranges = ['*/*', 'application/*+json', 'application/json', 'application/*'];
  expect(ranges.sort((a, b) => exactness(b) - exactness(a))).toEqual([
    'application/json',
    'application/*+json',
    'application/*',
    '*/*',
  ]);
});
