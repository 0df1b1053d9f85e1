import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { writeFolder } from '../testing/load-document.js';
import { locate, resolve } from './description.js';
import { formatDiagnostic } from './diagnostic.js';
import type { JsonObject } from './json.js';
import { type LoadOptions, loadDescriptions } from './load.js';
import { valueAt } from './pointer.js';

const head = 'openapi: 3.1.0\n';

function open(files: Readonly<Record<string, unknown>>, options: LoadOptions = {}) {
  const folder = writeFolder(files);
  const [description] = loadDescriptions([join(folder, Object.keys(files)[0] as string)], options);
  if (!description) throw new Error('nothing was opened');
  const place = (pointer: string) => {
    const { file, line, column } = locate(description, pointer);
    return `${file.slice(folder.length + 1)}:${line}:${column}`;
  };
  const said = description.diagnostics.map((diagnostic) => formatDiagnostic(diagnostic).replaceAll(`${folder}/`, ''));
  const at = (pointer: string) => valueAt(description.root, pointer);
  /** What stands at a pointer, after the references that stand there. */
  const follow = (pointer: string) => resolve(description, at(pointer), pointer);
  return { description, place, said, at, follow };
}

test('a reference to a file leads to it, and its places are those of that file', () => {
  const { follow, place, said } = open({
    'openapi.yaml': `${head}components:\n  schemas:\n    User: { $ref: ./schemas/User.yaml }\n`,
    'schemas/User.yaml': '# the user\ntype: object\nproperties:\n  id: { type: string }\n',
  });
  const { value, pointer } = follow('/components/schemas/User');
  expect(value).toMatchObject({ type: 'object' });
  expect(place(`${pointer}/properties/id`)).toBe('schemas/User.yaml:4:3');
  expect(said).toEqual([]);
});

test.each([
  ['a pointer into a file', 'more.json#/defs/a~1b', { title: 'AB' }],
  ['a percent-encoded name', 'a%20file.yaml#/50%25', { title: 'half' }],
  ['a name with a space', "'a file.yaml'", { '50%': { title: 'half' } }],
  ['an anchor in a file', 'more.json#there', { $anchor: 'there', title: 'anchored' }],
  ['a pointer through a reference', 'more.json#/through/defs/a~1b', { title: 'AB' }],
  ['a slash for the whole file', 'more.json#/', expect.objectContaining({ through: expect.anything() })],
  ['the document, from another file', 'more.json#/back', { title: 'Home' }],
])('a reference may be %s', (_what, reference, expected) => {
  const { follow, said } = open({
    'openapi.yaml': `${head}components:\n  schemas:\n    A: { $ref: ${reference} }\n    Home: { title: Home }\n`,
    'more.json': {
      defs: { 'a/b': { title: 'AB' }, c: { $anchor: 'there', title: 'anchored' } },
      through: { $ref: 'more.json' },
      back: { $ref: 'openapi.yaml#/components/schemas/Home' },
    },
    'a file.yaml': '50%: { title: half }\n',
  });
  expect(follow('/components/schemas/A').value).toEqual(expected);
  expect(said).toEqual([]);
});

test('circles between files are references like others, and each file is there once', () => {
  const { description, at } = open({
    'openapi.yaml': `${head}components:\n  schemas:\n    A: { $ref: a.yaml }\n    B: { $ref: b.yaml }\n`,
    'a.yaml': 'properties: { b: { $ref: b.yaml, description: beside }, self: { $ref: "#" } }\n',
    'b.yaml': 'properties: { a: { $ref: a.yaml } }\n',
  });
  expect(Object.keys(at('/x-standin-files') as JsonObject).sort()).toEqual(['a', 'b']);
  expect(at('/x-standin-files/a/properties')).toEqual({
    b: { $ref: '#/x-standin-files/b', description: 'beside' },
    self: { $ref: '#/x-standin-files/a' },
  });
  expect(at('/x-standin-files/b/properties/a')).toEqual({ $ref: '#/x-standin-files/a' });
  expect(description.files).toHaveLength(3);
});

test('files of the same name are told apart', () => {
  const { at } = open({
    'openapi.yaml': `${head}components:\n  schemas: { A: { $ref: a/User.yaml }, B: { $ref: b/User.yaml } }\n`,
    'a/User.yaml': 'title: a\n',
    'b/User.yaml': 'title: b\n',
  });
  const files = at('/x-standin-files') as Record<string, JsonObject>;
  expect(Object.keys(files).sort()).toEqual(['User', 'User-2']);
  expect(
    Object.values(files)
      .map(({ title }) => title)
      .sort(),
  ).toEqual(['a', 'b']);
});

test('what looks like a reference in data or in an extension is none', () => {
  const { said, at } = open({
    'openapi.yaml': `${head}x-a: { $ref: nowhere.yaml }
components:
  schemas:
    A:
      properties: { $ref: { type: string } }
      example: { $ref: nowhere.yaml }
      default: { $ref: nowhere.yaml }
    B: { $ref: b.yaml }
  examples: { e: { value: { $ref: nowhere.yaml } } }
`,
    'b.yaml': 'const: { $ref: nowhere.yaml }\n',
  });
  expect(said).toEqual([]);
  expect(at('/components/schemas/A/example')).toEqual({ $ref: 'nowhere.yaml' });
});

