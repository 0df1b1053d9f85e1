import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { formatDiagnostic, loadDescriptions } from '../documents/index.js';
import { compileDocument } from '../testing/compile-document.js';
import { compile } from './compile.js';

test('the behaviour that the overlays declare is compiled into the operation, the most specific condition first', () => {
  const [description] = loadDescriptions(['specs/prelude']);
  if (!description) throw new Error('no description');
  const [operation] = compile(description).operations;
  expect(operation?.resource).toMatchObject({
    name: 'users',
    generate: { kind: 'ulid', prefix: 'usr_' },
    scope: ['appID'],
  });
  const first = operation?.rules.findIndex(({ when }) => when.event === 'request.invalid' && when.pointer === '/id');
  const general = operation?.rules.findIndex(
    ({ when }) => when.event === 'request.invalid' && when.pointer === undefined,
  );
  expect(first).toBeLessThan(general as number);
  expect(readFileSync('specs/prelude/openapi.yaml', 'utf8')).not.toContain('x-standin');
});

test('a contract has the name, the title and the version of its document', () => {
  const contract = compileDocument({ info: { title: 'Users', version: '1.2' } });
  expect(contract).toMatchObject({ name: 'api', title: 'Users', version: '1.2' });
  expect(compileDocument('openapi: 3.1.0')).toMatchObject({ title: 'api', version: '' });
});

test('an operation is called by its operationId, else by its method and path', () => {
  const { operations } = compileDocument({
    paths: { '/a': { get: { operationId: 'getA', deprecated: true, tags: ['t'] }, query: {}, 'x-more': {} } },
  });
  expect(operations).toMatchObject([
    { id: 'getA', method: 'GET', path: '/a', pointer: '/paths/~1a/get', deprecated: true, tags: ['t'] },
    { id: 'QUERY /a', method: 'QUERY', deprecated: false, tags: [] },
  ]);
});

test('the servers of an operation go before those of its path item, and those before those of the document', () => {
  const { operations } = compileDocument({
    servers: [{ url: '/document' }],
    paths: {
      '/a': { servers: [{ url: '/item' }], get: { servers: [{ url: '/operation' }] }, put: {} },
      '/b': { get: {} },
    },
  });
  expect(operations.map(({ servers }) => servers[0]?.basePath)).toEqual(['/operation', '/item', '/document']);
});

test('a path item may be referred to', () => {
  const { operations } = compileDocument({
    paths: { '/a': { $ref: '#/components/pathItems/A' } },
    components: { pathItems: { A: { get: {} } } },
  });
  expect(operations).toMatchObject([{ path: '/a', pointer: '/components/pathItems/A/get' }]);
});

test.each([
  [
    'an operationId that is taken',
    { '/a': { get: { operationId: 'a' }, put: { operationId: 'a' } } },
    'operation-id-repeated',
    ['a', 'PUT /a'],
  ],
  ['a path without a slash', { a: { get: {} }, '/b': { get: {} } }, 'path-invalid', ['GET /b']],
  ['a path item that is none', { '/a': 1, '/b': { get: {} } }, 'path-item-invalid', ['GET /b']],
  ['an operation that is none', { '/a': { get: [], put: {} } }, 'operation-invalid', ['PUT /a']],
  [
    'a status that is none',
    { '/a': { get: { responses: { 600: {}, ok: {}, 'x-a': {} } } } },
    'status-invalid',
    ['GET /a'],
  ],
  [
    'a response that leads nowhere',
    { '/a': { get: { responses: { 200: { $ref: '#/x' } } }, put: {} } },
    'unresolved-reference',
    ['PUT /a'],
  ],
  [
    'an example of a response that leads nowhere',
    { '/a': { get: { responses: { 200: { content: { 'a/b': { examples: { x: { $ref: '#/x' } } } } } } }, put: {} } },
    'unresolved-reference',
    ['PUT /a'],
  ],
  [
    'an example of a request that leads nowhere',
    { '/a': { get: { requestBody: { content: { 'a/b': { examples: { x: { $ref: '#/x' } } } } } }, put: {} } },
    'unresolved-reference',
    ['PUT /a'],
  ],
  [
    'an example of a parameter that leads nowhere',
    { '/a': { get: { parameters: [{ name: 'a', in: 'query', examples: { x: { $ref: '#/x' } } }] }, put: {} } },
    'unresolved-reference',
    ['PUT /a'],
  ],
  [
    'an example of a header that leads nowhere',
    { '/a': { get: { responses: { 200: { headers: { a: { examples: { x: { $ref: '#/x' } } } } } } }, put: {} } },
    'unresolved-reference',
    ['PUT /a'],
  ],
  ['no operation at all', {}, 'no-operations', []],
])('%s is a warning, and the rest is served', (_what, paths, rule, ids) => {
  const { operations, diagnostics } = compileDocument({ paths });
  expect(operations.map(({ id }) => id)).toEqual(ids);
  expect(new Set(diagnostics.map((diagnostic) => `${diagnostic.severity} ${diagnostic.rule}`))).toEqual(
    new Set([`warning ${rule}`]),
  );
});

test('paths that are no object are an error', () => {
  expect(() => compileDocument({ paths: [] })).toThrow('error expected an object of paths');
});

