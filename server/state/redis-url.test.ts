import { expect, test } from '@jest/globals';
import { parseRedisUrl } from './redis-url.js';

test('a URL names a server, and is shown without the password', () => {
  expect(parseRedisUrl('rediss://ada:s%40crt@db.example:6380/2?prefix=team-a')).toEqual({
    servers: ['rediss://ada:s%40crt@db.example:6380/2'],
    isCluster: false,
    prefix: 'team-a',
    shown: 'rediss://db.example:6380/2',
  });
});

test('of a cluster several nodes are named, with the same credentials', () => {
  expect(parseRedisUrl('redis+cluster://:pw@a:1,b:2')).toEqual({
    servers: ['redis://:pw@a:1', 'redis://:pw@b:2'],
    isCluster: true,
    prefix: 'standin',
    shown: 'redis+cluster://a:1,b:2',
  });
});

test.each([
  ['redis:host', 'expected redis://'],
  ['http://host', 'expected redis://'],
  ['redis://', 'expected redis://'],
  ['redis://host/name', 'expected redis://'],
  ['redis://host:99999', 'expected redis://'],
  ['redis://host?db=1', 'expected redis://'],
  ['redis://host?prefix={x}', 'expected redis://'],
  ['redis://a,b', 'redis+cluster://'],
  ['redis+cluster://a/1', 'no databases'],
])('%s is refused with what was expected', (text, message) => {
  expect(() => parseRedisUrl(text)).toThrow(message);
});
