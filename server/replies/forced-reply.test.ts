import { expect, test } from '@jest/globals';
import type { JsonObject } from '../documents/index.js';
import { createClient, jsonOf, saidBy, saying } from '../testing/client.js';
import { compileDocument } from '../testing/compile-document.js';

const schema = { type: 'object', required: ['said'], properties: { said: { type: 'string' } } };
const named = (examples: Record<string, unknown>, mediaType = 'application/json') => ({
  description: '',
  content: {
    [mediaType]: {
      schema,
      examples: Object.fromEntries(Object.entries(examples).map(([name, value]) => [name, { value }])),
    },
  },
});
const responses = {
  201: named({ first: { said: 'one' }, second: { said: 'two' } }),
  204: { description: 'nothing' },
  409: named({ taken: { said: 'taken' }, broken: { said: 1 } }),
  '4XX': saying('some client error'),
  default: named({ worst: { said: 'worst' } }),
};
const clientOf = (operation: JsonObject = {}) =>
  createClient(compileDocument({ paths: { '/things': { post: { responses, ...operation } } } }));
const ask = clientOf();
const preferring = (prefer: string, headers: Record<string, string> = {}) => ask({ headers: { prefer, ...headers } });

test.each([
  { prefer: 'code=201', status: 201, said: 'one', applied: 'code=201' },
  { prefer: 'code=201, example=second', status: 201, said: 'two', applied: 'code=201, example=second' },
  { prefer: 'example=second', status: 201, said: 'two', applied: 'example=second' },
  { prefer: 'example=taken', status: 409, said: 'taken', applied: 'example=taken' },
  { prefer: 'example=worst', status: 500, said: 'worst', applied: 'example=worst' },
  { prefer: 'code=418', status: 418, said: 'some client error', applied: 'code=418' },
  { prefer: 'code=503', status: 503, said: 'worst', applied: 'code=503' },
  { prefer: 'code=204', status: 204, said: undefined, applied: 'code=204' },
])('$prefer gives $status, $said', async ({ prefer, status, said, applied }) => {
  const reply = await preferring(prefer);
  expect(reply).toMatchObject({ status, reason: 'preference', headers: { 'preference-applied': applied } });
  expect(saidBy(reply)).toBe(said);
});

test('`dynamic` makes a fresh body that the schema accepts', async () => {
  const reply = await preferring('code=201, dynamic=true');
  expect(reply).toMatchObject({ reason: 'generated', headers: { 'preference-applied': 'code=201, dynamic=true' } });
  expect(saidBy(reply)).toEqual(expect.any(String));
});

test('an example that is asked for by name is given although it violates its schema, with a note', async () => {
  const reply = await preferring('example=broken');
  expect(jsonOf(reply)).toEqual({ said: 1 });
  expect(reply.headers['standin-note']).toMatch(
    /^this documented example violates its own schema: \/said must be string$/,
  );
});

test.each([
  { prefer: 'code=301', only: { 201: responses[201] }, detail: /the status 301 is not documented for POST \/things/ },
  { prefer: 'example=none', only: responses, detail: /no response has an example named "none"/ },
  { prefer: 'code=201, example=taken', only: responses, detail: /the response 201 has no example named "taken"/ },
])('$prefer is impossible, and all that is possible is listed', async ({ prefer, only, detail }) => {
  const reply = await clientOf({ responses: only })({ headers: { prefer } });
  expect(reply).toMatchObject({ status: 404 });
  expect(jsonOf(reply)).toMatchObject({
    type: 'urn:standin:problem:preference-impossible',
    detail: expect.stringMatching(detail),
    possible: expect.arrayContaining([{ code: '201', examples: ['first', 'second'] }]),
  });
});

test('the media type is negotiated, and may be the one that has the example', async () => {
  const content = {
    ...named({ a: { said: 'a' } }).content,
    ...named({ b: { said: 'b' } }, 'application/hal+json').content,
  };
  const both = clientOf({ responses: { 200: { description: '', content } } });
  const reply = await both({
    headers: { prefer: 'example=b', accept: 'application/json, application/hal+json;q=0.5' },
  });
  expect(reply).toMatchObject({ status: 200, headers: { 'content-type': 'application/hal+json' } });
  expect(await preferring('code=409', { accept: 'text/html' })).toMatchObject({ status: 406 });
});

test('what is asked for changes no state', async () => {
  const stateful = clientOf({
    'x-standin-resource': { name: 'things' },
    requestBody: { content: { 'application/json': { schema: { properties: { id: { type: 'string' } } } } } },
  });
  await stateful({ json: { id: 'a' }, headers: { prefer: 'code=201' } });
  expect(await stateful({ json: { id: 'a' } })).toMatchObject({ status: 201 });
  expect(await stateful({ json: { id: 'a' } })).toMatchObject({ status: 409 });
});

test('a documented body of a status that has none is not sent', async () => {
  const odd = clientOf({ responses: { 204: saying('never') } });
  expect(await odd({ headers: { prefer: 'code=204' } })).not.toHaveProperty('body');
  expect(await odd({ headers: { prefer: 'code=204, dynamic=true' } })).not.toHaveProperty('body');
});
