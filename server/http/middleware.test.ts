import { connect } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import express from 'express';
import { type Contract, createChance } from '../contract/index.js';
import { createMemoryStore, createSessions } from '../state/index.js';
import { compileDocument } from '../testing/compile-document.js';
import { request } from '../testing/request.js';
import { createMiddleware, type Middleware, type MiddlewareOptions } from './middleware.js';
import { type RunningServer, serve } from './server.js';

const schema = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } };
const done = {
  description: '',
  headers: { 'X-Request-Id': { example: 'r1' } },
  content: { 'application/json': { example: { said: 'done' } } },
};
const things = compileDocument({
  servers: [{ url: 'https://api.example' }],
  paths: {
    '/things': {
      get: { responses: { 200: done } },
      post: {
        requestBody: { required: true, content: { 'application/json': { schema } } },
        responses: { 201: done },
      },
    },
    '/things/{id}': { delete: { responses: { 204: { description: '' } } } },
  },
});

let running: RunningServer | undefined;
let errors: unknown[] = [];
afterEach(async () => {
  await running?.close(0);
  errors = [];
});

function middlewareOf(options: Partial<MiddlewareOptions> = {}): Middleware {
  return createMiddleware({
    contracts: [things],
    sessions: createSessions(createMemoryStore, () => 0),
    chanceOf: createChance,
    now: () => 0,
    bodyLimitBytes: 64,
    ready: Promise.resolve(),
    onError: (error) => errors.push(error),
    ...options,
  });
}

async function start(listener: Parameters<typeof serve>[0] = middlewareOf()): Promise<string> {
  running = await serve(listener, { port: 0, host: '127.0.0.1' });
  return running.url;
}

/** Writes a text to the socket as it is, and reads until the other side ends. */
async function overSocket(url: string, text: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.setEncoding('latin1');
  socket.write(text);
  let answer = '';
  for await (const chunk of socket) answer += chunk;
  return answer;
}

const json = { 'content-type': 'application/json' };

test('a page of any origin may read the reply, with credentials and its documented headers', async () => {
  const url = await start();
  const origin = 'https://app.example';
  expect(await request(`${url}/things`, { method: 'GET', headers: { origin } })).toMatchObject({
    status: 200,
    headers: {
      'access-control-allow-origin': origin,
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers': 'x-request-id',
      vary: 'Accept, Prefer, Origin',
    },
  });
});

test('without an origin there is nothing of CORS, and `Vary` is there all the same', async () => {
  const url = await start();
  const { headers } = await request(`${url}/things`, { method: 'GET' });
  expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
  expect(headers.vary).toBe('Accept, Prefer, Origin');
});

test.each([
  { method: 'POST', path: '/things', what: 'a problem' },
  { method: 'DELETE', path: '/things', what: 'a refused method' },
  { method: 'GET', path: '/none', what: 'an unknown path' },
])('$what can be read by a page too, and varies', async ({ method, path }) => {
  const url = await start();
  const { headers } = await request(url + path, { method, headers: { origin: 'null' } });
  expect(headers).toMatchObject({ 'access-control-allow-origin': 'null', vary: 'Accept, Prefer, Origin' });
});

test.each(['/things', '/things/1', '/none'])('a preflight for %s is allowed what it asks for', async (path) => {
  const url = await start();
  const answer = await request(url + path, {
    method: 'OPTIONS',
    headers: {
      origin: 'https://app.example',
      'access-control-request-method': 'PATCH',
      'access-control-request-headers': 'x-key, content-type',
      'access-control-request-private-network': 'true',
    },
  });
  expect(answer).toMatchObject({
    status: 204,
    text: '',
    headers: {
      'access-control-allow-methods': expect.stringContaining('PATCH'),
      'access-control-allow-headers': 'x-key, content-type',
      'access-control-allow-private-network': 'true',
      'access-control-allow-origin': 'https://app.example',
      'access-control-allow-credentials': 'true',
      'access-control-max-age': '600',
      vary: 'Access-Control-Request-Method, Access-Control-Request-Headers, Accept, Prefer, Origin',
    },
  });
});

test('HEAD has the headers of GET and no body', async () => {
  const url = await start();
  const [head, get] = await Promise.all(['HEAD', 'GET'].map((method) => request(`${url}/things`, { method })));
  expect(head).toMatchObject({ status: 200, text: '', headers: { 'content-length': '15' } });
  expect({ ...head?.headers, date: '' }).toEqual({ ...get?.headers, date: '' });
});

test('OPTIONS of the server as a whole is answered', async () => {
  const url = await start();
  expect(await request(url, { method: 'OPTIONS', target: '*' })).toMatchObject({ status: 204 });
});

