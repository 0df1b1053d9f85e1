import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import type { Operation } from '../contract/index.js';
import type { Reply } from '../replies/index.js';
import { requestOf } from '../testing/client.js';
import { compileOperationObject } from '../testing/compile-document.js';
import { createCallbacks } from './callbacks.js';
import type { Delivery } from './delivery.js';
import { createDispatch, type DispatchOptions } from './dispatch.js';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

interface Received {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

/** A receiver of callbacks: what it got, in order; it answers with the status, or not at all. */
async function receive(status: number | 'never'): Promise<{ url: string; got: Received[] }> {
  const got: Received[] = [];
  server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    got.push({ method: request.method, url: request.url, headers: request.headers, body: text && JSON.parse(text) });
    if (status !== 'never') response.writeHead(status, { location: '/elsewhere' }).end('thanks');
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, got };
}

const schema = {
  type: 'object',
  required: ['event'],
  properties: { event: { enum: ['done'] }, secret: { type: 'string', readOnly: true } },
};
const operation = compileOperationObject(
  {
    responses: { 201: { description: '' } },
    callbacks: {
      onDone: {
        '{$request.body#/url}': {
          post: {
            parameters: [
              { name: 'X-Event', in: 'header', required: true, schema: { const: 'done' } },
              { name: 'attempt', in: 'query', required: true, schema: { type: 'integer', minimum: 1 } },
            ],
            requestBody: { content: { 'application/json': { schema } } },
            responses: { 200: { description: '' } },
          },
        },
      },
    },
  },
  { security: [{ key: [] }], components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } } },
);
const created: Reply = { status: 201, headers: {}, reason: 'example' };

function fire(
  url: unknown,
  {
    options = {},
    reply = created,
    headers = {},
  }: { options?: DispatchOptions; reply?: Reply; headers?: Record<string, string> } = {},
  asked: Operation = operation,
): Promise<Delivery> {
  return new Promise((resolve) => {
    const callbacks = createCallbacks(createDispatch({ ...options, onDelivery: resolve }));
    callbacks(asked, requestOf({ json: { url }, headers }), reply);
  });
}

test('a callback is sent as documented: method, required parameters, a valid body, a credential', async () => {
  const { url, got } = await receive(200);
  expect(await fire(url)).toEqual({
    operation: 'POST /things/{id}',
    callback: 'onDone',
    method: 'POST',
    url,
    status: 200,
    documented: true,
  });
  expect(got).toMatchObject([
    {
      method: 'POST',
      url: '/hook?attempt=1',
      headers: { 'x-event': 'done', 'content-type': 'application/json', authorization: 'Bearer standin' },
      body: { event: 'done' },
    },
  ]);
  expect(got[0]?.body).toEqual({ event: 'done' });
});

test.each([302, 500])('an answer of %d is reported, and is the end of it', async (status) => {
  const { url, got } = await receive(status);
  expect(await fire(url)).toMatchObject({ status, documented: false });
  expect(got).toHaveLength(1);
});

test('a receiver that does not answer is given up', async () => {
  const { url } = await receive('never');
  expect(await fire(url, { options: { timeoutMs: 50 } })).toMatchObject({ error: 'no answer within 50 ms' });
});

test('a receiver that is not there is reported', async () => {
  expect(await fire('http://127.0.0.1:1/')).toMatchObject({ error: expect.any(String) });
});

test('a host that is not allowed gets nothing, and that is reported', async () => {
  expect(await fire('http://203.0.113.1/')).toMatchObject({ error: expect.stringContaining('--allow-callbacks') });
});

test('nothing is sent after an error, without a URL, or for a request that is a callback itself', async () => {
  const told: Delivery[] = [];
  const callbacks = createCallbacks(createDispatch({ onDelivery: (delivery) => told.push(delivery) }));
  const asked = (json: unknown, headers = {}) => requestOf({ json, headers });
  const url = 'ftp://localhost';
  callbacks(operation, asked({ url }), { ...created, status: 422 });
  callbacks(operation, asked({}), created);
  callbacks(operation, asked({ url }, { 'standin-callback': 'onDone' }), created);
  callbacks(operation, asked({ url }), created);
  await new Promise(setImmediate);
  expect(told).toMatchObject([{ url, error: 'this is no absolute http or https URL' }]);
});

/** An operation with one callback, at `{$request.body#/url}` unless it says otherwise. */
const calling = (pathItem: unknown, url = '{$request.body#/url}') =>
  compileOperationObject({ responses: { 201: { description: '' } }, callbacks: { onDone: { [url]: pathItem } } });

test('the example that the client asked for by name is the one of that name', async () => {
  const { url, got } = await receive(200);
  const examples = { cat: { value: { is: 'cat' } }, dog: { value: { is: 'dog' } } };
  const asked = calling({ post: { requestBody: { content: { 'application/json': { examples } } } } });
  await fire(url, { headers: { prefer: 'example=dog' } }, asked);
  await fire(url, { headers: { prefer: 'example=cow' } }, asked);
  expect(got.map(({ body }) => body)).toEqual([{ is: 'dog' }, { is: 'cat' }]);
});

test('a relative URL is one of the callback’s own servers', async () => {
  const { url, got } = await receive(200);
  const servers = [{ url: new URL('/base/', url).href }];
  expect(await fire('x', {}, calling({ servers, post: {} }, '/done?of={$request.body#/url}'))).toMatchObject({
    status: 200,
  });
  expect(got).toMatchObject([{ url: '/base/done?of=x' }]);
});

test('a callback without a documented answer says nothing of its answer; one of method GET has no body', async () => {
  const { url, got } = await receive(200);
  const json = { requestBody: { content: { 'application/json': { example: { a: 1 } } } } };
  expect(await fire(url, {}, calling({ get: json }))).not.toHaveProperty('documented');
  expect(got).toMatchObject([{ method: 'GET', body: '' }]);
});

test('lists in the query are written by their style', async () => {
  const { url, got } = await receive(200);
  const list = (name: string, more: object) => ({
    ...{ name, in: 'query', required: true, schema: { type: 'array' }, example: [1, 2] },
    ...more,
  });
  const parameters = [
    list('each', {}),
    list('joined', { explode: false }),
    list('piped', { style: 'pipeDelimited', explode: false }),
  ];
  await fire(url, {}, calling({ post: { parameters } }));
  expect(got).toMatchObject([{ url: '/hook?each=1&each=2&joined=1%2C2&piped=1%7C2' }]);
});

test('names of this machine are not looked up', async () => {
  const { url } = await receive(200);
  expect(await fire(url.replace('127.0.0.1', 'nobody-knows.localhost'))).toMatchObject({ status: 200 });
});
