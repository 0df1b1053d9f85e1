import { expect, test } from '@jest/globals';
import { isLoopbackHost, refuseControl } from './authorize.js';

const problemOf = (headers: Record<string, string>, token?: string) => refuseControl(headers, token)?.problem;

test.each([
  [{}, undefined],
  [{ host: 'localhost:4010' }, undefined],
  [{ host: '127.0.0.1:4010', origin: 'http://localhost:3000' }, undefined],
  [{ host: '[::1]:4010', origin: 'http://app.localhost:3000' }, undefined],
  [{ host: 'localhost', origin: 'https://page.example' }, 'origin-refused'],
  [{ host: 'localhost', origin: 'null' }, 'origin-refused'],
  [{ host: 'localhost', origin: 'http://localhost.page.example' }, 'origin-refused'],
  [{ host: 'page.example' }, 'origin-refused'],
] as const)('without a token, %j comes to: %s', (headers, expected) => {
  expect(problemOf(headers)).toBe(expected);
});

test.each([
  [{ authorization: 'Bearer hush', origin: 'https://page.example' }, undefined],
  [{ authorization: 'bearer  hush' }, undefined],
  [{ authorization: 'Bearer hus' }, 'credentials-invalid'],
  [{ authorization: 'Basic hush' }, 'credentials-missing'],
  [{}, 'credentials-missing'],
] as const)('with one, %j comes to: %s', (headers, expected) => {
  expect(problemOf(headers, 'hush')).toBe(expected);
});

test.each([
  ['localhost', true],
  ['127.0.0.1', true],
  ['127.9.9.9', true],
  ['::1', true],
  ['0.0.0.0', false],
  ['::', false],
  ['192.168.0.1', false],
  ['127.0.0.1.page.example', false],
])('whether %s is this machine alone: %s', (host, expected) => {
  expect(isLoopbackHost(host)).toBe(expected);
});