test('a schema that can’t be used is a warning of the contract, once it was used', () => {
  const contract = compileDocument({
    paths: {
      '/a': { get: { responses: { 200: { content: { 'application/json': { schema: { required: true } } } } } } },
    },
  });
  expect(contract.diagnostics).toEqual([]);
  contract.operations[0]?.responses[0]?.content[0]?.examples();
  expect(contract.diagnostics).toMatchObject([{ rule: 'schema-invalid', pointer: expect.stringMatching(/\/schema$/) }]);
});

const document = `openapi: 3.1.0
paths:
  /apps/{app}/users:
    post:
      responses:
        '201': { description: made }
        '409':
          description: taken
          content:
            application/json:
              examples:
                taken: { value: {} }
`;
const declare = (resource: string) =>
  `overlay: 1.0.0\nactions:\n  - target: $.paths.*.post\n    update:\n      x-standin-resource:\n        name: users\n${resource}`;

test.each([
  [
    '        unique: [{ pointer: /a, example: token }]',
    '7:33 error x-standin-resource names the example "token", which no response has',
  ],
  [
    '        scope: [app, org]',
    '7:22 error x-standin-resource is scoped by "org", which the path lacks; name one of: app',
  ],
  [
    '        parent: { name: apps, parameter: id }',
    '7:31 error x-standin-resource has a parent found by "id", which the path lacks',
  ],
])('an extension that names what is not there is an error with its place in the overlay: %s', (resource, message) => {
  expect(() => compileDocument(document, declare(resource))).toThrow(`1.overlay.yaml:${message}`);
});

test('an extension of a path item holds for its operations, unless they have their own', () => {
  const { operations } = compileDocument({
    paths: {
      '/a': {
        'x-standin-limit': { requests: 1, seconds: 1 },
        'x-standin-resource': { name: 'a' },
        get: {},
        put: { 'x-standin-resource': false },
      },
    },
  });
  expect(operations.map(({ limit }) => limit?.pointer)).toEqual(new Array(2).fill('/paths/~1a/x-standin-limit'));
  expect(operations.map(({ resource }) => resource?.name)).toEqual(['a', undefined]);
});

test.each([
  ['an extension of a path item', 'x-standin-limit: { requests: 0, seconds: 1 }', '5:24'],
  ['what an extension of a path item names', 'x-standin-resource: { name: a, scope: [b] }', '5:44'],
])('a mistake in %s is told once, where it stands', (_what, extension, place) => {
  const text = `openapi: 3.1.0\npaths:\n  /a:\n    summary: two\n    ${extension}\n    get: {}\n    put: {}\n`;
  expect(() => compileDocument(text)).toThrow(
    expect.objectContaining({
      message: expect.stringMatching(new RegExp(`^[^\\n]*openapi\\.yaml:${place} error [^\\n]*$`)),
    }),
  );
});

test.each(['prelude', 'formbricks', 'joyfill', 'permutive', 'user-service'])(
  'specs/%s has nothing to complain of',
  (name) => {
    const [description] = loadDescriptions([`specs/${name}`]);
    expect(description && compile(description).diagnostics.map(formatDiagnostic)).toEqual([]);
  },
);

test('a path item whose reference leads nowhere is left out with a warning, and the others are served', () => {
  const get = { responses: { 204: { description: 'Fine' } } };
  const contract = compileDocument({
    paths: { '/a': { get }, '/b': { $ref: '#/components/pathItems/lost' }, '/c': { $ref: '#/components/pathItems/c' } },
    components: { pathItems: { c: { get } } },
  });
  expect(contract.operations.map(({ path }) => path)).toEqual(['/a', '/c']);
  expect(contract.diagnostics).toMatchObject([
    { severity: 'warning', rule: 'unresolved-reference', pointer: '/paths/~1b/$ref' },
  ]);
});

test('an extension that is named as ours are, and is none, is an error where it stands, with the name that was meant', () => {
  const text = `openapi: 3.1.0
paths:
  /a:
    x-standin-resurce: false
    x-internal: true
    post:
      x-standin-limits: {requests: 1, seconds: 1}
      requestBody:
        content:
          application/json:
            X-Standin-Value: 1
      responses:
        x-standin-whenn: {}
        '200': { $ref: '#/components/responses/Ok' }
components:
  responses:
    Ok:
      description: fine
      x-standin-wen: resource.created
      content:
        application/json:
          x-standin-vale: 1
          examples:
            a: { value: { x-standin-data: 1 }, x-standin-wehn: resource.found }
`;
  const found = () => {
    try {
      compileDocument(text);
    } catch (error) {
      return (error as Error).message.split('\n').map((line) => line.replace(/^.*openapi\.yaml:/, ''));
    }
    return [];
  };
  const line = (place: string, name: string, meant: string) =>
    `${place} error there is no extension "${name}"; write ${meant}, or remove it; see docs/extensions.md [extension-unknown]`;
  expect(found().sort()).toEqual(
    [
      line('4:5', 'x-standin-resurce', 'x-standin-resource'),
      line('7:7', 'x-standin-limits', 'x-standin-limit'),
      line('11:13', 'X-Standin-Value', 'x-standin-value'),
      line('13:9', 'x-standin-whenn', 'x-standin-when'),
      line('19:7', 'x-standin-wen', 'x-standin-when'),
      line('22:11', 'x-standin-vale', 'x-standin-value'),
      line('24:48', 'x-standin-wehn', 'x-standin-when'),
    ].sort(),
  );
});
