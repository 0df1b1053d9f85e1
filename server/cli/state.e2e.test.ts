import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { writeFolder } from '../testing/load-document.js';
import { type Answer, answerOf } from '../testing/post-json.js';
import { type RunningCli, runCli, startMock } from '../testing/run-cli.js';

const json = (schema: unknown, example?: unknown) => ({
  description: '',
  content: { 'application/json': { schema, ...(example !== undefined && { example }) } },
});
const missing = json({ type: 'object' }, { code: 'NOT_FOUND' });
const time = { type: 'string', format: 'date-time', readOnly: true };
const newUser = {
  type: 'object',
  required: ['firstName'],
  properties: { firstName: { type: 'string' }, nick: { type: 'string' } },
};
const user = {
  type: 'object',
  additionalProperties: false,
  required: ['userId', 'firstName', 'createdAt', 'updatedAt', 'role'],
  properties: {
    ...newUser.properties,
    userId: { type: 'integer', readOnly: true },
    role: { enum: ['reader', 'writer'], readOnly: true },
    createdAt: time,
    updatedAt: time,
  },
};
const note = {
  type: 'object',
  required: ['id', 'text'],
  properties: { id: { type: 'string', format: 'uuid', readOnly: true }, text: { type: 'string' } },
};
const query = (name: string, type: string) => ({ name, in: 'query', schema: { type } });
const inPath = (name: string, type: string) => ({ name, in: 'path', required: true, schema: { type } });
const body = (schema: unknown, mediaType = 'application/json') => ({
  content: { [mediaType]: { schema } },
  required: true,
});
const document = {
  openapi: '3.1.1',
  info: { title: 'Users', version: '1.0.0' },
  paths: {
    '/users': {
      get: {
        parameters: [
          query('_page', 'integer'),
          query('_perPage', 'integer'),
          query('_sort', 'string'),
          query('firstName', 'string'),
        ],
        responses: {
          200: json({
            type: 'object',
            additionalProperties: false,
            required: ['data', 'total'],
            properties: { data: { type: 'array', items: user }, total: { type: 'integer' } },
          }),
        },
      },
      post: {
        requestBody: body(newUser),
        responses: { 201: { ...json(user), headers: { Location: { schema: { type: 'string' } } } } },
      },
    },
    '/users/{userId}': {
      parameters: [inPath('userId', 'integer')],
      get: { responses: { 200: json(user), 404: missing } },
      patch: {
        requestBody: {
          content: {
            'application/merge-patch+json': { schema: { type: 'object' } },
            'application/json-patch+json': { schema: { type: 'array' } },
          },
        },
        responses: { 200: json(user), 404: missing },
      },
      delete: { responses: { 204: { description: '' }, 404: missing } },
    },
    '/users/{id}/notes': {
      parameters: [inPath('id', 'integer')],
      get: { responses: { 200: json({ type: 'array', items: note }), 404: missing } },
      post: { requestBody: body(note), responses: { 201: json(note), 404: missing } },
    },
    '/users/{id}/notes/{noteId}': {
      parameters: [inPath('id', 'integer'), inPath('noteId', 'string')],
      get: { responses: { 200: json(note), 404: missing } },
      put: { requestBody: body(note), responses: { 200: json(note), 404: missing } },
      delete: { responses: { 204: { description: '' }, 404: missing } },
    },
    '/pets': { get: { responses: { 200: json({ type: 'array', items: note }, [{ id: uuidOf(1), text: 'Rex' }]) } } },
    '/pets/{petId}': {
      parameters: [inPath('petId', 'string')],
      get: { responses: { 200: json(note) } },
    },
  },
};

