import { expect, test } from '@jest/globals';
import { compileDocument } from '../testing/compile-document.js';
import { nearestPath } from './nearest.js';

const responses = { 200: { description: '' } };
const shop = {
  ...compileDocument({
    servers: [{ url: 'https://shop.example/v1' }],
    paths: { '/orders/{id}': { get: { responses } } },
  }),
  name: 'shop',
};
const users = {
  ...compileDocument({ paths: { '/users': { get: { responses } }, '/users/{id}': { get: { responses } } } }),
  name: 'users',
};

test.each([
  { path: '/users/user', nearest: '/users/users' },
  { path: '/users/user/a-very-long-identity', nearest: '/users/users/{id}' },
  { path: '/shop/order/1', nearest: '/shop/orders/{id}' },
  { path: '/shop/v1/order/1', nearest: '/shop/v1/orders/{id}' },
  { path: '/shop/users', nearest: '/shop/orders/{id}' },
])('the documented path nearest to $path is $nearest', ({ path, nearest }) => {
  expect(nearestPath(path, [shop, users], ({ name }) => `/${name}`)).toBe(nearest);
});

test('without operations there is no nearest path', () => {
  expect(nearestPath('/a', [compileDocument({ paths: {} })], () => '')).toBeUndefined();
});

test('of equally near paths, one without a base path is named', () => {
  const both = compileDocument({
    paths: {
      '/b/cat': { get: { responses }, servers: [{ url: '/a' }] },
      '/a/b/cats': { get: { responses } },
      '/a/b/cart': { get: { responses } },
    },
  });
  expect(nearestPath('/a/b/caxt', [both], () => '')).toBe('/a/b/cart');
});

test('a path with a slash too many is near the one without', () => {
  expect(nearestPath('/users/', [users], () => '')).toBe('/users');
});

test('of equally near paths, the one that asks for the least is named', () => {
  const bucket = compileDocument({ paths: { '/{b}#acl': { get: { responses } }, '/{b}': { get: { responses } } } });
  expect(nearestPath('/a/b', [bucket], () => '')).toBe('/{b}');
});
