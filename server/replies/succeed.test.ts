import { expect, test } from '@jest/globals';
import type { JsonObject } from '../documents/index.js';
import { createClient, jsonOf, saidBy, saying } from '../testing/client.js';
import { compileDocument } from '../testing/compile-document.js';

const item = {
  type: 'object',
  properties: { id: { type: 'string' }, name: { type: 'string' }, email: { type: ['string', 'null'] } },
};
const requestBody = { content: { 'application/json': { schema: item } } };
const example = { id: 'example' };
const itemResponse = { description: '', content: { 'application/json': { schema: item, example } } };
const parameters = [{ name: 'shop', in: 'path', required: true, schema: { type: 'string' } }];

/** A client of `POST /shops/{shop}/members`, where `members` is a collection keyed by `/id`. */
function clientOf(resource: JsonObject, responses: JsonObject = { 201: itemResponse, 409: saying('taken') }) {
  const post = { requestBody, responses, parameters, 'x-standin-resource': { name: 'members', ...resource } };
  const ask = createClient(compileDocument({ paths: { '/shops/{shop}/members': { post } } }));
  return (json: unknown, shop = 's1') => ask({ json, path: { shop } });
}

test('what is created is answered with the properties that the response documents', async () => {
  const reply = await clientOf({})({ id: 'a', name: 'Ada', secret: 1 });
  expect(reply).toMatchObject({ status: 201, reason: 'state' });
  expect(jsonOf(reply)).toEqual({ id: 'a', name: 'Ada' });
});

test.each([
  { generate: 'uuid', id: /^[0-9a-f-]{36}$/ },
  { generate: { ulid: { prefix: 'usr_' } }, id: /^usr_[0-9a-z]{26}$/ },
])('a key is made by $generate where the client sent none', async ({ generate, id }) => {
  const ask = clientOf({ generate });
  expect(jsonOf(await ask({ name: 'Ada' }))).toMatchObject({ id: expect.stringMatching(id) });
  expect(jsonOf(await ask({ id: '' }))).toMatchObject({ id: expect.stringMatching(id) });
  expect(jsonOf(await ask({ id: 'mine' }))).toMatchObject({ id: 'mine' });
});

test('an upsert answers 201 for what was made and 200 for what was there, with both merged', async () => {
  const ask = clientOf({ effect: 'upsert' }, { 200: itemResponse, 201: itemResponse });
  expect(await ask({ id: 'a', name: 'Ada' })).toMatchObject({ status: 201 });
  const reply = await ask({ id: 'a', email: 'ada@example.com' });
  expect(reply).toMatchObject({ status: 200 });
  expect(jsonOf(reply)).toEqual({ id: 'a', name: 'Ada', email: 'ada@example.com' });
});

test('an upsert keeps a unique value that it says nothing of, and releases one that it changes or empties', async () => {
  const ask = clientOf({ effect: 'upsert', unique: [{ pointer: '/email' }] });
  await ask({ id: 'a', email: 'one@example.com' });
  await ask({ id: 'a', name: 'Ada' });
  expect(await ask({ id: 'b', email: 'one@example.com' })).toMatchObject({ status: 409 });
  await ask({ id: 'a', email: 'two@example.com' });
  expect(await ask({ id: 'b', email: 'one@example.com' })).toMatchObject({ status: 201 });
  await ask({ id: 'a', email: null });
  expect(await ask({ id: 'c', email: 'two@example.com' })).toMatchObject({ status: 201 });
});

test.each([
  { unique: { pointer: '/email' }, first: { email: 'A' }, second: { email: 'a' }, status: 201 },
  { unique: { pointer: '/email', ignoreCase: true }, first: { email: 'A' }, second: { email: 'a' }, status: 409 },
  { unique: { pointer: '/tags' }, first: { tags: ['x', 'y'] }, second: { tags: ['y', 'z'] }, status: 409 },
  { unique: { pointer: '/at' }, first: { at: { x: 1, y: 2 } }, second: { at: { y: 2, x: 1 } }, status: 409 },
  { unique: { pointer: '/n' }, first: { n: 1 }, second: { n: '1' }, status: 201 },
  { unique: { pointer: '/n' }, first: { n: null }, second: { n: null }, status: 201 },
  {
    unique: { pointer: '/ids', by: ['/type', '/value'] },
    first: { ids: [{ type: 'a', value: '1', note: 'x' }] },
    second: { ids: [{ type: 'a', value: '1' }] },
    status: 409,
  },
  {
    unique: { pointer: '/ids', by: ['/type', '/value'] },
    first: { ids: [{ type: 'a', value: '1' }] },
    second: { ids: [{ type: 'b', value: '1' }] },
    status: 201,
  },
])('with $unique, $second after $first is $status', async ({ unique, first, second, status }) => {
  const ask = clientOf({ generate: 'uuid', unique: [unique] });
  await ask(first);
  expect(await ask(second)).toMatchObject({ status });
});

test('a conflict is answered with the example that the unique value names, else by its condition, else with the 409', async () => {
  const examples = (names: string[]) => ({
    description: '',
    content: {
      'application/json': {
        examples: Object.fromEntries(names.map((name) => [name, { value: { said: name } }])),
      },
    },
  });
  const ask = clientOf(
    { unique: [{ pointer: '/email', example: 'email_taken' }, { pointer: '/name' }] },
    {
      201: itemResponse,
      409: examples(['general', 'other']),
      410: { ...saying('name taken'), 'x-standin-when': { event: 'resource.conflict', pointer: '/name' } },
      422: examples(['email_taken']),
    },
  );
  await ask({ id: 'a', name: 'Ada', email: 'ada@example.com' });
  expect(await ask({ id: 'b', email: 'ada@example.com' })).toMatchObject({ status: 422 });
  expect(saidBy(await ask({ id: 'b', name: 'Ada' }))).toBe('name taken');
  expect(saidBy(await ask({ id: 'a' }))).toBe('general');
});

