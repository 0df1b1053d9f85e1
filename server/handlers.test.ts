import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, test } from '@jest/globals';
import { type HandlerContext, type HandlerReply, type Handlers, standin } from './index.js';
import { writeFolder } from './testing/load-document.js';
import { request } from './testing/request.js';

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) server.close();
});

const json = (schema: unknown, more = {}) => ({
  description: '',
  content: { 'application/json': { schema, ...more } },
});
const user = {
  type: 'object',
  required: ['name'],
  properties: {
    id: { type: 'integer', readOnly: true },
    name: { type: 'string', minLength: 2 },
    secret: { type: 'string', writeOnly: true },
  },
};
const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };
const document = {
  openapi: '3.1.1',
  info: { title: 'Users', version: '1' },
  paths: {
    '/users': {
      get: {
        operationId: 'listUsers',
        parameters: [{ name: 'session', in: 'cookie', schema: { type: 'integer' } }],
        responses: { 200: json({ type: 'array', items: user }) },
      },
      post: {
        operationId: 'createUser',
        parameters: [
          { name: 'dry', in: 'query', schema: { type: 'boolean' } },
          { name: 'X-Count', in: 'header', schema: { type: 'integer' } },
        ],
        requestBody: { required: true, ...json(user) },
        responses: {
          201: { ...json(user), headers: { 'X-Left': { required: true, schema: { type: 'integer', minimum: 1 } } } },
          409: json(
            { type: 'object', required: ['code'] },
            { examples: { taken: { value: { code: 'taken' } }, full: { value: { code: 'full' } } } },
          ),
        },
      },
    },
    '/users/{id}': {
      parameters: [id],
      get: { operationId: 'readUser', responses: { 200: json(user), 404: json({}) } },
      delete: { operationId: 'removeUser', responses: { 204: { description: '' } } },
    },
    '/image': {
      get: {
        responses: {
          200: { description: '', content: { 'image/png': {}, 'text/csv': { schema: { type: 'array' } } } },
        },
      },
    },
  },
};

