import { expect, test } from '@jest/globals';
import { parseTarget } from './target.js';

test.each([
  { target: '/a/b?c=1&d', parsed: { path: '/a/b', query: 'c=1&d' } },
  { target: '/a?b?c', parsed: { path: '/a', query: 'b?c' } },
  { target: '/a?', parsed: { path: '/a', query: '' } },
  { target: '/a#b?c', parsed: { path: '/a', query: '' } },
  { target: '?a=1', parsed: { path: '/', query: 'a=1' } },
  { target: 'http://api.example:80/a?b=1', parsed: { host: 'api.example:80', path: '/a', query: 'b=1' } },
  { target: 'HTTPS://api.example', parsed: { host: 'api.example', path: '/', query: '' } },
  { target: 'http://api.example?a', parsed: { host: 'api.example', path: '/', query: 'a' } },
  { target: '//a/b', parsed: { path: '//a/b', query: '' } },
  { target: '/go?to=http://x.example/', parsed: { path: '/go', query: 'to=http://x.example/' } },
  { target: '*', parsed: { path: '*', query: '' } },
])('the target $target is $parsed', ({ target, parsed }) => {
  expect(parseTarget(target)).toEqual(parsed);
});