test('path items, operations and maps may stand in files of their own', () => {
  const { follow, at, place } = open({
    'openapi.yaml': `${head}paths:
  /a: { $ref: paths/a.yaml }
  /b:
    get: { $ref: paths/get.yaml }
components:
  schemas: { $ref: paths/schemas.yaml }
`,
    'paths/a.yaml': 'get: { operationId: a }\n',
    'paths/get.yaml': 'operationId: b\nresponses:\n  200: { $ref: response.yaml }\n',
    'paths/response.yaml': 'description: fine\n',
    'paths/schemas.yaml': 'A: { $ref: a-schema.yaml }\n',
    'paths/a-schema.yaml': 'title: A\n',
  });
  expect(follow('/paths/~1a').value).toEqual({ get: { operationId: 'a' } });
  expect(at('/paths/~1b/get/operationId')).toBe('b');
  expect(place('/paths/~1b/get/operationId')).toBe('paths/get.yaml:1:1');
  expect(follow('/paths/~1b/get/responses/200').value).toEqual({ description: 'fine' });
  expect(follow('/components/schemas/A').value).toEqual({ title: 'A' });
});

test('an identified schema is found by its URI, and references in it are relative to that', () => {
  const { follow, said } = open({
    'openapi.yaml': `${head}components:
  schemas:
    Tree:
      $id: https://example.com/schemas/tree
      properties:
        leaf: { $ref: leaf }
        local: { $ref: '#/$defs/x' }
        around: { $ref: '#/components/schemas/Other' }
      $defs: { x: { title: X } }
    Leaf: { $id: https://example.com/schemas/leaf, title: Leaf }
    Other: { $ref: https://example.com/schemas/tree#/$defs/x }
`,
  });
  const properties = '/components/schemas/Tree/properties';
  expect(follow(`${properties}/leaf`).value).toMatchObject({ title: 'Leaf' });
  expect(follow(`${properties}/local`).value).toEqual({ title: 'X' });
  expect(follow(`${properties}/around`).value).toEqual({ title: 'X' });
  expect(said).toEqual([]);
});

test('a mapping of a discriminator may name files', () => {
  const { at } = open({
    'openapi.yaml': `${head}components:
  schemas:
    Dog: {}
    Pet: { discriminator: { propertyName: kind, mapping: { cat: cat.yaml, dog: Dog, lost: '#/components/schemas/Dog' } } }
`,
    'cat.yaml': 'title: Cat\n',
  });
  expect(at('/components/schemas/Pet/discriminator/mapping')).toEqual({
    cat: '#/x-standin-files/cat',
    dog: 'Dog',
    lost: '#/components/schemas/Dog',
  });
});

test('an external value becomes the value: JSON and YAML are read where the media type is JSON', () => {
  const { at, said, place } = open({
    'openapi.yaml': `${head}paths:
  /a:
    post:
      requestBody:
        content:
          application/json: { examples: { a: { externalValue: a.json }, b: { externalValue: lost.json } } }
          text/plain: { examples: { a: { externalValue: a.json } } }
`,
    'a.json': '{ "x": 1 }',
  });
  const content = '/paths/~1a/post/requestBody/content';
  expect(at(`${content}/application~1json/examples/a/value`)).toEqual({ x: 1 });
  expect(at(`${content}/text~1plain/examples/a/value`)).toBe('{ "x": 1 }');
  expect(place(`${content}/application~1json/examples/a/value/x`)).toBe('a.json:1:3');
  expect(said).toEqual([
    expect.stringMatching(/^openapi\.yaml:7:78 warning there is no file "lost\.json"; .*\[example-missing\]$/),
  ]);
});

test('a reference that leads nowhere is a warning with its place', () => {
  const { said } = open({
    'openapi.yaml': `${head}components:\n  schemas:\n    A: { $ref: nowhere.yaml }\n    B: { $ref: 'b.yaml#/c' }\n`,
    'b.yaml': 'd: 1\n',
  });
  expect(said.sort()).toEqual([
    'openapi.yaml:4:10 warning there is no file "nowhere.yaml"; correct the reference, or add the file [unresolved-reference]',
    'openapi.yaml:5:10 warning "b.yaml#/c" leads nowhere; correct the reference, or add what it names [unresolved-reference]',
  ]);
});

test('a reference out of the folder needs leave', () => {
  const files = {
    'a/openapi.yaml': `${head}components:\n  schemas:\n    A: { $ref: ../b.yaml }\n`,
    'b.yaml': 'title: B\n',
  };
  expect(() => open(files)).not.toThrow();
  expect(open(files).description.diagnostics).toMatchObject([
    {
      severity: 'error',
      rule: 'reference-outside',
      place: { line: 4 },
      advice: expect.stringContaining('--allow-outside'),
    },
  ]);
  expect(open(files, { allowOutside: true }).follow('/components/schemas/A').value).toEqual({ title: 'B' });
  const folder = writeFolder(files);
  expect(loadDescriptions([folder])[0]?.diagnostics).toEqual([]);
});

test('a reference to a URL needs leave; one path item more or less is no error', () => {
  const text = `${head}paths:\n  /a: { $ref: http://localhost:1/a }\ncomponents:\n  schemas:\n    A: { $ref: http://localhost:1/b }\n`;
  expect(open({ 'openapi.yaml': text }).said.sort()).toEqual([
    expect.stringMatching(/^openapi\.yaml:3:9 warning .*--allow-remote.*\[reference-remote\]$/),
    expect.stringMatching(/^openapi\.yaml:6:10 error .*--allow-remote.*\[reference-remote\]$/),
  ]);
});

test('JSON Schema itself may be referred to', () => {
  const { said } = open({
    'openapi.yaml': `${head}components:\n  schemas:\n    A: { $ref: http://json-schema.org/draft-07/schema# }\n`,
  });
  expect(said).toEqual([]);
});
