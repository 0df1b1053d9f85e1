import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import { createChance } from '../../server/contract/index.js';
import { compileDocument } from '../../server/testing/compile-document.js';
import type { ContractCase } from '../case.js';
import { runCase } from '../run/run-case.js';
import { deriveLinked } from './by-link.js';
import { type Draft, type DraftContext, draftValid } from './draft.js';

const thing = { content: { 'application/json': { schema: { type: 'object' } } }, description: '' };
const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };

/** The document has `POST /things`, whose 201 has the links, and what they may lead to. */
function contractWith(links: Readonly<Record<string, unknown>>) {
  return compileDocument({
    paths: {
      '/things': {
        post: {
          operationId: 'make',
          parameters: [{ name: 'q', in: 'query', required: true, schema: { const: 'a b' } }],
          requestBody: { required: true, content: { 'application/json': { example: { owner: 'me' } } } },
          responses: { 201: { ...thing, links } },
        },
      },
      '/things/{id}': {
        get: {
          operationId: 'get',
          parameters: [id, { name: 'X-Owner', in: 'header', schema: {} }, { name: 'id', in: 'query', schema: {} }],
          responses: { 200: thing },
        },
        put: {
          operationId: 'put',
          parameters: [id],
          requestBody: { content: { 'application/json': { schema: {} } } },
          responses: { 200: thing },
        },
      },
    },
  });
}

function linkedBy(link: Readonly<Record<string, unknown>>) {
  const contract = contractWith({ next: link });
  const [operation] = contract.operations;
  if (!operation) throw new Error('the contract has no operation');
  const context: DraftContext = { contract, operation, chance: createChance('links') };
  const [made] = deriveLinked(context, draftValid(context) as Draft);
  return { contract, made: made as ContractCase };
}

/** What a server is asked that answers the first request with a location and a thing. */
async function follow(link: Readonly<Record<string, unknown>>, created: unknown = { id: 'x/7', n: 5, tags: ['t'] }) {
  const asked: { url: string | undefined; headers: IncomingMessage['headers']; body: string }[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    asked.push({ url: request.url, headers: request.headers, body });
    const headers = { 'content-type': 'application/json', location: 'there' };
    response.writeHead(request.method === 'POST' ? 201 : 200, headers).end(JSON.stringify(created));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { contract, made } = linkedBy(link);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const outcome = await runCase(contract, made, { kind: 'service', url, baseUrlOf: () => url });
  server.closeAllConnections();
  server.close();
  return { outcome, last: asked.at(-1), count: asked.length };
}

test('a link is followed with values of the answer, encoded where they stand', async () => {
  const parameters = {
    id: '$response.body#/id',
    'header.X-Owner': '$request.body#/owner',
    'query.id': 'n{$response.body#/n}',
  };
  const { outcome, last } = await follow({ operationId: 'get', parameters });
  expect(outcome.verdict).toBe('proved');
  expect(last).toMatchObject({ url: '/things/x%2F7?id=n5', headers: { 'x-owner': 'me' } });
});

test('constants, what the request has, and headers of the answer are values too', async () => {
  const { last } = await follow({
    operationRef: '#/paths/~1things~1%7Bid%7D/get',
    parameters: { 'path.id': '$request.query.q', 'query.id': 3, 'X-Owner': '$response.header.Location' },
  });
  expect(last).toMatchObject({ url: '/things/a%20b?id=3', headers: { 'x-owner': 'there' } });
});

test.each([
  ['$response.body', { id: 'x/7', n: 5, tags: ['t'] }],
  ['$response.body#/n', 5],
  [{ a: 1 }, { a: 1 }],
])('the body of the request may be %j', async (requestBody, expected) => {
  const { last } = await follow({ operationId: 'put', parameters: { id: '7' }, requestBody });
  expect(JSON.parse(last?.body ?? '')).toEqual(expected);
});

test('an answer that has no such value can prove nothing', async () => {
  const { outcome, count } = await follow({ operationId: 'get', parameters: { id: '$response.body#/uid' } });
  expect(outcome).toMatchObject({ verdict: 'not provokable', why: 'the answer before it has no $response.body#/uid' });
  expect(count).toBe(1);
});

test.each([
  [{ operationId: 'none' }, 'no operation has the operationId "none"'],
  [{ operationRef: '#/paths/~1none/get' }, '"#/paths/~1none/get" leads nowhere'],
  [{ operationRef: 'https://example.com/api.yaml#/paths/~1x/get' }, /leads to another document$/],
  [{ operationId: 'get', server: { url: 'https://example.com' } }, /a server of its own, https:\/\/example\.com$/],
  [{ operationId: 'get', parameters: { uid: 1 } }, 'get has no parameter "uid"'],
  [{ operationId: 'get', parameters: { id: '$request.body#/uid' } }, 'a valid request for make has no body#/uid'],
])('why %j can not be followed is said', (link, why) => {
  expect(linkedBy(link).made.blocked).toMatch(why);
});
