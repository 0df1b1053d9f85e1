import { expect, test } from '@jest/globals';
import { whyNotAllowed } from './allowed.js';

test.each([
  'http://localhost:1/x',
  'http://127.0.0.1/',
  'http://127.9.9.9',
  'http://[::1]:80/',
  'http://a.localhost',
  'http://0x7f.1/',
])('%s is on this machine', (target) => {
  expect(whyNotAllowed(target, [])).toBeUndefined();
});

test.each([
  'http://example.com/',
  'http://localhost.example.com',
  'http://127.0.0.1.example.com',
  'http://10.0.0.1',
  'http://[::2]/',
  'http://127.0.0.1@example.com/',
])('%s is not, and has to be allowed', (target) => {
  expect(whyNotAllowed(target, [])).toMatch(/allow it with --allow-callbacks /);
});

test.each(['example.com', 'example.com:8080', 'EXAMPLE.com'])('a host may be allowed as %s', (host) => {
  expect(whyNotAllowed('http://example.com:8080/x', [host])).toBeUndefined();
});

test('a host that is allowed on one port is not on another', () => {
  expect(whyNotAllowed('http://example.com:8081/x', ['example.com:8080'])).toBeDefined();
});

test.each(['/relative', 'ftp://localhost/', 'file:///etc/passwd', 'x'])('%s is no URL for a callback', (target) => {
  expect(whyNotAllowed(target, [])).toBe('this is no absolute http or https URL');
});