test('paths that are told apart by a header, or by their query, are told apart over the wire', async () => {
  const operation = (said: string) => ({
    post: { responses: { 200: { description: '', content: { 'application/json': { example: { said } } } } } },
  });
  const contract = compileDocument({
    paths: {
      '/#X-Target=A': operation('a'),
      '/#X-Target=B': operation('b'),
      '/?Action=C': operation('c'),
    },
  });
  const url = await start(middlewareOf({ contracts: [contract] }));
  const said = async (target: string, headers = {}) => JSON.parse((await request(url, { target, headers })).text).said;
  expect(await said('/', { 'X-Target': 'A' })).toBe('a');
  expect(await said('/', { 'X-Target': 'B' })).toBe('b');
  expect(await said('/?Action=C')).toBe('c');
  expect((await request(url, { target: '/' })).status).toBe(404);
});

test('OPTIONS that is no preflight says what is allowed', async () => {
  const url = await start();
  expect(await request(`${url}/things`, { method: 'OPTIONS' })).toMatchObject({
    status: 204,
    text: '',
    headers: { allow: 'GET, HEAD, OPTIONS, POST' },
  });
});

test('a method that is not documented is a 405 with those that are', async () => {
  const url = await start();
  const answer = await request(`${url}/things/1`, { method: 'PUT' });
  expect(answer).toMatchObject({
    status: 405,
    headers: { allow: 'DELETE, OPTIONS', 'content-type': 'application/problem+json' },
  });
  expect(JSON.parse(answer.text)).toMatchObject({ detail: 'PUT is not documented for /things/1; use DELETE, OPTIONS' });
});

test('a path that is not documented is a 404 that names the nearest', async () => {
  const url = await start();
  const answer = await request(`${url}/thing?x=1`, { method: 'GET' });
  expect(answer.status).toBe(404);
  expect(JSON.parse(answer.text)).toMatchObject({
    type: 'urn:standin:problem:path-not-found',
    detail: '/thing is not documented; the nearest path is /things',
    nearest: '/things',
  });
});

test('a path that is not documented goes to `next` where there is one', async () => {
  const middleware = middlewareOf();
  const url = await start((incoming, response) => middleware(incoming, response, () => response.writeHead(418).end()));
  expect(await request(`${url}/none`)).toMatchObject({ status: 418 });
  expect(await request(`${url}/things`, { method: 'DELETE' })).toMatchObject({ status: 405 });
});

test('a target in absolute form is answered as its path is, and its host counts', async () => {
  const named = (name: string): Contract => ({ ...things, name, servers: [] });
  const contracts = [named('one'), { ...things, name: 'two' }];
  const url = await start(middlewareOf({ contracts }));
  const target = (text: string) => request(url, { method: 'GET', target: text });
  expect(await target('http://api.example/things')).toMatchObject({ status: 200 });
  expect(await target('http://elsewhere.example/one/things')).toMatchObject({ status: 200 });
  expect(await target('/things')).toMatchObject({ status: 404 });
});

test('a reply without content says that its length is nought, and a 204 says nothing of it', async () => {
  const silent = compileDocument({
    paths: {
      '/a': { get: { responses: { 200: { description: '' } } }, put: { responses: { 204: { description: '' } } } },
    },
  });
  const url = await start(middlewareOf({ contracts: [silent] }));
  expect((await request(`${url}/a`, { method: 'GET' })).headers).toMatchObject({ 'content-length': '0' });
  expect((await request(`${url}/a`, { method: 'PUT' })).headers).not.toHaveProperty('content-length');
});

test('a body is read whole, in however many pieces it comes', async () => {
  const url = await start();
  const answer = await overSocket(
    url,
    'POST /things HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n' +
      'Transfer-Encoding: chunked\r\n\r\n7\r\n{"name"\r\n6\r\n:"Ada"\r\n1\r\n}\r\n0\r\n\r\n',
  );
  expect(answer).toMatch(/^HTTP\/1\.1 201 /);
});

test.each([
  { how: 'by its Content-Length', headers: {} },
  { how: 'in chunks', headers: { 'transfer-encoding': 'chunked' } },
])('a body over the limit $how is refused, and the connection goes on', async ({ headers }) => {
  const url = await start();
  const body = JSON.stringify({ name: 'x'.repeat(1_000_000) });
  const answer = await request(`${url}/things`, { headers: { ...json, ...headers }, body });
  expect(answer.status).toBe(413);
  expect(JSON.parse(answer.text)).toMatchObject({ detail: 'the body is over 64 bytes' });
  expect(await request(`${url}/things`, { headers: json, body: '{"name":"Ada"}' })).toMatchObject({ status: 201 });
});

test('a body of just the limit is taken', async () => {
  const url = await start();
  const body = JSON.stringify({ name: 'x'.repeat(64 - '{"name":""}'.length) });
  expect(await request(`${url}/things`, { headers: json, body })).toMatchObject({ status: 201 });
});

test.each([
  { how: 'with a Content-Length', framing: 'Content-Length: 50\r\n\r\n{"na' },
  { how: 'in chunks', framing: 'Transfer-Encoding: chunked\r\n\r\n4\r\n{"na\r\n' },
  { how: 'over the limit', framing: 'Content-Length: 5000\r\n\r\n{"na' },
])('a client that goes away in the middle of a body $how is no error', async ({ framing }) => {
  const url = await start();
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.on('error', () => {});
  socket.write(`POST /things HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${framing}`);
  await new Promise((resolve) => setTimeout(resolve, 30));
  socket.resetAndDestroy();
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(errors).toEqual([]);
  expect(await request(`${url}/things`, { method: 'GET' })).toMatchObject({ status: 200 });
});

