import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { writeFolder } from '../testing/load-document.js';
import { postJson } from '../testing/post-json.js';
import { type RunningCli, startMock } from '../testing/run-cli.js';

const document = {
  openapi: '3.1.1',
  info: { title: 'Streams', version: '1.0.0' },
  paths: {
    '/streams': {
      post: {
        operationId: 'subscribe',
        requestBody: { content: { 'application/json': { schema: { type: 'object' } } } },
        responses: { 201: { description: 'subscribed' } },
        callbacks: {
          onData: {
            '{$request.body#/callbackUrl}/data?id={$statusCode}': {
              post: {
                requestBody: {
                  content: {
                    'application/json': {
                      schema: {
                        type: 'object',
                        required: ['sentAt'],
                        properties: { sentAt: { type: 'string', format: 'date-time' } },
                      },
                    },
                  },
                },
                responses: { 202: { description: 'taken' } },
              },
            },
          },
        },
      },
    },
  },
};

let mock: RunningCli;
let receiver: Server;
const got: { url: string | undefined; body: unknown }[] = [];
beforeAll(async () => {
  receiver = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    got.push({ url: request.url, body: JSON.parse(text) });
    response.writeHead(202).end();
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  mock = await startMock([join(writeFolder({ 'openapi.json': document }), 'openapi.json')]);
});
afterAll(async () => {
  receiver.closeAllConnections();
  receiver.close();
  await mock.stop();
});

test('a callback follows the reply, and how it went is told', async () => {
  const callbackUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  expect(await postJson(`${mock.url}/streams`, { callbackUrl })).toMatchObject({ status: 201 });
  await mock.stderrMatching(/callback onData of subscribe: POST http:\S+\/data\?id=201 was answered 202\n/);
  expect(got).toMatchObject([{ url: '/data?id=201', body: { sentAt: expect.any(String) } }]);
});

test('a callback to another machine is told, not sent', async () => {
  expect(await postJson(`${mock.url}/streams`, { callbackUrl: 'http://203.0.113.1' })).toMatchObject({ status: 201 });
  await mock.stderrMatching(/not delivered: 203\.0\.113\.1 is not on this machine; allow it with --allow-callbacks/);
});
