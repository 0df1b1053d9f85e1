import { expect, test } from '@jest/globals';
import { createApiClient, jsonOf } from '../testing/client.js';
import { compileDocument } from '../testing/compile-document.js';

const json = (schema: unknown, more: object = {}) => ({
  description: '',
  content: { 'application/json': { schema } },
  ...more,
});
const inPath = (name: string) => ({ name, in: 'path', required: true, schema: { type: 'string' } });
const note = { type: 'object', properties: { id: { type: 'string' }, text: { type: 'string' } } };
const list = { type: 'array', items: note };
const missing = json({ type: 'object' });
const tagged = { headers: { ETag: { schema: { type: 'string' } } } };
const ifMatch = { name: 'If-Match', in: 'header', schema: { type: 'string' } };

/** `/a`, `/a/{a}/b` and `/a/{a}/b/{b}/c`, where clients choose the keys. */
function nested() {
  const level = (path: string, names: readonly string[]): Record<string, unknown> => {
    const [name, ...rest] = names;
    if (name === undefined) return {};
    const outer = [...path.matchAll(/\{(\w+)\}/g)].map(([, one]) => inPath(one as string));
    return {
      [`${path}/${name}`]: {
        parameters: outer,
        get: { responses: { 200: json(list), 404: missing } },
        post: { requestBody: json(note), responses: { 201: json(note), 404: missing } },
      },
      [`${path}/${name}/{${name}}`]: {
        parameters: [...outer, inPath(name)],
        get: { responses: { 200: json(note), 404: missing } },
        delete: { responses: { 200: json(note), 404: missing } },
      },
      ...level(`${path}/${name}/{${name}}`, rest),
    };
  };
  return createApiClient(compileDocument({ paths: level('', ['a', 'b', 'c']) }));
}

test('what is below a deleted item is gone, at any depth, and not there under a new item of its key', async () => {
  const ask = nested();
  const build = async () => {
    await ask('POST', '/a', { id: '1' });
    await ask('POST', '/a/1/b', { id: '2' });
  };
  await build();
  await ask('POST', '/a/1/b/2/c', { id: '3', text: 'deep' });
  expect(await ask('GET', '/a/1/b/2/c/3')).toMatchObject({ status: 200 });
  expect(jsonOf(await ask('DELETE', '/a/1'))).toEqual({ id: '1' });
  expect(await ask('GET', '/a/1/b')).toMatchObject({ status: 404 });
  expect(await ask('GET', '/a/1/b/2/c/3')).toMatchObject({ status: 404 });
  await ask('POST', '/a', { id: '1' });
  expect(jsonOf(await ask('GET', '/a/1/b'))).toEqual([]);
  await ask('POST', '/a/1/b', { id: '2' });
  expect(jsonOf(await ask('GET', '/a/1/b/2/c'))).toEqual([]);
});

/** `/notes/{id}`, with these responses beside the successes, and these parameters. */
function conditional(more: object, parameters: readonly unknown[] = []) {
  return createApiClient(
    compileDocument({
      paths: {
        '/notes': { post: { requestBody: json(note), responses: { 201: json(note, tagged) } } },
        '/notes/{id}': {
          parameters: [inPath('id'), ...parameters],
          get: { responses: { 200: json(note, tagged), 304: { description: '', ...tagged }, 404: missing } },
          put: { requestBody: json(note), responses: { 200: json(note, tagged), 201: json(note, tagged), ...more } },
          delete: { responses: { 204: { description: '' }, 404: missing, ...more } },
        },
      },
    }),
  );
}

