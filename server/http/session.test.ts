import { expect, test } from '@jest/globals';
import { sessionOf } from './session.js';
import { parseTarget } from './target.js';

test.each([
  ['/users', {}, undefined, '/users'],
  ['/users', { 'standin-session': 'a' }, 'a', '/users'],
  ['/users', { cookie: 'x=1; standin-session=a; y=2' }, 'a', '/users'],
  ['/users', { cookie: 'standin-session="a%20b"' }, 'malformed', '/users'],
  ['/users', { cookie: 'my-standin-session=a' }, undefined, '/users'],
  ['/~a/users?x=1', {}, 'a', '/users'],
  ['/~a', {}, 'a', '/'],
  ['/~a/', { 'standin-session': 'b', cookie: 'standin-session=c' }, 'a', '/'],
  ['/~w%23%3F/users', {}, 'w#?', '/users'],
  ['/~a%2Fb/users', {}, 'malformed', '/users'],
  ['/~%zz/users', {}, 'malformed', '/users'],
  ['/~/users', {}, 'malformed', '/users'],
  ['/users', { 'standin-session': '' }, 'malformed', '/users'],
  ['/users', { 'standin-session': 'x'.repeat(129) }, 'malformed', '/users'],
  ['http://host/~a/users', {}, 'a', '/users'],
])('%s with %j is of the session %s, and for %s', (url, headers, id, path) => {
  const target = parseTarget(url);
  const named = sessionOf(target, headers);
  expect(named && ('id' in named ? named.id : 'malformed')).toBe(id);
  expect((named?.target ?? target).path).toBe(path);
});
