import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type Description, formatDiagnostic, type LoadOptions, loadDescriptions } from '../../documents/index.js';
import { loadDocument, writeFolder } from '../../testing/load-document.js';
import { check } from './check.js';

const told = (...documents: Parameters<typeof loadDocument>) =>
  check(loadDocument(...documents)).diagnostics.map((diagnostic) =>
    formatDiagnostic(diagnostic).replace(/^.*\/api\//, ''),
  );

const sound = `openapi: 3.1.1
info: { title: A, version: '1' }
paths:
  /a:
    get:
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema: { type: integer }
`;

test('of a sound document nothing is told', () => {
  expect(check(loadDocument(sound))).toEqual({
    diagnostics: [],
    examples: { valid: 0, repairable: 0, 'schema-invalid': 0, unparsable: 0, missing: 0, unresolvable: 0 },
  });
});

test('a finding has its place, its severity, the way out and the id of its rule', () => {
  expect(told(`${sound}              example: one\n`)).toEqual([
    'openapi.yaml:12:15 warning the example violates its schema: the value must be integer; correct one of them; until then it is served only when asked for by name [example-schema-invalid]',
  ]);
});

test('findings come in the order of the file', () => {
  const lines = told(
    sound.replace('/a:', '/a/{b}:').replace("'200'", "'20'").concat('              example: one\n'),
  ).map((line) => Number(line.split(':')[1]));
  expect(lines).toEqual([5, 7, 12]);
});

test('what an overlay writes is told of in the overlay', () => {
  const overlay = `overlay: 1.0.0
info: { title: O, version: '1' }
actions:
  - target: $.paths['/a'].get
    update: { operationId: a, security: [{ gone: [] }] }
`;
  expect(told(sound, overlay)).toEqual([
    expect.stringMatching(/^1\.overlay\.yaml:5:\d+ error the security scheme "gone"/),
  ]);
});

test('mistakes in extensions of ours are told of, though they keep a document from being served', () => {
  expect(told(sound.replace('    get:\n', '    get:\n      x-standin-limit: much\n'))).toEqual([
    expect.stringContaining('[extension-invalid]'),
  ]);
});

test('a shared example is counted once, by its worst verdict', () => {
  const response = (type: string) => ({
    description: 'ok',
    content: { 'application/json': { schema: { type }, examples: { one: { $ref: '#/components/examples/One' } } } },
  });
  const { examples, diagnostics } = check(
    loadDocument({
      openapi: '3.1.1',
      info: { title: 'A', version: '1' },
      paths: { '/a': { get: { responses: { 200: response('integer'), 201: response('string') } } } },
      components: { examples: { One: { value: 1 } } },
    }),
  );
  expect(examples).toMatchObject({ valid: 0, 'schema-invalid': 1 });
  expect(diagnostics).toEqual([
    expect.objectContaining({ rule: 'example-schema-invalid', pointer: '/components/examples/One' }),
  ]);
});

test('a circle of references is told of once', () => {
  const schemas = "  schemas:\n    A: { $ref: '#/components/schemas/B' }\n    B: { $ref: '#/components/schemas/A' }\n";
  const document = sound.replace('{ type: integer }', "{ $ref: '#/components/schemas/A' }");
  expect(told(`${document}components:\n${schemas}`)).toEqual([
    'openapi.yaml:14:10 error this reference leads back to itself, with nothing on the way; break the circle [circular-reference]',
  ]);
});

test('a key that stands twice in JSON is told of', () => {
  const folder = writeFolder({
    'openapi.json':
      '{"openapi":"3.1.1","info":{"title":"A","version":"1"},\n"components":{"schemas":{}},\n"components":{}}',
  });
  const [description] = loadDescriptions([join(folder, 'openapi.json')]);
  expect(check(description as Description).diagnostics).toEqual([
    expect.objectContaining({ rule: 'duplicate-key', place: expect.objectContaining({ line: 3, column: 1 }) }),
  ]);
});

test('a path parameter that the path lacks is told of once', () => {
  const stray = '      parameters: [{ name: x, in: path, required: true, schema: {} }]\n';
  expect(told(sound.replace('      responses:', `${stray}      responses:`))).toEqual([
    expect.stringMatching(/\[path-parameter-unused\]$/),
  ]);
});

test('what stands in two places by one reference is told of once', () => {
  const folder = writeFolder({
    'openapi.yaml': sound.replace(
      / {4}get:[\s\S]*/,
      '    get: { $ref: get.yaml }\n  /b:\n    get: { $ref: get.yaml }\n',
    ),
    'get.yaml':
      'responses:\n  "200":\n    description: ok\n    content:\n      application/json: { schema: { type: integer }, example: one }\n',
  });
  const [description] = loadDescriptions([join(folder, 'openapi.yaml')]);
  const { diagnostics, examples } = check(description as Description);
  expect(diagnostics.map(({ rule }) => rule)).toEqual(['example-schema-invalid']);
  expect(examples).toMatchObject({ 'schema-invalid': 1 });
});

test('external values are read beside the file, and counted by what is in them', () => {
  const folder = writeFolder({
    'openapi.json': {
      openapi: '3.1.1',
      info: { title: 'A', version: '1' },
      paths: {
        '/a': {
          get: {
            responses: {
              200: {
                description: 'ok',
                content: {
                  'application/json': {
                    schema: { type: 'integer' },
                    examples: Object.fromEntries(
                      ['right', 'wrong', 'broken', 'gone'].map((name) => [
                        name,
                        { externalValue: `examples/${name}.json` },
                      ]),
                    ),
                  },
                },
              },
            },
          },
        },
      },
    },
    'examples/right.json': '1',
    'examples/wrong.json': '"one"',
    'examples/broken.json': '{"one":',
  });
  const [description] = loadDescriptions([join(folder, 'openapi.json')]);
  expect(description && check(description).examples).toMatchObject({
    valid: 1,
    'schema-invalid': 1,
    unparsable: 1,
    missing: 1,
  });
});

describe('an external value', () => {
  const write = (examples: Readonly<Record<string, string>>, files: Readonly<Record<string, string>>) =>
    writeFolder({
      'api/openapi.json': {
        openapi: '3.1.1',
        info: { title: 'A', version: '1' },
        paths: {
          '/a': {
            get: {
              responses: {
                200: {
                  description: 'ok',
                  content: {
                    'application/json': {
                      schema: { type: 'object', required: ['id'] },
                      examples: Object.fromEntries(
                        Object.entries(examples).map(([name, externalValue]) => [name, { externalValue }]),
                      ),
                    },
                  },
                },
              },
            },
          },
        },
      },
      ...files,
    });
  const open = (folder: string, options: LoadOptions = {}) => {
    const [description] = loadDescriptions([join(folder, 'api/openapi.json')], options);
    const { examples, diagnostics } = check(description as Description);
    const counted = Object.entries(examples).filter(([, count]) => count > 0);
    return { counts: Object.fromEntries(counted), rules: diagnostics.map(({ rule }) => rule) };
  };

  test('may be YAML in braces', () => {
    const folder = write({ a: 'a.yaml' }, { 'api/a.yaml': '{ id: 1, name: one }\n' });
    expect(open(folder)).toEqual({ counts: { valid: 1 }, rules: [] });
  });

  test('outside of the folder is read with leave only, and a link that leads there is outside', () => {
    const folder = write({ a: '../a.json', b: 'b.json' }, { 'a.json': '{"id":1}' });
    symlinkSync(join(folder, 'a.json'), join(folder, 'api/b.json'));
    expect(open(folder)).toEqual({ counts: { unresolvable: 2 }, rules: ['example-remote', 'example-remote'] });
    expect(open(folder, { allowOutside: true })).toEqual({ counts: { valid: 2 }, rules: [] });
  });

  test('that is broken is told of once, with the place in its file', () => {
    const folder = write({ a: 'a.json' }, { 'api/a.json': '{\n "id": 1,,\n}' });
    const [description] = loadDescriptions([join(folder, 'api/openapi.json')]);
    expect(check(description as Description).diagnostics).toEqual([
      expect.objectContaining({ rule: 'example-unparsable', message: expect.stringContaining('line 2, column 10') }),
    ]);
  });
});

test('a schema that never comes to an end, or a document of nothing that is expected, is told of and not fallen over', () => {
  const info = { title: 'A', version: '1' };
  const loop = { allOf: [{ $ref: '#/components/schemas/Loop' }], default: 1, example: {} };
  const endless = {
    openapi: '3.0.3',
    info,
    paths: {
      '/a': { get: { responses: { 200: { description: 'a', content: { 'application/json': { schema: loop } } } } } },
    },
    components: { schemas: { Loop: loop } },
  };
  expect(check(loadDocument(endless)).diagnostics.map(({ rule }) => rule)).toContain('circular-reference');
  for (const stray of [
    null,
    1,
    'a',
    [],
    [null],
    { a: null },
    { '/a': { get: { responses: 7, parameters: [null, { name: 1 }], security: [1], tags: 'a' } } },
  ]) {
    const members = { paths: stray, components: stray, servers: stray, tags: stray, security: stray, webhooks: stray };
    expect(check(loadDocument({ openapi: '3.1.1', info, ...members })).diagnostics).toContainEqual(
      expect.objectContaining({ severity: 'error' }),
    );
  }
});
