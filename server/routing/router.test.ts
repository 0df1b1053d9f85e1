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