async function serve(handlers: Handlers, served: unknown = document) {
  const folder = writeFolder({ 'api/openapi.json': served });
  const errors: unknown[] = [];
  const options = { documents: [`${folder}/api`], seed: 'a', onError: (error: unknown) => errors.push(error) };
  const server = createServer(standin({ ...options, handlers }));
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const ask = async (method: string, target: string, body?: unknown, headers = {}) => {
    const answer = await request(`${url}${target}`, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const isJson = /json/.test(String(answer.headers['content-type']));
    return { ...answer, body: isJson ? (JSON.parse(answer.text) as unknown) : answer.text };
  };
  return { ask, errors };
}

test('a handler answers for its operation, with what was decoded of the request', async () => {
  const seen: unknown[] = [];
  const { ask } = await serve({
    createUser: ({ path, query, header, body, headers }, { operation }) => {
      seen.push({ path, query, count: header['x-count'], raw: headers['x-count'], body, operation });
      return { status: 201, headers: { 'X-Left': 7, 'X-Mine': 'ä' }, body: { id: 5, name: 'Ann', secret: 'x' } };
    },
    listUsers: async ({ cookie }) => ({ status: 200, body: [{ name: `number ${cookie.session}` }] }),
  });
  const created = await ask('POST', '/users?dry=true', { name: 'Ann', id: 3 }, { 'x-count': '4' });
  expect(created).toMatchObject({ status: 201, body: { id: 5, name: 'Ann' }, headers: { 'x-left': '7' } });
  expect(created.body).not.toHaveProperty('secret');
  expect(seen).toEqual([
    {
      path: {},
      query: { dry: true },
      count: 4,
      raw: '4',
      body: { name: 'Ann' },
      operation: { id: 'createUser', method: 'POST', path: '/users' },
    },
  ]);
  expect(await ask('GET', '/users', undefined, { cookie: 'session=12' })).toMatchObject({
    body: [{ name: 'number 12' }],
  });
});

test('an invalid request does not reach the handler, nor does one that prefers a reply', async () => {
  let calls = 0;
  const { ask } = await serve({
    createUser: () => {
      calls++;
      return { status: 201, headers: { 'x-left': 1 }, body: { name: 'Ann' } };
    },
  });
  expect(await ask('POST', '/users', { name: 'A' })).toMatchObject({ status: 422 });
  expect(await ask('POST', '/users', { name: 'Ann' }, { prefer: 'code=409' })).toMatchObject({ status: 409 });
  expect(calls).toBe(0);
});

test('`next` gives the reply that standin would have given, which goes out as it is or changed', async () => {
  const { ask } = await serve({
    createUser: async ({ query }, { next }) => {
      const reply = await next();
      expect(await next()).toBe(reply);
      return query.dry ? reply : { ...reply, body: { ...(reply.body as object), name: 'Changed' } };
    },
  });
  expect(await ask('POST', '/users?dry=true', { name: 'Ann' })).toMatchObject({ status: 201, body: { name: 'Ann' } });
  expect(await ask('POST', '/users', { name: 'Ann' })).toMatchObject({ status: 201, body: { id: 2, name: 'Changed' } });
  expect(await ask('GET', '/users')).toMatchObject({ body: [{ name: 'Ann' }, { name: 'Ann' }] });
});

test('a body that a handler changes is kept as it is then', async () => {
  const lines = { type: 'array', items: { type: 'string' } };
  const note = { type: 'object', properties: { id: { type: 'integer' }, lines } };
  const resource = { name: 'notes', key: '/id', generate: 'increment' };
  const paths = {
    '/notes': {
      get: {
        'x-standin-resource': { ...resource, effect: 'list' },
        responses: { 200: json({ type: 'array', items: note }) },
      },
      post: {
        operationId: 'createNote',
        'x-standin-resource': resource,
        requestBody: { required: true, ...json(note) },
        responses: { 201: json(note) },
      },
    },
  };
  const createNote: Handlers[string] = ({ body }, { next }) => {
    (body as { lines: string[] }).lines.push('changed');
    return next();
  };
  const { ask } = await serve({ createNote }, { ...document, paths });
  const made = { id: 1, lines: ['sent', 'changed'] };
  expect(await ask('POST', '/notes', { lines: ['sent'] })).toMatchObject({ status: 201 });
  expect(await ask('GET', '/notes')).toMatchObject({ body: [made] });
});

test('a reply changed in place goes out changed', async () => {
  const { ask } = await serve({
    createUser: (_, { example }) => {
      const reply = example('taken');
      (reply.body as { code: string }).code = 'mine';
      return reply;
    },
  });
  expect(await ask('POST', '/users', { name: 'Ann' })).toMatchObject({ status: 409, body: { code: 'mine' } });
  expect(await ask('POST', '/users', { name: 'Ann' }, { prefer: 'example=taken' })).toMatchObject({
    body: { code: 'taken' },
  });
});

test.each<[string, (context: HandlerContext) => HandlerReply, number, object]>([
  ['by name', ({ example }) => example('full'), 409, { code: 'full' }],
  ['by status', ({ example }) => example(undefined, 409), 409, { code: 'taken' }],
  ['of the success', ({ example }) => example(), 201, { name: expect.any(String) }],
])('an example is had %s', async (_what, choose, status, body) => {
  const { ask } = await serve({ createUser: (_, context) => choose(context) });
  expect(await ask('POST', '/users', { name: 'Ann' })).toMatchObject({ status, body });
});

test('an example that is not there is an error that lists those that are', async () => {
  const { ask, errors } = await serve({ createUser: (_, { example }) => example('gone') });
  expect(await ask('POST', '/users', { name: 'Ann' })).toMatchObject({
    status: 500,
    body: {
      type: 'urn:standin:problem:handler-failed',
      detail:
        'the handler of createUser failed: createUser documents no example named "gone"; there are: 201; 409 (taken, full)',
    },
  });
  expect(errors).toHaveLength(1);
});

test('generated replies are valid ones', async () => {
  const { ask } = await serve({ createUser: (_, { generate }) => generate(201) });
  expect(await ask('POST', '/users', { name: 'Ann' })).toMatchObject({
    status: 201,
    body: { name: expect.any(String) },
  });
});

test.each<[string, unknown, object]>([
  [
    'an undocumented status',
    { status: 418 },
    { location: 'status', message: '418 is not documented; there are: 201, 409' },
  ],
  ['no status', undefined, { location: 'status', keyword: 'type' }],
  [
    'a body that its schema refuses',
    { status: 201, body: { name: 'A' } },
    { location: 'body', pointer: '/name', keyword: 'minLength' },
  ],
  ['no body', { status: 201 }, { location: 'body', keyword: 'required' }],
  [
    'a header that its schema refuses',
    { status: 201, headers: { 'x-left': 0 }, body: { name: 'Ann' } },
    { location: 'header', pointer: '/x-left', keyword: 'minimum' },
  ],
  [
    'a header that HTTP sets',
    { status: 201, headers: { 'Content-Length': 3 }, body: { name: 'Ann' } },
    { location: 'header', pointer: '/Content-Length' },
  ],
  [
    'another media type',
    { status: 201, headers: { 'Content-Type': 'text/plain' }, body: 'a' },
    { location: 'header', pointer: '/content-type', keyword: 'enum' },
  ],
  ['octets that are no JSON', { status: 201, body: Buffer.from('{') }, { location: 'body', keyword: 'syntax' }],
])('%s is never sent: the answer is a problem that says so', async (_what, reply, violation) => {
  const { ask, errors } = await serve({ createUser: () => reply as { status: number } });
  const { status, body } = await ask('POST', '/users', { name: 'Ann' });
  expect({ status, body }).toMatchObject({
    status: 500,
    body: {
      type: 'urn:standin:problem:handler-reply-invalid',
      violations: [violation],
      detail: expect.stringContaining('what the handler of createUser returned is not documented'),
    },
  });
  expect(errors).toEqual([]);
});

test('a body is not sent where none is documented', async () => {
  const { ask } = await serve({
    removeUser: ({ path }) => (path.id === 1 ? { status: 204 } : { status: 204, body: {} }),
  });
  expect(await ask('DELETE', '/users/1')).toMatchObject({ status: 204 });
  expect(await ask('DELETE', '/users/2')).toMatchObject({
    status: 500,
    body: { violations: [{ location: 'body', keyword: 'not' }] },
  });
});

test('of several media types that one is written which is named, or which the client and the value are fit for', async () => {
  const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
  const { ask } = await serve({
    'GET /image': ({ headers }) => {
      if (headers['x-as'] === 'csv') return { status: 200, headers: { 'content-type': 'text/csv' }, body: [{ a: 1 }] };
      return { status: 200, body: png };
    },
  });
  const image = await ask('GET', '/image');
  expect(image.headers['content-type']).toBe('image/png');
  expect(image.bytes.equals(png)).toBe(true);
  const csv = await ask('GET', '/image', undefined, { 'x-as': 'csv' });
  expect(csv).toMatchObject({ text: expect.stringMatching(/^a\r?\n1/) });
});

test.each([
  ['rejects', () => Promise.reject(new Error('sorry'))],
  [
    'throws',
    () => {
      throw new Error('sorry');
    },
  ],
])('a handler that %s is a problem, and its error is told', async (_how, createUser) => {
  const { ask, errors } = await serve({ createUser });
  expect(await ask('POST', '/users', { name: 'Ann' })).toMatchObject({
    status: 500,
    body: { type: 'urn:standin:problem:handler-failed', detail: 'the handler of createUser failed: sorry' },
  });
  expect(errors).toEqual([new Error('sorry')]);
});

test('handlers work on the collections that standin keeps', async () => {
  const outcomes: unknown[] = [];
  const { ask } = await serve({
    'GET /image': async (_, { state }) => {
      outcomes.push(await state.create('users', { name: 'Ann' }), await state.create('/users', { id: 9, name: 'Bob' }));
      outcomes.push(
        await state.create('users', { id: 9, name: 'Cid' }),
        await state.update('users', 9, { name: 'Bea' }),
      );
      outcomes.push(await state.update('users', 8, {}), await state.remove('users', 1), await state.find('users', 1));
      outcomes.push(await state.list('users'));
      return { status: 200, headers: { 'content-type': 'text/csv' }, body: [] };
    },
    listUsers: async (_, { state }) => ({ status: 200, body: await state.list('user') }),
  });
  expect((await ask('GET', '/image')).status).toBe(200);
  expect(outcomes).toMatchObject([
    { kind: 'created', item: { id: 1, name: 'Ann' } },
    { kind: 'created', item: { id: 9, name: 'Bob' } },
    { kind: 'conflict', pointer: '/id', item: { name: 'Bob' } },
    { kind: 'updated', item: { id: 9, name: 'Bea' } },
    { kind: 'missing' },
    { id: 1 },
    undefined,
    [{ id: 9, name: 'Bea' }],
  ]);
  expect(await ask('GET', '/users/9')).toMatchObject({ status: 200, body: { name: 'Bea' } });
  expect(await ask('GET', '/users')).toMatchObject({
    status: 500,
    body: { detail: expect.stringContaining('has no collection "user"; the nearest name is "/users"') },
  });
});

test('a handler that no operation is there for is an error that names the nearest one', () => {
  const folder = writeFolder({ 'api/openapi.json': document, 'b/openapi.json': document });
  const handler = () => ({ status: 204 });
  expect(() => standin({ documents: [`${folder}/api`], handlers: { createuser: handler, b: 1 as never } })).toThrow(
    'no operation is called "createuser"; the nearest name is "createUser"\nthe handler "b" is no function, but number',
  );
  const documents = [`${folder}/api`, `${folder}/b`];
  expect(() => standin({ documents, handlers: { createUser: handler } })).toThrow(
    '"createUser" is an operation of several APIs; write one of "api.createUser", "b.createUser"',
  );
  expect(() => standin({ documents, handlers: { 'b.createUser': handler } })).not.toThrow();
});

test('what a handler changes of a reply is followed by the webhooks of what led to it, and what failed by none', async () => {
  const received: unknown[] = [];
  const receiver = createServer((incoming, response) => {
    incoming.on('data', (chunk: Buffer) => received.push(JSON.parse(chunk.toString())));
    incoming.on('end', () => response.end());
  });
  servers.push(receiver);
  await new Promise<void>((listening) => receiver.listen(0, '127.0.0.1', listening));
  const { post } = document.paths['/users'];
  const hook = { post: { requestBody: { content: { 'application/json': { schema: {} } } }, responses: {} } };
  const fires = { webhook: 'made', when: 'resource.created', body: { name: '$response.body#/name' } };
  const folder = writeFolder({
    'api/openapi.json': {
      ...document,
      paths: { ...document.paths, '/users': { post: { ...post, 'x-standin-fires': fires } } },
      webhooks: { made: hook },
    },
  });
  let delivered = () => {};
  const delivery = new Promise<void>((resolve) => {
    delivered = resolve;
  });
  const server = createServer(
    standin({
      documents: [`${folder}/api`],
      webhooks: { made: [`http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`] },
      onDelivery: () => delivered(),
      handlers: {
        createUser: async ({ query }, { next }) => {
          const reply = await next();
          return query.dry ? { status: 418 } : { ...reply, body: { ...(reply.body as object), name: 'Changed' } };
        },
      },
    }),
  );
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  for (const target of ['/users?dry=true', '/users'])
    await request(`${url}${target}`, { headers: { 'content-type': 'application/json' }, body: '{"name": "Ann"}' });
  await delivery;
  expect(received).toEqual([{ name: 'Changed' }]);
});
