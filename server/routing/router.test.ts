import { expect, test } from '@jest/globals';
import { compile } from '../contract/index.js';
import { type JsonObject, loadDescriptions } from '../documents/index.js';
import { compileDocument } from '../testing/compile-document.js';
import { createRouter, type Route } from './router.js';

const contracts = loadDescriptions(['specs']).map((description) => compile(description));
const router = createRouter(contracts);
const leadsTo = (route: Route) =>
  route.kind === 'operation' ? `${route.contract.name} ${route.operation.method} ${route.operation.path}` : route.kind;

test('several contracts are served under their names, with the base path of their servers or without', () => {
  expect(leadsTo(router.route('POST', undefined, '/joyfill/v1/users'))).toBe('joyfill POST /users');
  expect(leadsTo(router.route('POST', undefined, '/joyfill/users'))).toBe('joyfill POST /users');
  expect(leadsTo(router.route('POST', undefined, '/users'))).toBe('not-found');
});

test('the host of a documented server leads to its API with no prefix, on any port', () => {
  expect(leadsTo(router.route('POST', 'api.permutive.app', '/v2.0/users'))).toBe('permutive POST /users');
  expect(leadsTo(router.route('POST', 'API.Permutive.app:4010', '/v2.0/users'))).toBe('permutive POST /users');
});

test('one contract alone is served at the root', () => {
  const [first] = contracts.filter(({ name }) => name === 'prelude');
  if (!first) throw new Error('no contract');
  const route = createRouter([first]).route('POST', undefined, '/v2/session/apps/54e9ujn/users');
  expect(route).toMatchObject({ kind: 'operation', pathParameters: { appID: '54e9ujn' } });
});

test('a documented path refuses other methods and says which it takes', () => {
  expect(router.route('DELETE', undefined, '/prelude/v2/session/apps/a/users')).toMatchObject({
    kind: 'method-not-allowed',
    allow: ['OPTIONS', 'POST'],
  });
});

test('a path that leads nowhere has a nearest one', () => {
  expect(router.nearest('/user-service/user')).toBe('/user-service/users');
  expect(router.nearest('/formbricks/client/env1/usr')).toBe('/formbricks/client/{environmentId}/user');
});

const responses = { 200: { description: '' } };
const get = { get: { responses } };
const routerOf = (paths: JsonObject, servers?: JsonObject[]) =>
  createRouter([compileDocument({ paths, ...(servers && { servers }) })]);

test('a concrete path that lacks the method leaves the request to a templated one that has it', () => {
  const users = routerOf({ '/users/me': { put: { responses } }, '/users/{id}': get });
  expect(leadsTo(users.route('PUT', undefined, '/users/me'))).toBe('api PUT /users/me');
  expect(leadsTo(users.route('GET', undefined, '/users/me'))).toBe('api GET /users/{id}');
});

test('a refusal of the method allows those of each template that fits', () => {
  const users = routerOf({ '/users/me': { put: { responses } }, '/users/{id}': get });
  expect(users.route('DELETE', undefined, '/users/me')).toMatchObject({ allow: ['GET', 'HEAD', 'OPTIONS', 'PUT'] });
});

test('HEAD is answered by GET, unless it is documented itself', () => {
  const things = routerOf({ '/a': get, '/b': { get: { responses }, head: { responses } } });
  expect(leadsTo(things.route('HEAD', undefined, '/a'))).toBe('api GET /a');
  expect(leadsTo(things.route('HEAD', undefined, '/b'))).toBe('api HEAD /b');
});

test('the base path of a server serves the operations of that server alone', () => {
  const things = routerOf({ '/a': get, '/b': { ...get, servers: [{ url: '/beta' }] } }, [
    { url: 'https://x.example/v1/' },
  ]);
  expect(leadsTo(things.route('GET', undefined, '/v1/a'))).toBe('api GET /a');
  expect(leadsTo(things.route('GET', undefined, '/beta/b'))).toBe('api GET /b');
  expect(leadsTo(things.route('GET', undefined, '/v1/b'))).toBe('not-found');
  expect(leadsTo(things.route('GET', undefined, '/v1a'))).toBe('not-found');
});

test('the path of a base path alone is the document root', () => {
  const root = routerOf({ '/': get }, [{ url: '/v1' }]);
  expect(leadsTo(root.route('GET', undefined, '/v1'))).toBe('api GET /');
  expect(leadsTo(root.route('GET', undefined, '/v1/'))).toBe('api GET /');
});

test('a loopback host is that of an API only with its documented port', () => {
  const local = (name: string, port: number) => ({
    ...compileDocument({ servers: [{ url: `http://localhost:${port}` }], paths: { [`/${name}s`]: get } }),
    name,
  });
  const both = createRouter([local('cat', 3000), local('dog', 3001)]);
  expect(leadsTo(both.route('GET', 'localhost:3001', '/dogs'))).toBe('dog GET /dogs');
  expect(leadsTo(both.route('GET', 'localhost:4010', '/dogs'))).toBe('not-found');
});

/** The path that a request with this target and these headers leads to. */
function pathFor(router: ReturnType<typeof createRouter>, method: string, target: string, headers = {}) {
  const [path = '', query = ''] = target.split('?');
  return leadsTo(router.route(method, undefined, path, { query, headers }));
}