test('a template of a conflict speaks of the item that is in the way', async () => {
  const content = { 'application/json': { 'x-standin-value': { said: 'taken by {$resource#/name}' } } };
  const ask = clientOf({}, { 201: itemResponse, 409: { description: '', content } });
  await ask({ id: 'a', name: 'Ada' });
  expect(saidBy(await ask({ id: 'a', name: 'Eve' }))).toBe('taken by Ada');
});

test.each([
  { what: 'a conflict', resource: {}, why: '/id is taken' },
  {
    what: 'a missing parent',
    resource: { parent: { name: 'shops', parameter: 'shop' } },
    why: 'what the path names does not exist',
  },
])('where $what is not documented, the example is served, and a note says why', async ({ resource, why }) => {
  const ask = clientOf(resource, { 201: itemResponse });
  await ask({ id: 'a' });
  const reply = await ask({ id: 'a' });
  expect(reply).toMatchObject({ status: 201, reason: 'example' });
  expect(reply.headers['standin-note']).toBe(`${why}, and no documented reply says so, so the example is served`);
  expect(jsonOf(reply)).toEqual(example);
});

test('an item that nothing can be stored by is answered with the example, and a note', async () => {
  const reply = await clientOf({ key: '/none' })({ name: 'Ada' });
  expect(reply.headers['standin-note']).toBe('the request has no /none to store it by, so the example is served');
  expect(jsonOf(reply)).toEqual(example);
});

test('a body made of the item that violates the response is not sent: the example is, and a note says why', async () => {
  const strict = { type: 'object', properties: { id: { const: 'e' } } };
  const content = { 'application/json': { schema: strict, example: { id: 'e' } } };
  const reply = await clientOf({}, { 201: { description: '', content } })({ id: 'a' });
  expect(jsonOf(reply)).toEqual({ id: 'e' });
  expect(reply.headers['standin-note']).toMatch(
    /^the body made for this request does not fit the documented schema \(\/id .*\), so the example is served$/,
  );
});

test('what the response requires and the client need not send is taken from the example', async () => {
  const strict = { type: 'object', required: ['id', 'since'], properties: { id: {}, since: { type: 'string' } } };
  const content = { 'application/json': { schema: strict, example: { id: 'e', since: 'ever' } } };
  const reply = await clientOf({}, { 201: { description: '', content } })({ id: 'a' });
  expect(jsonOf(reply)).toEqual({ id: 'a', since: 'ever' });
  expect(reply.headers).not.toHaveProperty('standin-note');
});

test('a parent must exist, whatever the scope of the collection, and its criteria wait for it', async () => {
  const parent = {
    name: 'shops',
    parameter: 'shop',
    seed: [
      { id: 's1', open: true },
      { id: 's2', open: false },
    ],
  };
  const closed = { ...saying('closed'), 'x-standin-when': { condition: '$parent#/open != true' } };
  const ask = clientOf({ scope: ['shop'], parent }, { 201: itemResponse, 403: closed, 404: saying('no such shop') });
  expect(await ask({ id: 'a' }, 's1')).toMatchObject({ status: 201 });
  expect(saidBy(await ask({ id: 'a' }, 's2'))).toBe('closed');
  expect(saidBy(await ask({ id: 'a' }, 's3'))).toBe('no such shop');
});

test('a scope keeps apart what belongs to others, and what it starts with is there', async () => {
  const seed = [{ scope: { shop: 's1' }, item: { id: 'a' } }];
  const ask = clientOf({ scope: ['shop'], seed });
  expect(await ask({ id: 'a' }, 's1')).toMatchObject({ status: 409 });
  expect(await ask({ id: 'a' }, 's2')).toMatchObject({ status: 201 });
  expect(await ask({ id: 'a' }, 's2')).toMatchObject({ status: 409 });
});

test('what is refused is not stored', async () => {
  const refused = { ...saying('refused'), 'x-standin-when': { condition: "$request.body#/name == 'no'" } };
  const ask = clientOf({}, { 201: itemResponse, 400: refused, 409: saying('taken') });
  expect(await ask({ id: 'a', name: 'no' })).toMatchObject({ status: 400 });
  expect(await ask({ id: 'a', name: 'yes' })).toMatchObject({ status: 201 });
});

test.each([
  { event: 'resource.created', first: 'made', second: 'example' },
  { event: 'resource.found', first: 'example', second: 'there' },
])('a reply to $event is given for that alone', async ({ event, first, second }) => {
  const what = event === 'resource.created' ? 'made' : 'there';
  const content = {
    'application/json': {
      examples: { plain: { value: { id: 'example' } }, [what]: { value: { id: what }, 'x-standin-when': event } },
    },
  };
  const ask = clientOf({ effect: 'upsert' }, { 200: { description: '', content } });
  const ids: unknown[] = [];
  for (const _ of [1, 2]) ids.push((jsonOf(await ask({ id: 'example' })) as { id: string }).id);
  expect(ids).toEqual([first, second]);
});

test('`dynamic` makes a fresh body where no state speaks', async () => {
  const ask = createClient(compileDocument({ paths: { '/things': { post: { responses: { 200: itemResponse } } } } }));
  const reply = await ask({ query: '__dynamic=true' });
  expect(reply).toMatchObject({ reason: 'generated', headers: { 'preference-applied': 'dynamic=true' } });
  expect(jsonOf(await ask())).toEqual(example);
});
