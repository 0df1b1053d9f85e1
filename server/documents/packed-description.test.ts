import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { writeFolder } from '../testing/load-document.js';
import { type Description, loadDescriptions, locate, packDescription, toPointer, unpackDescription } from './index.js';

function* pointersIn(value: unknown, keys: readonly string[] = []): Generator<string> {
  yield toPointer(keys);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) yield* pointersIn(member, [...keys, key]);
}

test('a description that went to another thread says the same, and knows the places in all its files', () => {
  const folder = writeFolder({
    'api/openapi.yaml': `openapi: 3.1.0
info: { title: Shop, version: '1' }
paths:
  /pets:
    get:
      responses:
        '200': { description: all, content: { application/json: { schema: { $ref: 'schemas.json#/Pet' } } } }
`,
    'api/schemas.json': { Pet: { type: 'object', properties: { name: { $ref: '#/Name' } } }, Name: { type: 'string' } },
    'api/more.overlay.yaml': `overlay: 1.0.0
info: { title: More, version: '1' }
actions:
  - { target: "$.paths['/pets'].get", update: { summary: All pets, tags: [pets] } }
`,
  });
  const [description] = loadDescriptions([join(folder, 'api')]) as [Description];
  const unpacked = unpackDescription(structuredClone(packDescription(description)));
  expect(unpacked.root).toEqual(description.root);
  const pointers = [...pointersIn(description.root)];
  const places = pointers.map((pointer) => locate(description, pointer));
  expect(pointers.map((pointer) => locate(unpacked, pointer))).toEqual(places);
  expect(new Set(places.map(({ file }) => file.split('/').at(-1)))).toEqual(
    new Set(['openapi.yaml', 'schemas.json', 'more.overlay.yaml']),
  );
});
