import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { writeFolder } from '../testing/load-document.js';
import { resolve } from './description.js';
import { loadDescriptions } from './load.js';
import { valueAt } from './pointer.js';
import { fetchTexts } from './prefetch.js';

const pages: Record<string, string> = {
  '/api/openapi.yaml': 'openapi: 3.1.0\ncomponents:\n  schemas:\n    A: { $ref: schemas/a.json }\n',
  '/api/schemas/a.json': '{ "properties": { "b": { "$ref": "b.json#/b" } } }',
  '/api/schemas/b.json': '{ "b": { "title": "B" } }',
};
let server: Server;
let base: string;
let asked: string[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url as string);
    const page = pages[request.url as string];
    response.writeHead(page === undefined ? 404 : 200).end(page);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

test('a document and all it refers to is fetched, each once', async () => {
  asked = [];
  const paths = [`${base}/api/openapi.yaml`];
  const texts = await fetchTexts(paths, { allowRemote: true });
  const [description] = loadDescriptions(paths, { allowRemote: true, texts });
  expect(asked).toEqual(Object.keys(pages));
  expect(description).toMatchObject({ name: 'api', diagnostics: [] });
  const schema = resolve(description as never, valueAt(description?.root, '/components/schemas/A'), '');
  expect(resolve(description as never, valueAt(schema.value, '/properties/b'), '').value).toEqual({ title: 'B' });
});

test('a reference of a file to a URL that does not answer is a warning with its place', async () => {
  const folder = writeFolder({
    'a.yaml': `openapi: 3.1.0\ncomponents:\n  schemas:\n    A: { $ref: '${base}/none.json' }\n`,
  });
  const paths = [join(folder, 'a.yaml')];
  const texts = await fetchTexts(paths, { allowRemote: true });
  expect(loadDescriptions(paths, { allowRemote: true, texts })[0]?.diagnostics).toMatchObject([
    { severity: 'warning', rule: 'unresolved-reference', place: { line: 4, column: 10 } },
  ]);
});

test('nothing is fetched without leave', async () => {
  asked = [];
  const paths = [`${base}/api/openapi.yaml`];
  const texts = await fetchTexts(paths);
  expect(() => loadDescriptions(paths, { texts })).toThrow('allow it with --allow-remote');
  expect(asked).toEqual([]);
});

test('a document that can not be fetched is an error that says why', async () => {
  await expect(fetchTexts([`${base}/none.yaml`], { allowRemote: true })).rejects.toThrow(
    `${base}/none.yaml:1:1 error this can't be fetched (it answers 404)`,
  );
});

test('- is standard input', async () => {
  const stdin = (async function* () {
    yield 'openapi: 3.1.0\n';
    yield 'info: [';
  })();
  const texts = await fetchTexts(['-'], { stdin });
  expect(() => loadDescriptions(['-'], { texts })).toThrow('<stdin>:2:8 error this is not YAML');
});