test('paths that are told apart by their query are, and what needs most of it comes first', () => {
  const weather = routerOf({
    '/current': get,
    '/current?lat={lat}&lon={lon}': get,
    '/current?city={city}': get,
    '/current?city={city}&country=fr': get,
  });
  expect(pathFor(weather, 'GET', '/current')).toBe('api GET /current');
  expect(pathFor(weather, 'GET', '/current?lon=1&lat=2&key=3')).toBe('api GET /current?lat={lat}&lon={lon}');
  expect(pathFor(weather, 'GET', '/current?city=a')).toBe('api GET /current?city={city}');
  expect(pathFor(weather, 'GET', '/current?city=a&country=de')).toBe('api GET /current?city={city}');
  expect(pathFor(weather, 'GET', '/current?city=a&country=fr')).toBe('api GET /current?city={city}&country=fr');
  expect(weather.route('GET', undefined, '/current', { query: 'city=a+b%2F', headers: {} })).toMatchObject({
    pathParameters: { city: 'a%20b%2F' },
  });
});

test('paths that are told apart by a fragment are told apart by the query or header that it names', () => {
  const bucket = routerOf({
    '/{bucket}': get,
    '/{bucket}#tagging': get,
    '/{bucket}#analytics': get,
    '/{bucket}#analytics&id': get,
    '/{bucket}#x-copy': get,
  });
  expect(pathFor(bucket, 'GET', '/b')).toBe('api GET /{bucket}');
  expect(pathFor(bucket, 'GET', '/b?tagging')).toBe('api GET /{bucket}#tagging');
  expect(pathFor(bucket, 'GET', '/b?analytics=true')).toBe('api GET /{bucket}#analytics');
  expect(pathFor(bucket, 'GET', '/b?id=1&analytics')).toBe('api GET /{bucket}#analytics&id');
  expect(pathFor(bucket, 'GET', '/b', { 'x-copy': 'a' })).toBe('api GET /{bucket}#x-copy');
});

test('many operations at one path are told apart by the value of a header, and none shadows another', () => {
  const actions = Array.from({ length: 50 }, (_, index) => `/#X-Amz-Target=Service.Action${index}`);
  const service = routerOf(Object.fromEntries(actions.map((path) => [path, { post: { responses } }])));
  actions.forEach((path, index) => {
    expect(pathFor(service, 'POST', '/', { 'x-amz-target': `Service.Action${index}` })).toBe(`api POST ${path}`);
  });
  expect(pathFor(service, 'POST', '/', { 'x-amz-target': 'Service.Other' })).toBe('not-found');
  expect(pathFor(service, 'POST', '/')).toBe('not-found');
});

test('a path that lacks what its key asks for is not found, and the nearest one says what it needs', () => {
  const query = routerOf({ '/a?Action=List': get });
  expect(pathFor(query, 'GET', '/a?Action=Get')).toBe('not-found');
  expect(query.nearest('/a')).toBe('/a?Action=List');
});

test('templates of one shape may have their own methods and parameter names', () => {
  const users = routerOf({ '/users/{id}': get, '/users/{name}': { put: { responses } } });
  expect(users.route('GET', undefined, '/users/1')).toMatchObject({ pathParameters: { id: '1' } });
  expect(users.route('PUT', undefined, '/users/1')).toMatchObject({ pathParameters: { name: '1' } });
  expect(users.route('POST', undefined, '/users/1')).toMatchObject({ allow: ['GET', 'HEAD', 'OPTIONS', 'PUT'] });
});

test('each value of a server variable leads to the operations of its server', () => {
  const servers = [
    { url: 'https://x.example/{version}', variables: { version: { default: 'v1', enum: ['v1', 'v2'] } } },
  ];
  const things = routerOf({ '/a': get }, servers);
  expect(leadsTo(things.route('GET', undefined, '/v1/a'))).toBe('api GET /a');
  expect(leadsTo(things.route('GET', undefined, '/v2/a'))).toBe('api GET /a');
  expect(leadsTo(things.route('GET', undefined, '/v3/a'))).toBe('not-found');
});

test('a server variable that may be anything takes no path from those that are documented', () => {
  const servers = [{ url: '/{tenant}', variables: { tenant: { default: 'acme' } } }];
  const things = routerOf({ '/a': get, '/things/a': { get: { responses, operationId: 'thing' } } }, servers);
  expect(leadsTo(things.route('GET', undefined, '/other/a'))).toBe('api GET /a');
  expect(leadsTo(things.route('GET', undefined, '/things/a'))).toBe('api GET /things/a');
  expect(leadsTo(things.route('GET', undefined, '/other/things/a'))).toBe('api GET /things/a');
  expect(leadsTo(things.route('GET', undefined, '/x/y/a'))).toBe('not-found');
});

test('a path item may document the query method, and others', () => {
  const things = createRouter([
    compileDocument({
      openapi: '3.2.0',
      paths: {
        '/a': { query: { responses }, additionalOperations: { COPY: { responses }, 'M-SEARCH': { responses } } },
      },
    }),
  ]);
  expect(leadsTo(things.route('QUERY', undefined, '/a'))).toBe('api QUERY /a');
  expect(leadsTo(things.route('COPY', undefined, '/a'))).toBe('api COPY /a');
  expect(things.route('GET', undefined, '/a')).toMatchObject({ allow: ['COPY', 'M-SEARCH', 'OPTIONS', 'QUERY'] });
});

test('operations with equal templates come with the path parameters by their own names', () => {
  const { route } = routerOf({ '/a/{b}/{c}': get, '/a/{x}/{y}': get, '/a/{b}/d': get });
  expect(route('GET', undefined, '/a/1/2')).toMatchObject({
    operation: { path: '/a/{b}/{c}' },
    pathParameters: { b: '1', c: '2' },
    equals: [{ operation: { path: '/a/{x}/{y}' }, pathParameters: { x: '1', y: '2' } }],
  });
  expect(route('GET', undefined, '/a/1/d')).not.toHaveProperty('equals');
});
