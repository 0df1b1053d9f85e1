import { expect, test } from '@jest/globals';
import { createChance } from '../contract/index.js';
import type { Reply } from '../replies/index.js';
import { requestOf } from '../testing/client.js';
import { compileDocument } from '../testing/compile-document.js';
import type { Delivery } from './delivery.js';
import type { Consignment } from './dispatch.js';
import { createFires } from './fires.js';

const url = 'http://localhost/hook';
const reply: Reply = {
  status: 201,
  headers: { 'content-type': 'application/json', location: '/things/7' },
  body: Buffer.from('{"id":7,"tags":["a"]}'),
  reason: 'state',
  event: 'resource.created',
};

async function follow(
  fires: unknown,
  { answered = reply, headers = {}, onResponse = false, urls = { made: url } as Record<string, string> } = {},
) {
  const extension = { 'x-standin-fires': fires };
  const contract = compileDocument({
    paths: {
      '/things/{n}': {
        post: {
          parameters: [{ name: 'n', in: 'path', required: true, schema: { type: 'integer' } }],
          requestBody: { content: { 'application/json': { schema: { type: 'object' } } } },
          responses: { 201: { description: '', ...(onResponse && extension) }, 409: { description: '' } },
          ...(!onResponse && extension),
        },
      },
    },
    webhooks: { made: { post: {} }, other: { post: {} } },
  });
  const sent: Consignment[] = [];
  const told: Delivery[] = [];
  const dispatch = async (consignment: Consignment): Promise<Delivery> => {
    sent.push(consignment);
    return { method: 'POST' };
  };
  const options = { contracts: [contract], urls, dispatch, chance: createChance('fires') };
  const [operation] = contract.operations;
  if (!operation) throw new Error('the contract has no operation');
  const request = requestOf({ json: { name: 'x' }, path: { n: '5' }, query: 'q=1', headers });
  await createFires({ ...options, onDelivery: (delivery) => told.push(delivery) })(operation, request, answered);
  return { sent: sent.map(({ request: { name }, target, body }) => ({ name, target, body: body?.value })), told };
}

test('a webhook follows a reply, its body made of the request and the response', async () => {
  const body = {
    id: '$response.body#/id',
    first: '$response.body#/tags/0',
    at: '$response.header.Location',
    name: '{$request.body#/name}!',
    n: '$request.path.n',
    status: '$statusCode',
    nothing: '$response.body#/nothing',
  };
  expect(await follow({ webhook: 'made', body })).toEqual({
    sent: [{ name: 'made', target: url, body: { id: 7, first: 'a', at: '/things/7', name: 'x!', n: 5, status: 201 } }],
    told: [],
  });
});

const names = async (...args: Parameters<typeof follow>) => (await follow(...args)).sent.map(({ name }) => name);

test.each([
  ['a status', 201, true],
  ['a status as text', '201', true],
  ['a range', '2xx', true],
  ['an event', 'resource.created', true],
  ['any of several', [409, '2XX'], true],
  ['another status', 409, false],
  ['another event', 'resource.found', false],
])('a webhook waits for %s: %j', async (_, when, isSent) => {
  expect(await names({ webhook: 'made', when })).toEqual(isSent ? ['made'] : []);
});

test('without a condition it follows what is no error; declared on a response, the replies of that', async () => {
  const conflict: Reply = { ...reply, status: 409, event: 'resource.conflict' };
  expect(await names({ webhook: 'made' }, { answered: conflict })).toEqual([]);
  expect(await names({ webhook: 'made', when: 'resource.conflict' }, { answered: conflict })).toEqual(['made']);
  expect(await names([{ webhook: 'made' }], { onResponse: true })).toEqual(['made']);
  expect(await names([{ webhook: 'made' }], { onResponse: true, answered: conflict })).toEqual([]);
});

test('nothing follows a problem, or a request that is a webhook itself', async () => {
  expect(await names({ webhook: 'made' }, { answered: { ...reply, reason: 'problem' } })).toEqual([]);
  expect(await names({ webhook: 'made' }, { headers: { 'standin-webhook': 'made' } })).toEqual([]);
});

test('a webhook that has no URL is told', async () => {
  expect(await follow([{ webhook: 'other' }])).toMatchObject({
    sent: [],
    told: [{ webhook: 'other', error: 'it has no URL; give it one with --webhook-url other=URL' }],
  });
});

test.each([
  [{ webhook: 'none' }, /x-standin-fires names the webhook "none".*name one of: made, other/s],
  [{ webhook: 'made', when: 'resource.lost' }, /must be equal to one of the allowed values/],
  [{ webhook: 'made', when: 42 }, /must be >= 100/],
  [{ webhook: 'made', body: '$resource#/id' }, /not a runtime expression that can stand here/],
  [{ hook: 'made' }, /required property 'webhook'/],
])('%j is refused as the document is opened', async (fires, message) => {
  await expect(follow(fires)).rejects.toThrow(message);
});
