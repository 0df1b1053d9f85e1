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
  ['./v1', { basePath: '/v1' }],
  ['../a/./b', { basePath: '/a/b' }],
  ['https://example.com:443/v1', { host: 'example.com', basePath: '/v1' }],
  ['http://example.com:80', { host: 'example.com', basePath: '' }],
  ['http://example.com:443', { host: 'example.com:443', basePath: '' }],
  ['My API', { basePath: '/My%20API' }],
])('the server %j is taken apart', (url, expected) => {
  expect(compileServers([{ url }], [])).toEqual([{ url, ...expected }]);
});

const placesOf = (url: string, variables?: object) =>
  compileServers([{ url, variables }], []).map(({ host = '', basePath }) => `${host}${basePath}`);

test('a server variable has each of its values, the default first', () => {
  const variables = { region: { default: 'us', enum: ['eu', 'us'] }, version: { default: 2, enum: [1, 2] } };
  expect(placesOf('https://{region}.example.com/v{version}', variables)).toEqual([
    'us.example.com/v2',
    'us.example.com/v1',
    'eu.example.com/v2',
    'eu.example.com/v1',
  ]);
});

test('a server variable without an enumeration may be anything in the path, and has its default in the host', () => {
  const variables = { user: { default: 'demo' }, base: { default: 'v2' } };
  expect(placesOf('https://{user}.example.com/{base}', variables)).toEqual([
    'demo.example.com/v2',
    'demo.example.com/{base}',
  ]);
  expect(placesOf('https://example.com/{undeclared}')).toEqual(['example.com/{undeclared}']);
});

test('a scheme may be a variable', () => {
  expect(placesOf('{scheme}://example.com/a', { scheme: { default: 'https', enum: ['http', 'https'] } })).toEqual([
    'example.com/a',
    'example.com/a',
  ]);
  expect(placesOf('{scheme}://example.com/a')).toEqual(['example.com/a']);
});

test('a server with more combinations of values than anybody tries is no burden', () => {
  const values = Array.from({ length: 100 }, (_, index) => String(index));
  const variables = Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [name, { default: '0', enum: values }]));
  expect(placesOf('/{a}/{b}/{c}/{d}', variables).length).toBeLessThanOrEqual(200);
});

test.each([[undefined], [[]], ['https://example.com']])('where `servers` is %j, those around it count', (value) => {
  const inherited = [{ url: '/', basePath: '' }];
  expect(compileServers(value, inherited)).toBe(inherited);
});