test('an item has an entity tag, which changes with it, and is not sent to those who have it', async () => {
  const ask = conditional({ 412: missing });
  const { etag: first } = (await ask('POST', '/notes', { id: '1', text: 'a' })).headers;
  expect(first).toMatch(/^"[\w-]{22}"$/);
  expect((await ask('GET', '/notes/1')).headers.etag).toBe(first);
  const unchanged = await ask('GET', '/notes/1', undefined, { 'if-none-match': `"other", W/${first}` });
  expect(unchanged).toMatchObject({ status: 304, headers: { etag: first } });
  expect(unchanged.body).toBeUndefined();
  const { etag: second } = (await ask('PUT', '/notes/1', { text: 'b' })).headers;
  expect(second).not.toBe(first);
  expect(await ask('GET', '/notes/1', undefined, { 'if-none-match': String(first) })).toMatchObject({ status: 200 });
});

test('what is to be changed has to be what the client knows, where a 412 is documented', async () => {
  const ask = conditional({ 412: missing });
  const { etag } = (await ask('POST', '/notes', { id: '1', text: 'a' })).headers;
  await ask('PUT', '/notes/1', { text: 'b' });
  const stale = { 'if-match': String(etag) };
  expect(await ask('PUT', '/notes/1', { text: 'c' }, stale)).toMatchObject({ status: 412 });
  expect(await ask('DELETE', '/notes/1', undefined, stale)).toMatchObject({ status: 412 });
  expect(jsonOf(await ask('GET', '/notes/1'))).toMatchObject({ text: 'b' });
  const { etag: known } = (await ask('GET', '/notes/1')).headers;
  expect(await ask('DELETE', '/notes/1', undefined, { 'if-match': String(known) })).toMatchObject({ status: 204 });
});

test('`If-None-Match: *` creates, and never replaces', async () => {
  const ask = conditional({ 412: missing });
  await ask('POST', '/notes', { id: '0' });
  const asNew = { 'if-none-match': '*' };
  expect(await ask('PUT', '/notes/1', { text: 'a' }, asNew)).toMatchObject({ status: 201 });
  expect(await ask('PUT', '/notes/1', { text: 'b' }, asNew)).toMatchObject({ status: 412 });
});

test('without a documented 412 nothing is changed, and a note says why', async () => {
  const ask = conditional({}, [ifMatch]);
  await ask('POST', '/notes', { id: '1', text: 'a' });
  const reply = await ask('PUT', '/notes/1', { text: 'b' }, { 'if-match': '"other"' });
  expect(reply).toMatchObject({ status: 200, headers: { 'standin-note': expect.stringContaining('not the one') } });
  expect(jsonOf(await ask('GET', '/notes/1'))).toMatchObject({ text: 'a' });
});

test('a path that is no item is none: a singleton, an action, a list that is sent', async () => {
  const { operations } = compileDocument({
    paths: {
      '/users': { get: { responses: { 200: json(list) } } },
      '/users/{id}': { parameters: [inPath('id')], get: { responses: { 200: json(note) } } },
      '/users/me': { get: { responses: { 200: json(note) } } },
      '/users/{id}/profile': { parameters: [inPath('id')], get: { responses: { 200: json(note) } } },
      '/users/{id}/disable': { parameters: [inPath('id')], post: { responses: { 200: json(note) } } },
      '/users/bulk': { post: { requestBody: json(list), responses: { 200: json(list) } } },
      '/search': { post: { requestBody: json(note), responses: { 200: json(list) } } },
      '/search/{id}': { parameters: [inPath('id')], get: { responses: { 200: json(note) } } },
    },
  });
  const known = operations.flatMap(({ method, path, resource }) => (resource ? [`${method} ${path}`] : []));
  expect(known).toEqual(['GET /users', 'GET /users/{id}', 'GET /search/{id}']);
});

test('a made key is one that its pattern accepts, in upper case where that asks for it', async () => {
  const member = {
    type: 'object',
    required: ['id'],
    properties: { id: { type: 'string', readOnly: true, pattern: '^mem_[0-9A-HJKMNP-TV-Z]{26}$' } },
  };
  const ask = createApiClient(
    compileDocument({
      paths: {
        '/members': { post: { requestBody: json(member), responses: { 201: json(member) } } },
        '/members/{id}': { parameters: [inPath('id')], get: { responses: { 200: json(member), 404: missing } } },
      },
    }),
  );
  const made = jsonOf(await ask('POST', '/members', {})) as { id: string };
  expect(made.id).toMatch(/^mem_0[0-9A-HJKMNP-TV-Z]{25}$/);
  expect(jsonOf(await ask('GET', `/members/${made.id}`))).toEqual(made);
});

