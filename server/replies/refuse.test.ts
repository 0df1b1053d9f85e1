import { expect, test } from '@jest/globals';
import type { JsonObject } from '../documents/index.js';
import { type Asked, createClient, jsonOf, saidBy, saying } from '../testing/client.js';
import { compileDocument } from '../testing/compile-document.js';

const schema = {
  type: 'object',
  required: ['name'],
  properties: {
    name: { type: 'string', maxLength: 3 },
    pet: { type: 'object', properties: { age: { type: 'integer' } } },
  },
};
const requestBody = { required: true, content: { 'application/json': { schema } } };
const clientOf = (responses: JsonObject, operation: JsonObject = {}) =>
  createClient(compileDocument({ paths: { '/things': { post: { requestBody, responses, ...operation } } } }));
const when = (condition: unknown, what: string) => ({ ...saying(what), 'x-standin-when': condition });
const malformed: Asked = {
  headers: { 'content-type': 'application/json' },
  body: { kind: 'bytes', bytes: Buffer.from('{') },
};
const invalid: Asked = { json: {} };

test.each([
  { documented: ['200', '400', '422'], asked: invalid, what: 'an invalid body', status: 422, said: '422' },
  { documented: ['200', '400', '422'], asked: malformed, what: 'broken JSON', status: 400, said: '400' },
  { documented: ['200', '400'], asked: invalid, what: 'an invalid body', status: 400, said: '400' },
  { documented: ['200', '422'], asked: malformed, what: 'broken JSON', status: 422, said: '422' },
  { documented: ['200', '400', '4XX'], asked: invalid, what: 'an invalid body', status: 400, said: '400' },
  { documented: ['200', '409', '4XX'], asked: invalid, what: 'an invalid body', status: 422, said: '4XX' },
  { documented: ['200', 'default'], asked: malformed, what: 'broken JSON', status: 400, said: 'default' },
  { documented: ['default'], asked: invalid, what: 'an invalid body', status: 422, said: undefined },
  { documented: ['200', '500', '409'], asked: invalid, what: 'an invalid body', status: 422, said: undefined },
])('of $documented, $what gets $status from $said', async ({ documented, asked, status, said }) => {
  const reply = await clientOf(Object.fromEntries(documented.map((key) => [key, saying(key)])))(asked);
  expect({ status: reply.status, said: saidBy(reply) }).toEqual({ status, said });
});

test.each([
  { json: { name: 'Eve', pet: { age: 'x' } }, said: 'at /pet' },
  { json: { name: 'Evelyn' }, said: 'at /name, too long' },
  { json: { name: 1 }, said: 'at /name' },
  { json: {}, said: 'required' },
  { json: [], said: 'anything' },
  { json: { name: 'Evelyn', pet: { age: 'x' } }, said: 'at /name, too long' },
])('the condition that says most of what is wrong with $json is that of "$said"', async ({ json, said }) => {
  const narrow = (more: JsonObject) => ({ event: 'request.invalid', ...more });
  const ask = clientOf({
    200: saying('done'),
    400: when('request.invalid', 'anything'),
    410: when(narrow({ keyword: 'required' }), 'required'),
    411: when(narrow({ pointer: '/name', keyword: 'maxLength' }), 'at /name, too long'),
    412: when(narrow({ pointer: '/pet' }), 'at /pet'),
    413: when(narrow({ pointer: '/name', keyword: 'type' }), 'at /name'),
  });
  expect(saidBy(await ask({ json }))).toBe(said);
});

test('a pointer holds for what is at it or below, not for names that merely start alike', async () => {
  const pets = { type: 'object', properties: { petty: { type: 'string' } } };
  const content = { 'application/json': { schema: pets } };
  const narrowed = when({ event: 'request.invalid', pointer: '/pet' }, 'pet');
  const ask = clientOf({ 200: saying('done'), 400: narrowed, 422: saying('other') }, { requestBody: { content } });
  expect(saidBy(await ask({ json: { petty: 1 } }))).toBe('other');
});

test('the template of an error speaks of the violation that its condition chose', async () => {
  const content = {
    'application/json': {
      'x-standin-when': { event: 'request.invalid', pointer: '/pet' },
      'x-standin-value': { said: '$violation.pointer', all: { $each: '$violations', $item: '$violation.keyword' } },
    },
  };
  const ask = clientOf({ 200: saying('done'), 400: { description: '', content } });
  expect(jsonOf(await ask({ json: { pet: { age: 'x' } } }))).toEqual({ said: '/pet/age', all: ['required', 'type'] });
});

test('criteria choose an error for a valid request, but none for what goes well elsewhere', async () => {
  const ask = clientOf({
    201: saying('created'),
    202: when({ condition: "$request.body#/name == 'low'" }, 'later'),
    400: when({ condition: "$request.body#/name == 'bad'" }, 'bad'),
  });
  expect(saidBy(await ask({ json: { name: 'bad' } }))).toBe('bad');
  expect(await ask({ json: { name: 'low' } })).toMatchObject({ status: 202 });
  expect(await ask({ json: { name: 'Eve' } })).toMatchObject({ status: 201 });
});

test.each([
  { documented: '5XX', status: 500 },
  { documented: '4XX', status: 400 },
  { documented: '503', status: 503 },
])('criteria on $documented answer with $status', async ({ documented, status }) => {
  const ask = clientOf({ 200: saying('done'), [documented]: when({ condition: "$method == 'POST'" }, 'no') });
  expect(await ask({ json: { name: 'Eve' } })).toMatchObject({ status });
});

test('an error is given in the media type that the client accepts, or else in the first', async () => {
  const content = { 'application/xml': { example: '<no/>' }, 'application/json': { example: { said: 'no' } } };
  const ask = clientOf({ 200: saying('done'), 422: { description: '', content } });
  const accepting = async (accept: string) => (await ask({ json: {}, headers: { accept } })).headers['content-type'];
  expect(await accepting('application/json')).toBe('application/json');
  expect(await accepting('text/html')).toBe('application/xml');
});

test('an error without documented content has none, and a note says what was wrong', async () => {
  const reply = await clientOf({ 200: saying('done'), 422: { description: 'no' } })(invalid);
  expect(reply).toMatchObject({
    status: 422,
    headers: { 'standin-note': 'body/name is required' },
    reason: 'example',
  });
  expect(reply).not.toHaveProperty('body');
});

test('a problem has each violation with its place', async () => {
  const reply = await clientOf({ 200: saying('done') })({ json: { name: 1, pet: 2 } });
  expect(jsonOf(reply)).toMatchObject({
    type: 'urn:standin:problem:request-invalid',
    detail: 'body/name must be string, and 1 more',
    violations: [
      { location: 'body', pointer: '/name', keyword: 'type', message: 'must be string' },
      { location: 'body', pointer: '/pet', keyword: 'type' },
    ],
  });
});

test('a 415 that is a problem says what is accepted', async () => {
  const ask = clientOf({ 200: saying('done') });
  const reply = await ask({ json: {}, headers: { 'content-type': 'text/plain' } });
  expect(reply).toMatchObject({ status: 415, headers: { accept: 'application/json' } });
});

test('a 406 that is a problem says what there is', async () => {
  const reply = await clientOf({ 200: saying('done') })({ json: { name: 'Eve' }, headers: { accept: 'text/html' } });
  expect(jsonOf(reply)).toMatchObject({ status: 406, acceptable: ['application/json'] });
});