test('a body that Express has parsed already is used as it is', async () => {
  const app = express().use(express.json(), middlewareOf());
  const url = await start(app);
  expect(await request(`${url}/things`, { headers: json, body: '{"name":"Ada"}' })).toMatchObject({ status: 201 });
  expect(await request(`${url}/things`, { headers: json, body: '{"name":1}' })).toMatchObject({ status: 422 });
  expect(await request(`${url}/things`, { headers: { 'content-type': 'text/x' }, body: 'x' })).toMatchObject({
    status: 415,
  });
});

test.each([
  { parser: express.text({ type: '*/*' }), what: 'as text' },
  { parser: express.raw({ type: '*/*' }), what: 'as bytes' },
])('a body that Express has read $what is parsed here', async ({ parser }) => {
  const url = await start(express().use(parser, middlewareOf()));
  expect(await request(`${url}/things`, { headers: json, body: '{"name":"Ada"}' })).toMatchObject({ status: 201 });
  expect(await request(`${url}/things`, { headers: json, body: '{' })).toMatchObject({ status: 400 });
});

test('the `{}` that older body parsers leave where there was no content is no body', async () => {
  const middleware = middlewareOf();
  const url = await start((incoming, response) => middleware(Object.assign(incoming, { body: {} }), response));
  const answer = await request(`${url}/things`, { headers: { 'content-length': 0 } });
  expect(JSON.parse(answer.text)).toMatchObject({
    status: 422,
    violations: [{ location: 'body', keyword: 'required' }],
  });
});

test('content that somebody has read and thrown away is not waited for', async () => {
  const middleware = middlewareOf();
  const url = await start(async (incoming, response) => {
    for await (const _ of incoming);
    middleware(incoming, response);
  });
  const answer = await request(`${url}/things`, { headers: json, body: '{"name":"Ada"}' });
  expect(JSON.parse(answer.text)).toMatchObject({ violations: [{ keyword: 'required' }] });
});

test('under a mount path of Express the rest of the path counts', async () => {
  const url = await start(express().use('/mock', middlewareOf()));
  expect(await request(`${url}/mock/things`, { method: 'GET' })).toMatchObject({ status: 200 });
  expect(await request(`${url}/things`, { method: 'GET' })).toMatchObject({ status: 404 });
});

test('requests wait until the collections are there', async () => {
  let open = () => {};
  const ready = new Promise<void>((resolve) => {
    open = resolve;
  });
  const url = await start(middlewareOf({ ready }));
  let isAnswered = false;
  const answer = request(`${url}/things`, { method: 'GET' }).finally(() => {
    isAnswered = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(isAnswered).toBe(false);
  open();
  expect(await answer).toMatchObject({ status: 200 });
});

test.each([
  {
    when: 'at once',
    throwing: () => {
      throw new Error('out of order');
    },
  },
  { when: 'later', throwing: () => Promise.reject(new Error('out of order')) },
])('what goes wrong in standin itself $when is a problem, and is told', async ({ throwing }) => {
  const post = { responses: { 200: done }, 'x-standin-limit': { requests: 1, seconds: 1 } };
  const limited = compileDocument({ paths: { '/things': { post } } });
  const url = await start(
    middlewareOf({
      contracts: [limited],
      sessions: createSessions(
        () => ({ ...createMemoryStore(), count: throwing }),
        () => 0,
      ),
    }),
  );
  const answer = await request(`${url}/things`, { headers: { origin: 'https://app.example' } });
  expect(answer).toMatchObject({ status: 500, headers: { 'access-control-allow-origin': 'https://app.example' } });
  expect(JSON.parse(answer.text)).toMatchObject({ type: 'urn:standin:problem:internal-error', detail: 'out of order' });
  expect(errors).toEqual([new Error('out of order')]);
});

test('of operations with equal templates, the one that the request is valid for answers; else the first', async () => {
  const operation = (type: string, said: string) => ({
    post: {
      requestBody: {
        content: { 'application/json': { schema: { type: 'object', properties: { price: { type } } } } },
      },
      parameters: [],
      responses: { 200: { description: '', content: { 'application/json': { example: { said } } } } },
    },
  });
  const offers = compileDocument({
    paths: { '/offers/{id}': operation('number', 'first'), '/offers/{offer_id}': operation('string', 'second') },
  });
  const url = await start(middlewareOf({ contracts: [offers] }));
  const post = async (price: unknown) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${url}/offers/1`, { method: 'POST', headers, body: JSON.stringify({ price }) });
    return `${answer.status} ${((await answer.json()) as { said?: string }).said}`;
  };
  expect(await post(1)).toBe('200 first');
  expect(await post('1')).toBe('200 second');
  expect(await post(true)).toBe('422 undefined');
});
