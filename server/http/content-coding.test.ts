import { brotliCompressSync, brotliDecompressSync, deflateRawSync, deflateSync, gzipSync, unzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import express from 'express';
import { createChance } from '../contract/index.js';
import { createMemoryStore, createSessions } from '../state/index.js';
import { compileDocument } from '../testing/compile-document.js';
import { request } from '../testing/request.js';
import { createMiddleware } from './middleware.js';
import { type RunningServer, serve } from './server.js';

const long = { text: 'a documented text, again and again. '.repeat(100) };
const ok = (mediaType: string, example: unknown, headers: object = {}) => ({
  responses: { 200: { description: '', headers, content: { [mediaType]: { example } } } },
});
const person = { type: 'object', required: ['age'], properties: { age: { type: 'integer' } } };
const contract = compileDocument({
  servers: [{ url: 'https://api.example' }],
  paths: {
    '/long': { get: ok('application/json', long), head: ok('application/json', long) },
    '/short': { get: ok('application/json', {}) },
    '/events': { get: ok('text/event-stream', 'data: x\n\n'.repeat(500)) },
    '/untouched': { get: ok('application/json', long, { 'Cache-Control': { example: 'no-transform' } }) },
    '/people': {
      post: {
        requestBody: {
          required: true,
          content: {
            'application/json': { schema: person },
            'application/x-www-form-urlencoded': { schema: person },
            'multipart/form-data': { schema: person },
          },
        },
        responses: { 204: { description: '' } },
      },
    },
  },
});

const limit = 4096;
const middleware = createMiddleware({
  contracts: [contract],
  sessions: createSessions(createMemoryStore, () => 0),
  chanceOf: createChance,
  now: () => 0,
  bodyLimitBytes: limit,
  ready: Promise.resolve(),
  onError: (error) => {
    throw error;
  },
});

let running: RunningServer;
beforeAll(async () => {
  running = await serve(middleware, { port: 0, host: '127.0.0.1' });
});
afterAll(() => running.close(0));

const get = (path: string, acceptEncoding?: string, method = 'GET') =>
  request(`${running.url}${path}`, {
    method,
    headers: acceptEncoding === undefined ? {} : { 'accept-encoding': acceptEncoding },
  });
const post = (body: string | Buffer, headers: Record<string, string>) =>
  request(`${running.url}/people`, { body, headers: { 'content-type': 'application/json', ...headers } });

test.each([
  ['gzip', 'gzip'],
  ['br', 'br'],
  ['gzip, deflate, br', 'gzip'],
  ['gzip;q=0.5, br', 'br'],
  ['gzip;q=1, br;q=0.5', 'gzip'],
  ['*', 'br'],
  ['deflate', 'deflate'],
  ['deflate, gzip', 'gzip'],
  ['deflate, gzip;q=0', 'deflate'],
])('a client that accepts %s gets a long body by %s', async (accepted, coding) => {
  const { headers, bytes } = await get('/long', accepted);
  expect(headers).toMatchObject({
    'content-encoding': coding,
    'content-type': 'application/json',
    'content-length': String(bytes.length),
    vary: expect.stringMatching(/\bAccept-Encoding\b/),
  });
  expect(bytes.length).toBeLessThan(1000);
  const decoded = coding === 'br' ? brotliDecompressSync(bytes) : unzipSync(bytes);
  expect(JSON.parse(decoded.toString())).toEqual(long);
});

test.each([
  ['who does not ask', '/long', undefined],
  ['who refuses', '/long', 'gzip;q=0, identity'],
  ['who asks for another', '/long', 'zstd'],
  ['who asks, of a short body', '/short', 'gzip, br'],
  ['who asks, of an event stream', '/events', 'gzip, br'],
  ['who asks, of what must not be transformed', '/untouched', 'gzip, br'],
])('to one %s, the body goes as it is', async (_what, path, accepted) => {
  const { status, headers } = await get(path, accepted);
  expect(status).toBe(200);
  expect(headers['content-encoding']).toBeUndefined();
});

test('HEAD tells what GET would send', async () => {
  await get('/long', 'gzip');
  const [head, whole] = [await get('/long', 'gzip', 'HEAD'), await get('/long', 'gzip')];
  const { date: _h, ...ofHead } = head.headers;
  const { date: _g, ...ofGet } = whole.headers;
  expect(ofHead).toEqual(ofGet);
  expect(head.bytes).toHaveLength(0);
});

const adult = Buffer.from('{"age":42}');
test.each([
  ['gzip', gzipSync(adult)],
  ['x-gzip', gzipSync(adult)],
  ['deflate', deflateSync(adult)],
  ['deflate', deflateRawSync(adult)],
  ['BR', brotliCompressSync(adult)],
  ['gzip, br', brotliCompressSync(gzipSync(adult))],
  ['identity', adult],
])('a request under %s is read', async (coding, body) => {
  expect(await post(body, { 'content-encoding': coding })).toMatchObject({ status: 204 });
  const wrong = { gzip: gzipSync('{}') }[coding];
  if (wrong) expect(await post(wrong, { 'content-encoding': coding })).toMatchObject({ status: 422 });
});

test('a few octets that would become too many are let be', async () => {
  const bomb = gzipSync(Buffer.alloc(50_000_000));
  const twice = gzipSync(bomb);
  expect(twice.length).toBeLessThan(limit);
  expect(await post(twice, { 'content-encoding': 'gzip, gzip' })).toMatchObject({ status: 413 });
  expect(await post(gzipSync(Buffer.alloc(limit + 1)), { 'content-encoding': 'gzip' })).toMatchObject({ status: 413 });
});

test('a coding that is not known is told from one that is broken', async () => {
  expect(await post(adult, { 'content-encoding': 'zstd' })).toMatchObject({
    status: 415,
    headers: { 'accept-encoding': 'gzip, deflate, br' },
  });
  expect(await post(adult, { 'content-encoding': 'gzip' })).toMatchObject({
    status: 400,
    text: expect.stringMatching(/the body is not gzip/),
  });
});

const boundary = 'multipart/form-data; boundary=b';
const part = (age: string) => `--b\r\nContent-Disposition: form-data; name="age"\r\n\r\n${age}\r\n--b--\r\n`;
test.each([
  ['application/x-www-form-urlencoded', 'age=42', 204],
  ['application/x-www-form-urlencoded', 'age=old', 422],
  [boundary, part('42'), 204],
  [boundary, part('old'), 422],
  [boundary, 'age=42', 400],
])('%s of %j is answered with %d', async (contentType, body, status) => {
  expect(await post(body, { 'content-type': contentType })).toMatchObject({ status });
});

test('in Express, forms that its parser has read are typed, and what it inflated is not inflated again', async () => {
  const app = express();
  app.use(express.urlencoded({ extended: true }), express.raw({ type: 'application/json' }), middleware);
  const server = await serve(app, { port: 0, host: '127.0.0.1' });
  const send = (body: string | Buffer, headers: Record<string, string>) =>
    request(`${server.url}/people`, { body, headers });
  expect(await send('age=42', { 'content-type': 'application/x-www-form-urlencoded' })).toMatchObject({ status: 204 });
  expect(await send('age=old', { 'content-type': 'application/x-www-form-urlencoded' })).toMatchObject({ status: 422 });
  const coded = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
  expect(await send(gzipSync(adult), coded)).toMatchObject({ status: 204 });
  await server.close(0);
});
