import { PassThrough } from 'node:stream';
import { expect, test } from '@jest/globals';
import { refuseOnSocket } from './refuse-on-socket.js';

function answerTo(code: string) {
  const socket = new PassThrough();
  refuseOnSocket(Object.assign(new Error('that is wrong'), { code }), socket);
  const [head = '', body = ''] = String(socket.read() ?? '').split('\r\n\r\n');
  return { statusLine: head.split('\r\n')[0], body: body === '' ? undefined : JSON.parse(body), socket };
}

test.each([
  { code: 'ERR_HTTP_REQUEST_TIMEOUT', status: '408 Request Timeout', name: 'request-timeout' },
  { code: 'HPE_HEADER_OVERFLOW', status: '431 Request Header Fields Too Large', name: 'request-malformed' },
  { code: 'HPE_INVALID_METHOD', status: '400 Bad Request', name: 'request-malformed' },
])('what fails with $code is told $status', ({ code, status, name }) => {
  const { statusLine, body, socket } = answerTo(code);
  expect(statusLine).toBe(`HTTP/1.1 ${status}`);
  expect(body).toMatchObject({ type: `urn:standin:problem:${name}`, status: Number.parseInt(status, 10) });
  expect(socket.writableEnded).toBe(true);
});

test('who is gone is told nothing', () => {
  const { statusLine, socket } = answerTo('ECONNRESET');
  expect(statusLine).toBe('');
  expect(socket.destroyed).toBe(true);
});
