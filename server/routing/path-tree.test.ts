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
  { template: '/{name}:cancel', path: '/op1:cancel', parameters: { name: 'op1' } },
  { template: '/{name}:cancel', path: '/a:b:cancel', parameters: { name: 'a:b' } },
  { template: '/{name}:cancel', path: '/op1%3Acancel', parameters: { name: 'op1' } },
  { template: '/{name}:cancel', path: '/a%2Fb%3acancel', parameters: { name: 'a%2Fb' } },
  { template: '/{name}:cancel', path: '/%25%3Acancel', parameters: { name: '%25' } },
  { template: '/{name}:cancel', path: '/%zz%3Acancel', parameters: { name: '%zz' } },
  { template: '/{position}.{ext}', path: '/37.8,-122.2.json', parameters: { position: '37.8,-122.2', ext: 'json' } },
  { template: '/{a}-{b}', path: '/---', parameters: { a: '-', b: '-' } },
  { template: '/{a}{b}', path: '/xyz', parameters: { a: 'xy', b: 'z' } },
  { template: '/{a}-{b}-{c}', path: '/1-2-3-4', parameters: { a: '1-2', b: '3', c: '4' } },
])('a segment of text and parameters, $template, gives the parameters of $path', ({ template, path, parameters }) => {
  expect(findAll([template], path)).toEqual([{ template, parameters }]);
});

test.each(['/-2', '/1-', '/.json', '/1-2', '/--', '/--1', '/x.xml'])(
  '%s fits none of the templates whose parameters it lacks',
  (path) => {
    expect(templatesFor(['/{a}-{b}-{c}', '/{id}.json'], path)).toEqual([]);
  },
);

test('text and parameters in a segment are told apart in one pass, however long it is', () => {
  expect(templatesFor(['/{a}-{b}-{c}-{d}.json'], `/${'-'.repeat(100_000)}`)).toEqual([]);
});

test('a verb behind a colon is text, encoded or not', () => {
  expect(templatesFor(['/messages:send', '/{any}'], '/messages%3Asend')).toEqual(['/messages:send', '/{any}']);
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

test('what ends with a slash and what does not are different paths', () => {
  expect(templatesFor(['/a', '/a/', '/{x}', '/{x}/'], '/a')).toEqual(['/a', '/{x}']);
  expect(templatesFor(['/a', '/a/', '/{x}', '/{x}/'], '/a/')).toEqual(['/a/', '/{x}/']);
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

test('parameters are found whatever they are named', () => {
  const [found] = findAll(['/{__proto__}/{constructor}'], '/a/b');
  expect(Object.entries(found?.parameters ?? {})).toEqual([
    ['__proto__', 'a'],
    ['constructor', 'b'],
  ]);
});
