import { expect, test } from '@jest/globals';
import { createApiClient, jsonOf } from '../testing/client.js';
import { compileDocument } from '../testing/compile-document.js';

const json = (schema: unknown) => ({ description: '', content: { 'application/json': { schema } } });
const thing = { type: 'object', properties: { id: { type: 'string' }, name: { type: 'string' } } };
const things = { type: 'array', items: thing };
const wrapped = { type: 'object', properties: { items: things }, required: ['items'] };
const error = { description: 'refused' };

function contractOf(sent: object, answered: object = things) {
  const inPath = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
  return compileDocument({
    paths: {
      '/things': {
        get: { responses: { 200: json(things) } },
        post: { requestBody: json(sent), responses: { 201: json(answered), 409: error } },
      },
      '/things/{id}': { parameters: [inPath], get: { responses: { 200: json(thing), 404: error } } },
    },
  });
}

test.each([
  ['a list', things, (body: unknown) => body],
  ['a list within an object', wrapped, (body: unknown) => (body as { items: unknown }).items],
])('each item of a list that is sent is created, and answered in %s', async (_what, answered, itemsOf) => {
  const ask = createApiClient(contractOf(things, answered));
  const reply = await ask('POST', '/things', [{ id: 'a', name: 'Ada' }, { name: 'Eve' }]);
  expect(reply).toMatchObject({ status: 201, reason: 'state' });
  const items = itemsOf(jsonOf(reply)) as { id: string }[];
  expect(items).toEqual([
    { id: 'a', name: 'Ada' },
    { id: expect.any(String), name: 'Eve' },
  ]);
  expect(jsonOf(await ask('GET', '/things'))).toEqual(items);
  expect(jsonOf(await ask('GET', `/things/${items[1]?.id}`))).toEqual(items[1]);
});

test('where one is taken none is created', async () => {
  const ask = createApiClient(contractOf(things));
  await ask('POST', '/things', [{ id: 'a', name: 'first' }]);
  expect(await ask('POST', '/things', [{ id: 'b' }, { id: 'c' }, { id: 'a' }])).toMatchObject({ status: 409 });
  expect(await ask('POST', '/things', [{ id: 'd' }, { id: 'd' }])).toMatchObject({ status: 409 });
  expect(jsonOf(await ask('GET', '/things'))).toEqual([{ id: 'a', name: 'first' }]);
});

test.each([
  ['texts', { type: 'array', items: { type: 'string' } }],
  ['keys alone', { type: 'array', items: { type: 'object', properties: { id: { type: 'string' } } } }],
  ['what no item has', { type: 'array', items: { type: 'object', properties: { filter: {}, name: {} } } }],
])('a list of %s creates nothing', (_what, sent) => {
  const create = contractOf(sent).operations.find(({ method }) => method === 'POST');
  expect(create?.resource).toBeUndefined();
});
