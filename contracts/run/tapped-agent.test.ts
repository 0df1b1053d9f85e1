import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { expect, test } from '@jest/globals';
import { ask } from './answer.js';

const excessOf = async (method: string, octets: string): Promise<number | undefined> => {
  const server = createServer((socket) => socket.once('data', () => socket.end(octets)));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  try {
    const { excess } = await ask(`http://127.0.0.1:${port}`, { method, path: '/', headers: {} }, { reuse: false });
    return excess;
  } finally {
    server.close();
  }
};
const head = (status: string, length: number) => `HTTP/1.1 ${status}\r\ncontent-length: ${length}\r\n\r\n`;

test('octets after the head of an answer that has no body are counted', async () => {
  expect(await excessOf('HEAD', `${head('200 OK', 2)}{}`)).toBe(2);
  expect(await excessOf('GET', 'HTTP/1.1 204 No Content\r\n\r\n{}')).toBe(2);
});

test('a body is no excess, nor is a length that HEAD tells', async () => {
  expect(await excessOf('GET', `${head('200 OK', 2)}{}`)).toBeUndefined();
  expect(await excessOf('HEAD', head('200 OK', 2))).toBeUndefined();
});
