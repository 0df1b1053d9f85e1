import { expect, test } from '@jest/globals';
import { loadDocument } from '../testing/load-document.js';
import { locate } from './description.js';
import { valueAt } from './pointer.js';

const open = (dialect: string, schema: string) =>
  loadDocument(`openapi: 3.1.0\njsonSchemaDialect: ${dialect}\ncomponents:\n  schemas:\n    A: ${schema}\n`);

test.each([
  ['4', '{ minimum: 1, exclusiveMinimum: true }', { exclusiveMinimum: 1 }],
  ['4', '{ maximum: 1, exclusiveMaximum: false }', { maximum: 1 }],
  ['6', '{ exclusiveMinimum: 1 }', { exclusiveMinimum: 1 }],
  ['7', '{ items: [{ title: a }], additionalItems: false }', { prefixItems: [{ title: 'a' }], items: false }],
  ['7', '{ items: { title: a }, additionalItems: false }', { items: { title: 'a' } }],
  [
    '7',
    '{ dependencies: { a: [b], c: { title: d } } }',
    { dependentRequired: { a: ['b'] }, dependentSchemas: { c: { title: 'd' } } },
  ],
  ['7', "{ $ref: '#/components/schemas/A', minimum: 1 }", { $ref: '#/components/schemas/A' }],
])('a schema of draft %s, %s, is one of 2020-12', (draft, schema, expected) => {
  const { root, diagnostics } = open(`http://json-schema.org/draft-0${draft}/schema#`, schema);
  expect(valueAt(root, '/components/schemas/A')).toEqual(expected);
  expect(diagnostics).toEqual([]);
});

test('what moves keeps its place', () => {
  const description = open('http://json-schema.org/draft-07/schema', '{ items: [{ title: a }] }');
  expect(locate(description, '/components/schemas/A/prefixItems/0/title')).toMatchObject({ line: 5, column: 20 });
});

test('$schema of a schema holds for it and what is in it', () => {
  const { root } = loadDocument(`openapi: 3.1.0
components:
  schemas:
    A:
      $schema: http://json-schema.org/draft-04/schema#
      properties: { a: { minimum: 1, exclusiveMinimum: true } }
    B: { minimum: 1, exclusiveMinimum: 0 }
`);
  expect(valueAt(root, '/components/schemas/A/properties/a')).toEqual({ exclusiveMinimum: 1 });
  expect(valueAt(root, '/components/schemas/B')).toEqual({ minimum: 1, exclusiveMinimum: 0 });
});

test('a dialect that is not known is a warning with its place, once', () => {
  const { diagnostics } = open('https://example.com/dialect', '{ properties: { a: {} } }');
  expect(diagnostics).toMatchObject([{ severity: 'warning', rule: 'unknown-dialect', place: { line: 2, column: 1 } }]);
});

test.each([
  'https://json-schema.org/draft/2020-12/schema',
  'https://json-schema.org/draft/2020-12/schema#',
  'https://spec.openapis.org/oas/3.1/dialect/base',
  'https://json-schema.org/draft/2019-09/schema',
])('%s is known', (dialect) => {
  expect(open(dialect, '{}').diagnostics).toEqual([]);
});