function uuidOf(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

let mock: RunningCli;
beforeAll(async () => {
  mock = await startMock([join(writeFolder({ 'openapi.json': document }), 'openapi.json')]);
});
afterAll(() => mock?.stop());

async function ask(method: string, path: string, value?: unknown, type = 'application/json'): Promise<Answer> {
  const sent = value === undefined ? {} : { headers: { 'Content-Type': type }, body: JSON.stringify(value) };
  return answerOf(await fetch(`${mock.url}${path}`, { method, ...sent }));
}

test('what is created is read, listed, changed and deleted, and is missing after that', async () => {
  const created = await ask('POST', '/users', { firstName: 'Ada' });
  expect(created).toMatchObject({ status: 201, body: { firstName: 'Ada', role: 'reader' } });
  const { userId, createdAt } = created.body as { userId: number; createdAt: string };
  const path = `/users/${userId}`;
  expect(created.headers.get('location')).toBe(path);
  expect(await ask('GET', path)).toMatchObject({ status: 200, body: created.body });
  expect(await ask('GET', '/users')).toMatchObject({ status: 200, body: { data: [created.body], total: 1 } });

  const merged = await ask('PATCH', path, { nick: 'countess', userId: 99 }, 'application/merge-patch+json');
  expect(merged).toMatchObject({ status: 200, body: { userId, firstName: 'Ada', nick: 'countess', createdAt } });
  const operations = [{ op: 'remove', path: '/nick' }];
  const patched = await ask('PATCH', path, operations, 'application/json-patch+json');
  expect(patched).toMatchObject({ status: 200 });
  expect(patched.body).not.toHaveProperty('nick');
  expect(await ask('GET', path)).toMatchObject({ body: patched.body });

  expect(await ask('DELETE', path)).toMatchObject({ status: 204 });
  for (const method of ['GET', 'DELETE']) {
    expect(await ask(method, path)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  }
  expect(await ask('GET', '/users')).toMatchObject({ body: { data: [], total: 0 } });
});

test('a list is filtered, sorted and cut into pages by the documented parameters', async () => {
  for (const firstName of ['Cid', 'Bob', 'Eve']) await ask('POST', '/users', { firstName });
  const names = async (search: string) => {
    const { body: found } = await ask('GET', `/users?${search}`);
    const { data, total } = found as { data: { firstName: string }[]; total: number };
    return [data.map(({ firstName }) => firstName), total];
  };
  expect(await names('_sort=firstName')).toEqual([['Bob', 'Cid', 'Eve'], 3]);
  expect(await names('_sort=-firstName&_perPage=2&_page=2')).toEqual([['Bob'], 3]);
  expect(await names('firstName=Eve')).toEqual([['Eve'], 1]);
});

test('items below an item are of that item alone, and need it', async () => {
  const make = async () => ((await ask('POST', '/users', { firstName: 'Ada' })).body as { userId: number }).userId;
  const [one, other] = [await make(), await make()];
  const created = await ask('POST', `/users/${one}/notes`, { text: 'hello' });
  expect(created).toMatchObject({ status: 201, body: { text: 'hello' } });
  const path = `/users/${one}/notes/${(created.body as { id: string }).id}`;
  expect(await ask('GET', path)).toMatchObject({ status: 200, body: created.body });
  expect(await ask('GET', `/users/${one}/notes`)).toMatchObject({ status: 200, body: [created.body] });
  expect(await ask('GET', `/users/${other}/notes`)).toMatchObject({ status: 200, body: [] });
  expect(await ask('PUT', path, { text: 'bye' })).toMatchObject({ status: 200, body: { text: 'bye' } });
  expect(await ask('GET', path)).toMatchObject({ body: { text: 'bye' } });
  expect(await ask('DELETE', path)).toMatchObject({ status: 204 });
  expect(await ask('GET', path)).toMatchObject({ status: 404 });
  expect(await ask('POST', '/users/987654/notes', { text: 'x' })).toMatchObject({ status: 404 });
});

test('documented examples are there from the start, and what is not there has no undocumented status', async () => {
  expect(await ask('GET', `/pets/${uuidOf(1)}`)).toMatchObject({ status: 200, body: { id: uuidOf(1), text: 'Rex' } });
  expect(await ask('GET', '/pets')).toMatchObject({ body: [{ id: uuidOf(1), text: 'Rex' }] });
  const unknown = await ask('GET', '/pets/none');
  expect(unknown).toMatchObject({ status: 200 });
  expect(unknown.headers.get('standin-note')).toContain('does not exist');
});

test('`standin check --state` says which collections there are, as a table and as JSON', async () => {
  const file = join(writeFolder({ 'openapi.json': document }), 'openapi.json');
  const table = await runCli(['check', '--state', file]);
  expect(table).toMatchObject({ exitCode: 0, stderr: '' });
  expect(table.stdout).toMatch(/^\/users +inferred +\/userId \(increment\) +key from \/userId in the item$/m);
  expect(table.stdout).toMatch(/^ {2}merge +PATCH +\/users\/\{userId\}$/m);
  const { stdout } = await runCli(['check', '--state', '--format', 'json', file]);
  const [{ collections }] = JSON.parse(stdout).documents;
  expect(collections).toContainEqual(
    expect.objectContaining({
      name: '/users/{id}/notes',
      key: '/id',
      generate: 'uuid',
      scope: ['id'],
      parent: '/users',
    }),
  );
});
