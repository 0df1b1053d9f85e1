import { expect, test } from '@jest/globals';
import type { Answer } from './answer.js';
import { followLocation } from './follow-location.js';

const asked = { method: 'POST', path: '/users', headers: {} };
const next = { method: 'GET', path: '/users/guess?expand=all', headers: {} };
const followed = (location?: string, baseUrl = 'http://localhost:3000/v1') => {
  const answer: Answer = { status: 201, headers: location === undefined ? {} : { location }, body: Buffer.alloc(0) };
  const made = followLocation(next, asked, answer, baseUrl);
  return 'missing' in made ? made : made.path;
};

test.each([
  ['a path', '/v1/users/7', '/users/7?expand=all'],
  ['a path from where it was asked', 'users/7', '/users/7?expand=all'],
  ['a URL', 'http://localhost:3000/v1/users/7?page=1', '/users/7?page=1'],
  ['a URL behind a proxy', 'https://api.example.com/v1/users/7', '/users/7?expand=all'],
])('%s is followed', (_, location, path) => {
  expect(followed(location)).toBe(path);
});

test('what is not there, or not below the API, is not followed', () => {
  expect(followed()).toEqual({ missing: 'Location' });
  expect(followed('/users/7')).toEqual({ missing: 'Location below http://localhost:3000/v1' });
});
