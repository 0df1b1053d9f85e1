import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { writeFolder } from '../testing/load-document.js';
import { loadDescriptions } from './load.js';

const openapi = 'openapi: 3.1.0\n';
const names = (...paths: string[]) => loadDescriptions(paths).map(({ name }) => name);

test('a folder with an openapi.yaml is one API, named after the folder', () => {
  const folder = writeFolder({ 'My API/openapi.yaml': openapi, 'My API/schema.json': { openapi: '3.1.0' } });
  expect(names(join(folder, 'My API'))).toEqual(['my-api']);
});

test('another folder is an API for each document in it and in its folders, in the order of their names', () => {
  const folder = writeFolder({
    'b.yaml': openapi,
    'a.json': { openapi: '3.0.3' },
    'users/openapi.json': { openapi: '3.0.3' },
    'deep/er/petstore.v2.yml': openapi,
    'page.md': '# A\n````yaml GET /a\nopenapi: 3.0.0\n````\n',
  });
  expect(names(folder)).toEqual(['a', 'b', 'petstore.v2', 'page', 'users']);
});

test('what else lies in a folder is passed over', () => {
  const folder = writeFolder({
    'api.yaml': openapi,
    'README.md': '# openapi: is a word here\n',
    'package.json': { name: 'x' },
    'broken.yaml': 'a: [',
    'template.yaml': 'a: {{ b }}',
    'api.overlay.yaml': 'overlay: 1.0.0\nactions: []',
    '.hidden/openapi.yaml': openapi,
    'node_modules/x/openapi.yaml': openapi,
    'notes.txt': openapi,
  });
  symlinkSync(join(folder, 'nowhere'), join(folder, 'gone.yaml'));
  expect(names(folder)).toEqual(['api']);
});

test.each([
  ['broken.yaml', 'openapi: 3.1.0\npaths: [\n', 'broken.yaml:3:1 error this is not YAML'],
  ['broken.json', '{\n  "openapi": "3.1.0",\n}', 'broken.json:3:1 error this is not JSON'],
  ['broken.md', '````yaml GET /a\nopenapi: [\n````\n', 'broken.md:2:11 error this is not YAML'],
  ['open.md', '````yaml GET /a\nopenapi: 3.1.0\n', 'open.md:1:1 error this block is never closed'],
])('%s in a folder means to be a document, and what is wrong with it is said', (name, text, message) => {
  expect(() => names(writeFolder({ 'api.yaml': openapi, [name]: text }))).toThrow(message);
});

test('documents of the same name are numbered', () => {
  const folder = writeFolder({ 'a/x.yaml': openapi, 'b/x.yaml': openapi, 'c/X.json': { openapi: '3.0.0' } });
  expect(names(folder)).toEqual(['x', 'x-2', 'x-3']);
});

test.each([
  ['Ünïcode API (v2).yaml', 'n-code-api-v2'],
  ['..yaml', 'api'],
  ['日本.yaml', 'api'],
])('the document %s is named %s, fit for a URL', (file, name) => {
  expect(names(join(writeFolder({ [file]: openapi }), file))).toEqual([name]);
});

test('JSON is read as JSON under any name', () => {
  const folder = writeFolder({ spec: '{"openapi": "3.1.0"}' });
  expect(names(join(folder, 'spec'))).toEqual(['spec']);
});

test('the overlays beside a document are applied in the order of their names, then those that are given', () => {
  const folder = writeFolder({
    'api/openapi.yaml': `${openapi}x-a: []\n`,
    'api/2.overlay.json': { overlay: '1.0.0', actions: [{ target: '$["x-a"]', update: 2 }] },
    'api/1.overlay.json': { overlay: '1.0.0', actions: [{ target: '$["x-a"]', update: 1 }] },
    'more.yaml': 'overlay: 1.0.0\nactions:\n  - target: $["x-a"]\n    update: 3',
  });
  const [description] = loadDescriptions([join(folder, 'api')], { overlays: [join(folder, 'more.yaml')] });
  expect(description?.root['x-a']).toEqual([1, 2, 3]);
  expect(description?.files.map((file) => file.slice(folder.length + 1))).toEqual([
    'api/openapi.yaml',
    'api/1.overlay.json',
    'api/2.overlay.json',
    'more.yaml',
  ]);
});

test.each([
  [
    'a number for a version',
    'openapi: 3.1\n',
    '1:1 error expected an OpenAPI version, 2.0 or from 3.0 to 3.2, as a string, found the number 3.1',
  ],
  [
    'a version to come',
    'x: 1\nopenapi: 4.0.0\n',
    '2:1 error expected an OpenAPI version, 2.0 or from 3.0 to 3.2, as a string, found the string "4.0.0"',
  ],
  [
    'Swagger 1.2',
    "swagger: '1.2'\n",
    '1:1 error expected an OpenAPI version, 2.0 or from 3.0 to 3.2, as a string, found the string "1.2"',
  ],
  [
    'something else',
    'name: x\n',
    '1:1 error this is not an OpenAPI document: expected `openapi: 3.x.y` at the top, found an object with name',
  ],
  ['a list', '- 1\n', 'found a list'],
  ['nothing', '', 'found an empty file'],
])('a document that is named and holds %s is an error with its place', (_what, text, message) => {
  expect(() => names(join(writeFolder({ 'a.yaml': text }), 'a.yaml'))).toThrow(message);
});

