import { EventEmitter, once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { request } from '../testing/request.js';
import { type RunningServer, serve } from './server.js';

const running: RunningServer[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close(0)));
});

async function start(listener: RequestListener, host = '127.0.0.1'): Promise<RunningServer> {
  const server = await serve(listener, { port: 0, host });
  running.push(server);
  return server;
}

const portOf = ({ url }: RunningServer) => Number(new URL(url).port);

async function overSocket(server: RunningServer, text: string): Promise<string> {
  const socket = connect(portOf(server), '127.0.0.1');
  socket.on('error', () => {});
  socket.write(text);
  let answer = '';
  for await (const chunk of socket) answer += chunk;
  return answer;
}

const ok: RequestListener = (_, response) => response.end('ok');

test('the URL is that of the port it got', async () => {
  const { url } = await start(ok);
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(await request(url)).toMatchObject({ text: 'ok' });
});

test('localhost is each loopback address that it stands for, on one port', async () => {
  const { url } = await start(ok, 'localhost');
  expect(url).toMatch(/^http:\/\/localhost:/);
  expect(await request(url.replace('localhost', '127.0.0.1'))).toMatchObject({ text: 'ok' });
});

test('a port that is taken is an error with its code', async () => {
  const other = createServer(ok);
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  await expect(serve(ok, { port, host: '127.0.0.1' })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  other.close();
});

test.each([
  { what: 'garbage', text: 'hello?\r\n\r\n', status: '400 Bad Request' },
  { what: 'TLS', text: '\u0016\u0003\u0001\u0002\u0000\u0001', status: '400 Bad Request' },
  {
    what: 'two lengths',
    text: 'GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
    status: '400 Bad Request',
  },
  {
    what: 'a header that is too long',
    text: `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`,
    status: '431 Request Header Fields Too Large',
  },
])('$what on the socket gets a problem, and the server goes on', async ({ text, status }) => {
  const server = await start(ok);
  const answer = await overSocket(server, text);
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  expect(head).toContain(`HTTP/1.1 ${status}\r\n`);
  expect(head).toContain('content-type: application/problem+json');
  expect(head).toContain(`content-length: ${Buffer.byteLength(body)}`);
  expect(JSON.parse(body)).toMatchObject({ type: 'urn:standin:problem:request-malformed' });
  expect(await request(server.url)).toMatchObject({ text: 'ok' });
});

/** A server whose answer to its first request waits for `finish`. */
async function startWaiting() {
  const events = new EventEmitter();
  const arrival = once(events, 'arrival');
  const server = await start(async (_, response) => {
    events.emit('arrival');
    await once(events, 'finish');
    response.end('finished');
  });
  return { server, arrival, finish: () => events.emit('finish') };
}

test('a close lets the request that is under way finish, takes no more, and waits for no idle connection', async () => {
  const { server, arrival, finish } = await startWaiting();
  const answer = request(server.url);
  await arrival;
  const closed = server.close();
  await expect(request(server.url)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  finish();
  expect(await answer).toMatchObject({ text: 'finished' });
  await closed;
});

test('what is still open after the grace is cut off', async () => {
  const { server, arrival } = await startWaiting();
  const answer = request(server.url);
  await arrival;
  await Promise.all([expect(answer).rejects.toMatchObject({ code: 'ECONNRESET' }), server.close(20)]);
});
