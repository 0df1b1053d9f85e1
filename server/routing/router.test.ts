import { expect, test } from '@jest/globals';
import { compile } from '../contract/index.js';
import { loadDescriptions } from '../documents/index.js';
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
