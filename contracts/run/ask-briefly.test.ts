import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, jest, test } from '@jest/globals';
import { ask, patienceMs } from './answer.js';
import { askBriefly } from './ask-briefly.js';

afterEach(() => {
  jest.useRealTimers();
});

const request = { method: 'GET', path: '/', headers: {} };

test.each([
  ['asked', (url: string) => ask(url, request, { reuse: true })],
  ['asked briefly', (url: string) => askBriefly(url, request)],
])('a server that says nothing when it is %s is waited for no longer than the patience lasts', async (_, asking) => {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'performance', 'Date'] });
  const asked = once(server, 'request');
  const answer = asking(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const refused = expect(answer).rejects.toThrow(`Timeout of ${patienceMs}ms exceeded`);
  await asked;
  jest.advanceTimersByTime(patienceMs);
  await refused;
  expect(jest.getTimerCount()).toBe(0);
  server.closeAllConnections();
  server.close();
});
