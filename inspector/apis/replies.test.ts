import { expect, test } from '@jest/globals';
import { preferFor, statusFor } from './replies.js';

test.each([
  ['404', 404],
  ['4XX', 400],
  ['default', 500],
])('%s can be asked for as %d', (status, code) => {
  expect(statusFor(status)).toBe(code);
});

test('the name of an example is quoted where it is no token', () => {
  expect(preferFor({ status: '200', example: 'two_words', label: '' })).toBe('code=200, example=two_words');
  expect(preferFor({ status: '200', example: 'two "words"', label: '' })).toBe('code=200, example="two \\"words\\""');
});
