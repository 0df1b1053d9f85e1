import { expect, test } from '@jest/globals';
import { compileServers } from './servers.js';

test.each([
  ['https://API.example.com/v1/', { host: 'api.example.com', basePath: '/v1' }],
  ['http://localhost:8080', { host: 'localhost:8080', basePath: '' }],
  ['https://user:secret@example.com/a//b?x=1#y', { host: 'example.com', basePath: '/a/b' }],
  ['//example.com/v1', { host: 'example.com', basePath: '/v1' }],
  ['/v1/', { basePath: '/v1' }],
  ['v1', { basePath: '/v1' }],
  ['/', { basePath: '' }],
  ['', { basePath: '' }],
])('the server %j is taken apart', (url, expected) => {
  expect(compileServers([{ url }], [])).toEqual([{ url, ...expected }]);
});

test('server variables have their defaults, and those without are left', () => {
  const variables = { region: { default: 'eu', enum: ['eu', 'us'] }, version: { default: 2 } };
  expect(compileServers([{ url: 'https://{region}.example.com/v{version}/{tenant}', variables }], [])).toEqual([
    { url: 'https://eu.example.com/v2/{tenant}', host: 'eu.example.com', basePath: '/v2/{tenant}' },
  ]);
});

test.each([[undefined], [[]], ['https://example.com']])('where `servers` is %j, those around it count', (value) => {
  const inherited = [{ url: '/', basePath: '' }];
  expect(compileServers(value, inherited)).toBe(inherited);
});
