import { expect, test } from '@jest/globals';
import { isHost, whyNotAllowed } from './allowed.js';

test.each([
  'http://localhost:1/x',
  'http://127.0.0.1/',
  'http://127.9.9.9',
  'http://[::1]:80/',
  'http://a.localhost',
  'http://0x7f.1/',
  'http://2130706433/',
])('%s is on this machine', (target) => {
  expect(whyNotAllowed(target, [])).toBeUndefined();
});

test.each([
  'http://example.com/',
  'http://localhost.example.com',
  'http://127.0.0.1.example.com',
  'http://10.0.0.1',
  'http://[::2]/',
  'http://[::]/',
  'http://[::ffff:127.0.0.1]/',
  'http://0.0.0.0/',
  'http://localhost./',
  'http://169.254.169.254/',
  'http://127.0.0.1@example.com/',
])('%s is not, and has to be allowed', (target) => {
  expect(whyNotAllowed(target, [])).toMatch(/allow it with --allow-callbacks /);
});

test.each(['example.com', 'example.com:8080', 'EXAMPLE.com', 'example.com:08080'])(
  'a host may be allowed as %s',
  (host) => {
    expect(whyNotAllowed('http://example.com:8080/x', [host])).toBeUndefined();
  },
);

test('a host that is allowed on one port is not on another', () => {
  expect(whyNotAllowed('http://example.com:8081/x', ['example.com:8080'])).toBeDefined();
});

test.each(['/relative', 'ftp://localhost/', 'file:///etc/passwd', 'x'])('%s is no URL for a callback', (target) => {
  expect(whyNotAllowed(target, [])).toBe('this is no absolute http or https URL');
});

test.each([
  ['http://example.com/', 'example.com:80'],
  ['https://example.com/', 'example.com:443'],
  ['http://[2001:db8::1]:81/', '[2001:db8:0::1]'],
  ['http://bücher.example/', 'xn--bcher-kva.example'],
])('%s is allowed as %s, which is the same', (target, host) => {
  expect(whyNotAllowed(target, [host])).toBeUndefined();
});

test.each(['example.com', 'example.com:80', '[::1]:80', '10.0.0.1'])('%s is a host', (text) => {
  expect(isHost(text)).toBe(true);
});

test.each(['', 'http://example.com', 'example.com/x', 'a b', 'user@example.com', 'example.com:', 'a:b', '::1'])(
  '"%s" is no host',
  (text) => {
    expect(isHost(text)).toBe(false);
  },
);
