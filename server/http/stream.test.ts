import { once } from 'node:events';
import { createServer, get } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createChance } from '../contract/index.js';
import { createMemoryStore, createSessions } from '../state/index.js';
import { compileDocument } from '../testing/compile-document.js';
import { request } from '../testing/request.js';
import { createMiddleware } from './middleware.js';
import { type RunningServer, serve } from './server.js';
import { writeItems } from './stream.js';

const long = 'again and again '.repeat(100);
const ok = (mediaType: string, example: unknown, headers: object = {}) => ({
  get: { responses: { 200: { description: '', headers, content: { [mediaType]: { itemSchema: {}, example } } } } },
});
const contract = compileDocument({
  openapi: '3.2.0',
  paths: {
    '/events': ok('text/event-stream', 'data: a\n\ndata: b\n\n'),
    '/kept': ok('text/event-stream', 'data: a\n\n', { 'Cache-Control': { example: 'no-store' } }),
    '/lines': ok('application/jsonl', [{ long }, 2]),
    '/nothing': ok('application/jsonl', []),
    '/whole': ok('application/json', [1]),
  },
});
const middleware = createMiddleware({
  contracts: [contract],
  sessions: createSessions(createMemoryStore, () => 0),
  chanceOf: createChance,
  now: () => 0,
  bodyLimitBytes: 1024,
  streamIntervalMs: 1,
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

/** An answer as it comes over the wire. */
async function wire(path: string, version = '1.1'): Promise<string> {
  const socket = connect(Number(new URL(running.url).port), '127.0.0.1');
  let text = '';
  socket.setEncoding('latin1').on('data', (more: string) => {
    text += more;
  });
  socket.write(`GET ${path} HTTP/${version}\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
  await once(socket, 'close');
  return text;
}

test('each item is a chunk of its own', async () => {
  expect(await wire('/events')).toMatch(/\r\n\r\n9\r\ndata: a\n\n\r\n9\r\ndata: b\n\n\r\n0\r\n\r\n$/);
});

test('a client of HTTP/1.0, which knows no chunks, gets the items until the connection closes', async () => {
  expect(await wire('/events', '1.0')).toMatch(/\r\n\r\ndata: a\n\ndata: b\n\n$/);
});

test('a sequence without items is an empty body', async () => {
  expect(await wire('/nothing')).toMatch(/\r\n\r\n0\r\n\r\n$/);
});

test('events are not to be kept, unless documented otherwise', async () => {
  expect((await request(`${running.url}/events`, { method: 'GET' })).headers['cache-control']).toBe('no-cache');
  expect((await request(`${running.url}/kept`, { method: 'GET' })).headers['cache-control']).toBe('no-store');
});

test.each([
  ['gzip', gunzipSync],
  ['br', brotliDecompressSync],
  ['deflate', inflateSync],
])('items go under %s as they come', async (coding, decode) => {
  const headers = { 'accept-encoding': coding };
  const answer = await request(`${running.url}/lines`, { method: 'GET', headers });
  expect(answer.headers).toMatchObject({ 'content-encoding': coding, 'transfer-encoding': 'chunked' });
  expect(decode(answer.bytes).toString()).toBe(`${JSON.stringify({ long })}\n2\n`);
});

test('HEAD tells what GET would, without items', async () => {
  const answer = await request(`${running.url}/events`, { method: 'HEAD' });
  expect(answer).toMatchObject({ status: 200, text: '', headers: { 'content-type': 'text/event-stream' } });
  expect(answer.headers['content-length']).toBeUndefined();
});

test('what is no sequence has a length', async () => {
  expect((await request(`${running.url}/whole`, { method: 'GET' })).headers['content-length']).toBe('3');
});

test('a stream ends when its client goes away, however long the pauses', async () => {
  const server = createServer((_, response) => {
    writeItems(response, [Buffer.from('first'), Buffer.from('second')], { intervalMs: 3_600_000, coding: undefined });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const ended = new Promise((resolve) => server.on('request', (_, response) => response.on('close', resolve)));
  const client = get({ port: (server.address() as AddressInfo).port, host: '127.0.0.1' }, (response) => {
    response.on('error', () => {});
    response.once('data', () => client.destroy());
  });
  client.on('error', () => {});
  await ended;
  const closed = once(server, 'close');
  server.close();
  expect(await closed).toEqual([]);
});
