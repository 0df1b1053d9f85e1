import { expect, test } from '@jest/globals';
import type { ResponseMediaType } from '../contract/index.js';
import { compileDocument } from '../testing/compile-document.js';
import { fitted } from './fitted.js';

const text = { type: 'string' };
const schema = {
  oneOf: [
    { type: 'object', required: ['uid', 'role', 'email'], properties: { uid: text, role: text, email: text } },
    { type: 'object', required: ['uid', 'role'], properties: { uid: text, role: text } },
  ],
};
const contract = compileDocument({
  paths: { '/x': { get: { responses: { 200: { description: '', content: { 'application/json': { schema } } } } } } },
});
const mediaType = contract.operations[0]?.responses[0]?.content[0] as ResponseMediaType;

test('of a value that is of two alternatives goes what makes it one too many', () => {
  const sent = { uid: '1', role: 'member', email: 'ada@example.com' };
  expect(fitted(mediaType, sent, { uid: 'string', role: 'string' })?.value).toEqual({ uid: '1', role: 'member' });
});

test('a value that is of no alternative has what the example has in place of what is wrong', () => {
  expect(fitted(mediaType, { uid: '1', role: false }, { uid: 'string', role: 'string' })?.value).toEqual({
    uid: '1',
    role: 'string',
  });
});
