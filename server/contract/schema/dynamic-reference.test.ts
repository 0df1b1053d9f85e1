import { expect, test } from '@jest/globals';
import { locate } from '../../documents/index.js';
import { loadDocument } from '../../testing/load-document.js';
import { compile } from '../compile.js';

/** The validator of the response to `GET /NAME`, whose schema is the component of that name. */
function validatorOf(schemas: string, name: string) {
  const indented = schemas.replace(/^/gm, '    ');
  const text = `openapi: 3.1.0\ninfo: { title: A, version: '1' }\npaths:\n  /a:\n    get:\n      responses:\n        200:\n          description: A\n          content: { application/json: { schema: { $ref: '#/components/schemas/${name}' } } }\ncomponents:\n  schemas:\n${indented}`;
  const description = loadDocument(text);
  const contract = compile(description);
  const check = contract.operations[0]?.responses[0]?.content[0]?.validator.check as (value: unknown) => boolean;
  return { check, description, contract };
}

const pages = `Page:
  $id: page
  $defs: { item: { $dynamicAnchor: item, not: {} } }
  type: object
  properties: { items: { type: array, items: { $dynamicRef: '#item' } } }
Users:
  $id: users
  $ref: page
  $defs: { item: { $dynamicAnchor: item, type: object, required: [name], properties: { name: { type: string } } } }
Numbers:
  $id: numbers
  $ref: page
  $defs: { item: { $dynamicAnchor: item, type: number } }
`;

test.each([
  ['Users', { items: [{ name: 'a' }] }, { items: [1] }],
  ['Numbers', { items: [1] }, { items: [{ name: 'a' }] }],
  ['Page', { items: [] }, { items: [1] }],
])('a template that %s extends has the items it is given', (name, valid, invalid) => {
  const { check } = validatorOf(pages, name);
  expect([check(valid), check(invalid)]).toEqual([true, false]);
});

const tree = `Tree:
  $id: tree
  $dynamicAnchor: node
  type: object
  properties: { children: { type: array, items: { $dynamicRef: '#node' } } }
StrictTree:
  $id: strict-tree
  $dynamicAnchor: node
  $ref: tree
  unevaluatedProperties: false
`;

test('an extension of a recursive schema recurs to the extension (JSON Schema 2020-12 appendix C)', () => {
  const misspelt = { children: [{ daat: 1 }] };
  expect(validatorOf(tree, 'Tree').check(misspelt)).toBe(true);
  expect(validatorOf(tree, 'StrictTree').check(misspelt)).toBe(false);
  expect(validatorOf(tree, 'StrictTree').check({ children: [{ children: [] }] })).toBe(true);
});

test('so do $recursiveRef and $recursiveAnchor of 2019-09', () => {
  const older = tree
    .replaceAll('$dynamicAnchor: node', '$recursiveAnchor: true')
    .replace("$dynamicRef: '#node'", "$recursiveRef: '#'");
  expect(validatorOf(older, 'StrictTree').check({ children: [{ daat: 1 }] })).toBe(false);
  expect(validatorOf(older, 'Tree').check({ children: [{ daat: 1 }] })).toBe(true);
});

test('what is written once more keeps its place', () => {
  const { description } = validatorOf(pages, 'Users');
  const [name] = Object.keys(description.root['x-standin-dynamic'] as object);
  const place = locate(description, '/components/schemas/Page/properties');
  expect(locate(description, `/x-standin-dynamic/${name}/properties`)).toEqual(place);
});

test('a dynamic reference without a dynamic anchor is a plain one, and a sample follows it', () => {
  const { contract } = validatorOf(pages, 'Numbers');
  const [example] = contract.operations[0]?.responses[0]?.content[0]?.examples() ?? [];
  expect(example).toMatchObject({ value: { items: [expect.any(Number)] }, state: { kind: 'valid' } });
});
