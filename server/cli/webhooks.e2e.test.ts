import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { writeFolder } from '../testing/load-document.js';
import { postJson } from '../testing/post-json.js';
import { type RunningCli, runCli, startMock } from '../testing/run-cli.js';

const pet = {
  type: 'object',
  required: ['id', 'name'],
  properties: { id: { type: 'integer' }, name: { type: 'string' } },
};
const document = {
  openapi: '3.1.1',
  info: { title: 'Pets', version: '1.0.0' },
  paths: {
    '/pets': {
      post: {
        operationId: 'createPet',
        requestBody: { content: { 'application/json': { schema: { type: 'object' } } } },
        responses: { 201: { description: 'made', content: { 'application/json': { example: { id: 7 } } } } },
        'x-standin-fires': { webhook: 'newPet', body: { id: '$response.body#/id', name: '$request.body#/name' } },
      },
    },
  },
  webhooks: {
    newPet: {
      post: {
        security: [{ key: [] }],
        requestBody: {
          content: {
            'application/json': {
              schema: pet,
              examples: { rex: { value: { id: 1, name: 'Rex' } }, tom: { value: { id: 2, name: 'Tom' } } },
            },
          },
        },
        responses: { 200: { description: 'taken' } },
      },
    },
    lost: { post: { responses: { 202: { description: 'taken' } } } },
  },
  components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } } },
};

let folder: string;
let mock: RunningCli;
let receiver: Server;
let receiverUrl: string;
const got: { url: string | undefined; headers: IncomingHttpHeaders; body: unknown }[] = [];

beforeAll(async () => {
  receiver = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    got.push({ url: request.url, headers: request.headers, body: text && JSON.parse(text) });
    response.writeHead(200).end();
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  receiverUrl = `http://localhost:${(receiver.address() as AddressInfo).port}`;
  folder = writeFolder({ 'openapi.json': document });
  mock = await startMock([join(folder, 'openapi.json'), '--webhook-url', `newPet=${receiverUrl}/pets`]);
});
beforeEach(() => {
  got.length = 0;
});
afterAll(async () => {
  receiver.closeAllConnections();
  receiver.close();
  await mock.stop();
});

const fire = async (name: string, asked: unknown = {}) => {
  const response = await postJson(`${mock.url}/_standin/webhooks/${name}`, asked);
  return { status: response.status, body: response.body };
};

test('a webhook is sent when asked for, with a credential, and how it went is answered and told', async () => {
  expect(await fire('newPet', { example: 'tom' })).toEqual({
    status: 202,
    body: {
      deliveries: [{ webhook: 'newPet', method: 'POST', url: `${receiverUrl}/pets`, status: 200, documented: true }],
    },
  });
  expect(got).toMatchObject([
    { url: '/pets', headers: { 'x-key': 'standin', 'standin-webhook': 'newPet' }, body: { id: 2, name: 'Tom' } },
  ]);
  await mock.stderrMatching(/^webhook newPet: POST \S+\/pets was answered 200$/m);
});

test('an answer that the webhook does not document is told as such', async () => {
  expect(await fire('lost', { url: receiverUrl })).toMatchObject({
    status: 202,
    body: { deliveries: [{ status: 200, documented: false }] },
  });
  await mock.stderrMatching(/webhook lost: POST \S+ was answered 200, which is not documented\n/);
});

test.each([
  ['none', {}, 404, 'webhook-unknown'],
  ['lost', {}, 409, 'webhook-nowhere'],
  ['lost', { url: 'http://203.0.113.1/' }, 422, 'request-invalid'],
  ['newPet', { body: { id: 'x' } }, 422, 'request-invalid'],
  ['newPet', { example: 'none' }, 422, 'request-invalid'],
  ['newPet', { uri: 'x' }, 422, 'request-invalid'],
])('what can not be sent is a problem: %s %j', async (name, asked, status, type) => {
  expect(await fire(name, asked)).toMatchObject({ status, body: { type: `urn:standin:problem:${type}` } });
  expect(got).toEqual([]);
});

test('a webhook follows the reply that declares it, with values of the request and the response', async () => {
  expect(await postJson(`${mock.url}/pets`, { name: 'Zed' })).toMatchObject({ status: 201 });
  await mock.stderrMatching(/webhook newPet of createPet: POST \S+ was answered 200\n/);
  expect(got).toMatchObject([{ body: { id: 7, name: 'Zed' } }]);
});

test('where the values make no valid body, the example is sent, and that is told', async () => {
  await postJson(`${mock.url}/pets`, {});
  await mock.stderrMatching(/of createPet: .* was answered 200 \(the body made for it .* so the example is sent\)\n/);
  expect(got).toMatchObject([
    { headers: { 'standin-note': expect.stringContaining('/name') }, body: { id: 1, name: 'Rex' } },
  ]);
});

test('what there is to send is listed', async () => {
  const response = await fetch(`${mock.url}/_standin/webhooks`);
  expect(await response.json()).toMatchObject({
    webhooks: [
      { name: 'newPet', method: 'POST', urls: [`${receiverUrl}/pets`], examples: ['rex', 'tom'] },
      { name: 'lost', urls: [] },
    ],
  });
});

test.each([
  ['another=http://localhost', /there is no webhook "another"; there are: newPet, lost/],
  ['http://203.0.113.1', /allow it with --allow-callbacks 203\.0\.113\.1/],
  ['nowhere', /Expected URL or NAME=URL/],
])('--webhook-url %s is refused at the start', async (url, message) => {
  const { exitCode, stderr } = await runCli([
    'mock',
    join(folder, 'openapi.json'),
    '--port',
    '0',
    '--webhook-url',
    url,
  ]);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(message);
});