test('a path that is not there, and a folder without documents, are errors with a way out', () => {
  const folder = writeFolder({ 'notes.txt': '' });
  expect(() => names(join(folder, 'absent.yaml'))).toThrow('there is no such file or folder; name a document');
  expect(() => names(folder)).toThrow('no OpenAPI document was found here');
});

test('a minor version to come is opened with a warning', () => {
  const [description] = loadDescriptions([writeFolder({ 'a.yaml': 'openapi: 3.3.0\n' })]);
  expect(description?.diagnostics).toMatchObject([
    { severity: 'warning', rule: 'openapi-version', place: { line: 1 }, advice: 'it is read as OpenAPI 3.2' },
  ]);
});

test('an overlay that is named as a document is told from one, and the other way round', () => {
  const folder = writeFolder({
    'a.yaml': openapi,
    'o.yaml': 'overlay: 1.0.0\nextends: a.yaml\nactions: []\n',
  });
  const file = (name: string) => join(folder, name);
  expect(() => names(file('o.yaml'))).toThrow(/this is an Overlay, .*--overlay \(it extends a\.yaml\)/);
  expect(() => loadDescriptions([file('a.yaml')], { overlays: [file('a.yaml')] })).toThrow(
    'this is an OpenAPI document, where an Overlay is expected',
  );
});

test('an overlay beside several documents applies to the one it extends', () => {
  const overlay = { overlay: '1.1.0', info: { title: 'x', version: '1' }, extends: './b.yaml', actions: [] };
  const folder = writeFolder({
    'a.yaml': openapi,
    'b.yaml': openapi,
    'x.overlay.json': { ...overlay, actions: [{ target: '$', update: { 'x-a': 1 } }] },
  });
  expect(loadDescriptions([folder]).map(({ root }) => root['x-a'])).toEqual([undefined, 1]);
});

test('a glob stands for what it matches, overlays and notes aside', () => {
  const folder = writeFolder({
    'a/one.yaml': openapi,
    'b/two.json': { openapi: '3.0.0' },
    'b/openapi.yaml': openapi,
    'b/x.overlay.yaml': 'overlay: 1.0.0\nactions: []',
    'b/notes.txt': '',
    'b/package.json': {},
  });
  expect(names(`${folder}/**/*`)).toEqual(['one', 'b', 'two']);
  expect(() => names(`${folder}/**/*.raml`)).toThrow('no file matches this pattern');
});

test('all documents at fault are named at once', () => {
  const folder = writeFolder({ 'a.yaml': 'openapi: 1', 'b.yaml': 'openapi: 2', 'c.yaml': openapi });
  expect(() => names(folder)).toThrow(/a\.yaml:1:1 .*\n.*b\.yaml:1:1 /);
});

test('a duplicate key is a warning of the description', () => {
  const folder = writeFolder({ 'a.yaml': `${openapi}x: 1\nx: 2\n` });
  expect(loadDescriptions([folder])[0]?.diagnostics).toMatchObject([{ rule: 'duplicate-key', place: { line: 3 } }]);
});

test.each([
  ['UTF-16', Buffer.from('openapi: 3.1.1', 'utf16le'), 'found UTF-16'],
  ['UTF-16 with a mark', Buffer.from('\uFEFFopenapi: 3.1.1', 'utf16le'), 'found UTF-16'],
  ['Latin-1', Buffer.from('openapi: 3.1.1\ninfo: { title: é }', 'latin1'), 'found bytes that are none'],
  ['binary content', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1]), 'found binary content'],
])('a document in %s is refused, and a folder with it as well where it means to be one', (what, bytes, found) => {
  const folder = writeFolder({ 'b.yaml': '' });
  const file = join(folder, 'a.yaml');
  writeFileSync(file, bytes);
  expect(() => loadDescriptions([file])).toThrow(`a.yaml:1:1 error expected text in UTF-8, ${found}`);
  expect(() => loadDescriptions([folder])).toThrow(what === 'binary content' ? 'no OpenAPI document' : found);
});

test('a document with both `openapi` and `swagger` is what `openapi` says', () => {
  const folder = writeFolder({
    'openapi.yaml': 'openapi: 3.1.1\nswagger: "2.0"\ninfo: { title: A, version: "1" }\npaths: {}\n',
  });
  expect(loadDescriptions([folder])).toMatchObject([{ version: '3.1.1' }]);
});

test('an overlay beside a document may extend what is no path, and one that is named may extend another document', () => {
  const document = 'openapi: 3.1.1\ninfo: { title: A, version: "1" }\npaths: {}\n';
  const overlay = (extended: string) =>
    `overlay: 1.0.0\ninfo: { title: O, version: "1" }\nextends: "${extended}"\nactions: [{ target: $.info, update: { title: B } }]\n`;
  const folder = writeFolder({
    'a.yaml': document,
    'other.yaml': document,
    'a.overlay.yaml': overlay('%zz'),
    'o.yaml': overlay('other.yaml#a'),
  });
  const [description] = loadDescriptions([join(folder, 'a.yaml')], { overlays: [join(folder, 'o.yaml')] });
  expect(description?.root.info).toMatchObject({ title: 'B' });
  expect(description?.diagnostics).toMatchObject([{ rule: 'overlay-extends', place: { line: 3 } }]);
});

test.each([
  ['3.1', 'openapi: "3.1.0"'],
  ['"3"', 'say which'],
  ['4.0.0', 'OpenAPI 3.2 or before'],
])('of the version %s the way out is said', (version, advice) => {
  const folder = writeFolder({ 'openapi.yaml': `openapi: ${version}\n` });
  expect(() => loadDescriptions([folder])).toThrow(advice);
});
