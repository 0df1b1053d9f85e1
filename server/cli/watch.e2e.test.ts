import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, jest, test } from '@jest/globals';
import { writeFolder } from '../testing/load-document.js';
import { postJson } from '../testing/post-json.js';
import { type RunningCli, runCli, startMock } from '../testing/run-cli.js';

jest.setTimeout(20_000);

let mock: RunningCli | undefined;
afterEach(async () => {
  await mock?.stop();
  mock = undefined;
});

const pet = (properties: Readonly<Record<string, unknown>>) => ({
  type: 'object',
  properties: { id: { type: 'integer', readOnly: true }, ...properties },
});
const content = { 'application/json': { schema: { $ref: 'schemas/Pet.json' } } };
const document = {
  openapi: '3.1.1',
  info: { title: 'Shop', version: '1.0.0' },
  paths: {
    '/pets': {
      get: {
        responses: {
          200: {
            description: 'all',
            content: { 'application/json': { schema: { type: 'array', items: { $ref: 'schemas/Pet.json' } } } },
          },
        },
      },
      post: {
        operationId: 'createPet',
        requestBody: { content },
        responses: { 201: { description: 'made', content } },
      },
    },
    '/pets/{id}': {
      get: {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        responses: { 200: { description: 'one', content }, 404: { description: 'none' } },
      },
    },
  },
};

async function startWatching(files: Readonly<Record<string, unknown>> = {}, ...more: string[]) {
  const folder = writeFolder({
    'shop/openapi.json': document,
    'shop/schemas/Pet.json': pet({ name: { type: 'string' } }),
    ...files,
  });
  mock = await startMock(['shop', '--watch', ...more], { cwd: folder });
  const write = (name: string, value: unknown) =>
    writeFileSync(join(folder, name), typeof value === 'string' ? value : JSON.stringify(value));
  return { mock, folder, write };
}

const namesOf = async ({ url }: RunningCli) =>
  ((await (await fetch(`${url}/pets`)).json()) as { name: string }[]).map(({ name }) => name);

test('a change in a file that the document refers to is served at once, what is remembered stays, and what breaks clients is marked', async () => {
  const { mock, write } = await startWatching();
  await mock.stdoutMatching(/watching/);
  expect(await postJson(`${mock.url}/pets`, { name: 'Tom' })).toMatchObject({ status: 201 });
  write('shop/schemas/Pet.json', { ...pet({ name: { type: 'string' }, age: { type: 'integer' } }), required: ['age'] });
  const stdout = await mock.stdoutMatching(/changed; served anew:[\s\S]*age/);
  expect(stdout).toContain('shop/schemas/Pet.json changed; served anew:\n');
  expect(stdout).toContain('  ! POST /pets: request application/json /age is new, and required (breaking)\n');
  expect(stdout).toContain('  + GET /pets: response 200 application/json /*/age is new, and always there\n');
  expect(await namesOf(mock)).toEqual(['Tom']);
  expect(await postJson(`${mock.url}/pets`, { name: 'Kit' })).toMatchObject({ status: 422 });
});

test.each([
  ['the document itself', 'shop/openapi.json', '{"openapi": "3.1.1", ', 'shop/openapi.json:1:'],
  ['a file that it refers to', 'shop/schemas/Pet.json', '{"type": ', 'schemas/Pet.json'],
])(
  'while %s is broken, what was served before still is, and the place of the fault is told',
  async (_, name, broken, place) => {
    const { mock, write } = await startWatching();
    await postJson(`${mock.url}/pets`, { name: 'Tom' });
    write(name, broken);
    const stderr = await mock.stderrMatching(/can't be served; what was served before still is\n/);
    expect(stderr).toContain(place);
    // However many refer to it.
    expect(stderr.match(/ error /g)).toHaveLength(1);
    expect(await namesOf(mock)).toEqual(['Tom']);
    write('shop/schemas/Pet.json', pet({ name: { type: 'string' } }));
    write('shop/openapi.json', { ...document, info: { ...document.info, description: 'mended' } });
    await mock.stdoutMatching(/the contract is as before, and served anew/);
    expect(await namesOf(mock)).toEqual(['Tom']);
  },
);

test('overlays that appear and go, new documents in a folder, and handlers are served as well', async () => {
  const { mock, folder, write } = await startWatching(
    { 'handlers.mjs': 'export default { createPet: () => ({ status: 201, body: { id: 1, name: "first" } }) };' },
    '--handlers',
    'handlers.mjs',
  );
  write('shop/errors.overlay.json', {
    overlay: '1.0.0',
    info: { title: 'x', version: '1' },
    actions: [{ target: "$.paths['/pets/{id}'].get.responses['404']", remove: true }],
  });
  await mock.stdoutMatching(/! GET \/pets\/\{id\}: response 404 is gone \(breaking\)/);
  rmSync(join(folder, 'shop/errors.overlay.json'));
  await mock.stdoutMatching(/\+ GET \/pets\/\{id\}: response 404 is new/);
  write('handlers.mjs', 'export default { createPet: () => ({ status: 201, body: { id: 1, name: "second" } }) };');
  await mock.stdoutMatching(/handlers\.mjs changed; the contract is as before/);
  expect((await postJson(`${mock.url}/pets`, {})).body).toMatchObject({ name: 'second' });
});

test('the journal goes on over changes', async () => {
  const { mock, write } = await startWatching();
  await postJson(`${mock.url}/pets`, { name: 'Tom' });
  write('shop/schemas/Pet.json', pet({ name: { type: 'string' }, age: {} }));
  await mock.stdoutMatching(/served anew/);
  await namesOf(mock);
  const journal = (await (await fetch(`${mock.url}/_standin/journal`)).json()) as { entries: unknown[] };
  expect(journal.entries).toHaveLength(2);
});

test('several workers are not watched for, and that is said', async () => {
  const { exitCode, stderr } = await runCli(['mock', 'specs', '--watch', '--workers', '2']);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/--watch serves from one process, and --workers asked for \d+: leave out --workers/);
});