test.each([
  [[{ op: 'test', path: '/text', value: 'other' }], 409],
  [[{ op: 'remove', path: '/none' }], 409],
  [[{ op: 'jump', path: '/text' }], 422],
])(
  'the patch %j, which can not be applied, is refused by the documented %d, and changes nothing',
  async (patch, status) => {
    const paths = {
      '/notes': { post: { requestBody: json(note), responses: { 201: json(note) } } },
      '/notes/{id}': {
        parameters: [inPath('id')],
        get: { responses: { 200: json(note), 404: missing } },
        patch: {
          requestBody: { content: { 'application/json-patch+json': { schema: { type: 'array' } } } },
          responses: { 200: json(note), 404: missing, 409: missing, 422: missing },
        },
      },
    };
    const ask = createApiClient(compileDocument({ paths }));
    const made = jsonOf(await ask('POST', '/notes', { id: '1', text: 'a' }));
    const answer = await ask('PATCH', '/notes/1', patch, { 'content-type': 'application/json-patch+json' });
    expect(answer).toMatchObject({
      status,
      headers: { 'standin-note': expect.stringContaining('can not be applied') },
    });
    expect(jsonOf(await ask('GET', '/notes/1'))).toEqual(made);
  },
);

test('what `If-Match` is asked of and is not there is not created', async () => {
  const ask = conditional({ 404: missing, 412: missing });
  expect(await ask('PUT', '/notes/1', { text: 'a' }, { 'if-match': '*' })).toMatchObject({ status: 412 });
  expect(await ask('PUT', '/notes/1', { text: 'a' }, { 'if-none-match': '*' })).toMatchObject({ status: 201 });
  expect(await ask('PUT', '/notes/1', { text: 'b' }, { 'if-none-match': '*' })).toMatchObject({ status: 412 });
});

test('an item says what it is below, and keeps what only the server says when it is replaced', async () => {
  const stamp = { type: 'string', format: 'date-time', readOnly: true };
  const task = {
    type: 'object',
    required: ['id', 'boardId'],
    properties: {
      id: { type: 'integer', readOnly: true },
      boardId: { type: 'integer', readOnly: true },
      text: { type: 'string' },
      state: { type: 'string', readOnly: true, enum: ['open', 'done'] },
      metadata: { type: 'object', readOnly: true, properties: { createdAt: stamp, updatedAt: stamp } },
    },
  };
  const sent = { type: 'object', properties: { text: { type: 'string' } } };
  const board = { type: 'object', required: ['id'], properties: { id: { type: 'integer', readOnly: true } } };
  const inPathAs = (name: string) => ({ ...inPath(name), schema: { type: 'integer' } });
  let now = 0;
  const ask = createApiClient(
    compileDocument({
      paths: {
        '/boards': { post: { responses: { 201: json(board) } } },
        '/boards/{id}': { parameters: [inPathAs('id')], get: { responses: { 200: json(board), 404: missing } } },
        '/boards/{id}/tasks': {
          parameters: [inPathAs('id')],
          post: { requestBody: json(sent), responses: { 201: json(task), 404: missing } },
        },
        '/boards/{id}/tasks/{taskId}': {
          parameters: [inPathAs('id'), inPathAs('taskId')],
          get: { responses: { 200: json(task), 404: missing } },
          put: { requestBody: json(sent), responses: { 200: json(task), 404: missing } },
        },
      },
    }),
    () => now,
  );
  for (let made = 0; made < 3; made++) await ask('POST', '/boards', {});
  const first = { createdAt: '1970-01-01T00:00:00.000Z', updatedAt: '1970-01-01T00:00:00.000Z' };
  expect(jsonOf(await ask('POST', '/boards/3/tasks', { text: 'a' }))).toEqual({
    id: 1,
    boardId: 3,
    text: 'a',
    metadata: first,
  });
  now = 1000;
  expect(jsonOf(await ask('PUT', '/boards/3/tasks/1', { text: 'b' }))).toEqual({
    id: 1,
    boardId: 3,
    text: 'b',
    metadata: { ...first, updatedAt: '1970-01-01T00:00:01.000Z' },
  });
});

