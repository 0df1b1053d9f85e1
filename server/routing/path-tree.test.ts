import { expect, test } from '@jest/globals';
import { createPathTree } from './path-tree.js';

function findAll(templates: readonly string[], path: string) {
  const tree = createPathTree<string>();
  for (const template of templates) tree.add(template, template);
  const found: { template: string; parameters: Readonly<Record<string, string>> }[] = [];
  tree.find(path, (template, parameters) => {
    found.push({ template, parameters });
    return false;
  });
  return found;
}

const templatesFor = (templates: readonly string[], path: string) =>
  findAll(templates, path).map(({ template }) => template);

test.each([
  { templates: ['/users/{id}', '/users/me'], path: '/users/me', order: ['/users/me', '/users/{id}'] },
  {
    templates: ['/reports/{id}', '/reports/{id}.json'],
    path: '/reports/1.json',
    order: ['/reports/{id}.json', '/reports/{id}'],
  },
  {
    templates: ['/{a}.{b}', '/{name}.tar.gz', '/{name}.gz'],
    path: '/x.tar.gz',
    order: ['/{name}.tar.gz', '/{name}.gz', '/{a}.{b}'],
  },
])('of the templates that fit $path the one with more text comes first', ({ templates, path, order }) => {
  expect(templatesFor(templates, path)).toEqual(order);
  expect(templatesFor(templates.toReversed(), path)).toEqual(order);
});

test.each([
  { template: '/{id}.json', path: '/a.b.json', parameters: { id: 'a.b' } },
  { template: '/{from}-{to}', path: '/1-2', parameters: { from: '1', to: '2' } },
  { template: '/v{version}/x', path: '/v2/x', parameters: { version: '2' } },
  { template: '/({id})', path: '/(7)', parameters: { id: '7' } },
])('a segment of text and parameters, $template, gives the parameters of $path', ({ template, path, parameters }) => {
  expect(findAll([template], path)).toEqual([{ template, parameters }]);
});

test('a parameter takes an encoded slash and stays encoded, and a plain slash ends it', () => {
  expect(findAll(['/files/{name}'], '/files/a%2Fb')).toEqual([
    { template: '/files/{name}', parameters: { name: 'a%2Fb' } },
  ]);
  expect(templatesFor(['/files/{name}'], '/files/a/b')).toEqual([]);
  expect(templatesFor(['/users/{id}'], '/users%2F1')).toEqual([]);
});

test.each(['/caf%C3%A9', '/café', '/c%61f%c3%a9'])('%s is found whichever way it is encoded', (path) => {
  expect(templatesFor(['/café'], path)).toEqual(['/café']);
  expect(templatesFor(['/caf%C3%A9'], path)).toEqual(['/caf%C3%A9']);
});

test('broken percent-encoding in a parameter is let through, to be named later', () => {
  expect(findAll(['/files/{name}'], '/files/%zz')).toMatchObject([{ parameters: { name: '%zz' } }]);
});

test('the search goes back to a templated segment where the concrete one leads nowhere', () => {
  const templates = ['/users/me/avatar', '/users/{id}/posts', '/{kind}/me/likes'];
  expect(findAll(templates, '/users/me/posts')).toEqual([{ template: '/users/{id}/posts', parameters: { id: 'me' } }]);
  expect(findAll(templates, '/users/me/likes')).toEqual([
    { template: '/{kind}/me/likes', parameters: { kind: 'users' } },
  ]);
});

test('each template has its own names for the same parameters', () => {
  expect(findAll(['/a/{one}', '/a/{two}'], '/a/1').map(({ parameters }) => parameters)).toEqual([
    { one: '1' },
    { two: '1' },
  ]);
});

test.each(['/users/', '/users//', '//users', '/Users'])('%s is not /users', (path) => {
  expect(templatesFor(['/users', '/users/{id}'], path)).toEqual([]);
});

test('an accepted value ends the search', () => {
  const tree = createPathTree<string>();
  tree.add('/a', 'concrete');
  tree.add('/{x}', 'templated');
  const seen: string[] = [];
  tree.find('/a', (value) => {
    seen.push(value);
    return true;
  });
  expect(seen).toEqual(['concrete']);
});

test('a path of ten thousand templates is found among its own segments alone', () => {
  const tree = createPathTree<number>();
  for (let index = 0; index < 10_000; index++) tree.add(`/things${index}/{id}`, index);
  const asked: number[] = [];
  tree.find('/things9999/1', (value) => {
    asked.push(value);
    return false;
  });
  expect(asked).toEqual([9999]);
});