test('a declared create shows what was sent beside what only the server says, and names where it is', async () => {
  const report = {
    type: 'object',
    required: ['number', 'filedAt'],
    properties: {
      number: { type: 'string' },
      title: { type: 'string' },
      filedAt: { type: 'string', format: 'date-time', readOnly: true },
    },
  };
  const located = { headers: { Location: { schema: { type: 'string' }, example: '/elsewhere' } } };
  const ask = createApiClient(
    compileDocument({
      paths: {
        '/reports': {
          post: {
            'x-standin-resource': { name: 'reports', key: '/number' },
            requestBody: json(report),
            responses: { 201: json(report, located) },
          },
        },
        '/reports/{number}': { get: { parameters: [inPath('number')], responses: { 200: json(report) } } },
      },
    }),
  );
  const created = await ask('POST', '/reports', { number: 'R-7', title: 'Rain' });
  expect(jsonOf(created)).toMatchObject({ number: 'R-7', title: 'Rain', filedAt: expect.any(String) });
  expect(created).toMatchObject({ headers: { location: '/reports/R-7' } });
  expect(created.headers).not.toHaveProperty('standin-note');
  expect(jsonOf(await ask('GET', '/reports/R-7'))).toMatchObject({ title: 'Rain' });
});

test('what is sent in the envelope of its answers is the item, whatever the path is called', async () => {
  const field = { type: 'object', properties: { id: { type: 'string' }, name: { type: 'string' } } };
  const wrapped = { type: 'object', required: ['field'], properties: { field } };
  const ask = createApiClient(
    compileDocument({
      paths: {
        '/custom_fields': { post: { requestBody: json(wrapped), responses: { 201: json(wrapped) } } },
        '/custom_fields/{id}': { get: { parameters: [inPath('id')], responses: { 200: json(wrapped) } } },
      },
    }),
  );
  const created = jsonOf(await ask('POST', '/custom_fields', { field: { name: 'Colour' } })) as {
    field: { id: string };
  };
  expect(created).toMatchObject({ field: { name: 'Colour' } });
  expect(jsonOf(await ask('GET', `/custom_fields/${created.field.id}`))).toEqual(created);
});

test('where no valid item can be made of what was sent, the example is kept under the new key, and the answer says so', async () => {
  const text = { type: 'string' };
  const either = {
    type: 'object',
    properties: { id: text, open: text, closed: text },
    not: { required: ['open', 'closed'] },
  };
  const content = { 'application/json': { schema: either, example: { id: 'x', open: 'now' } } };
  const sent = { type: 'object', properties: { open: text, closed: text } };
  const ask = createApiClient(
    compileDocument({
      paths: {
        '/doors': {
          post: {
            requestBody: { content: { 'application/json': { schema: sent } } },
            responses: { 201: { description: '', content } },
          },
        },
        '/doors/{id}': {
          get: { parameters: [inPath('id')], responses: { 200: { description: '', content }, 404: missing } },
        },
      },
    }),
  );
  const made = await ask('POST', '/doors', { open: 'then', closed: 'then' });
  expect(made.headers['standin-note']).toMatch(/the documented one is kept/);
  const { id } = jsonOf(made) as { id: string };
  expect(jsonOf(await ask('GET', `/doors/${id}`))).toEqual({ id, open: 'now' });
  expect((await ask('POST', '/doors', { open: 'then' })).headers['standin-note']).toBeUndefined();
});
