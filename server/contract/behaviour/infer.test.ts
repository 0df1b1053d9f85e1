import { expect, test } from '@jest/globals';
import { compileDocument } from '../../testing/compile-document.js';

const json = (schema: unknown, example?: unknown) => ({
  description: '',
  content: { 'application/json': { schema, ...(example !== undefined && { example }) } },
});
const item = (properties: object) => ({ type: 'object', properties });
const inPath = (name: string, schema: unknown = { type: 'string' }) => ({ name, in: 'path', required: true, schema });

/** The resources of `/things` and `/things/{PARAMETER}`, by the id of their operations. */
function inferred(
  properties: object,
  { parameter = 'id', schema = { type: 'string' } as unknown, example = undefined as unknown, more = {} } = {},
) {
  const contract = compileDocument({
    paths: {
      '/things': { post: { requestBody: json({}), responses: { 201: json(item(properties)) }, ...more } },
      [`/things/{${parameter}}`]: {
        parameters: [inPath(parameter, schema)],
        get: { responses: { 200: json(item(properties), example) } },
        delete: { responses: { 204: { description: '' } } },
      },
    },
  });
  return Object.fromEntries(contract.operations.map(({ method, resource }) => [method, resource]));
}

test.each([
  ['id', { name: {}, id: {} }, 'id'],
  ['thingId', { id: {}, thingId: {} }, 'thingId'],
  ['thingId', { name: {}, thing_id: {} }, 'thing_id'],
  ['thing_name', { uid: {}, name: {} }, 'name'],
  ['pk', { name: {}, id: {} }, 'id'],
])('the key of /things/{%s} with %j is %s', (parameter, properties, key) => {
  expect(inferred(properties, { parameter }).POST).toMatchObject({ effect: 'create', key: [key], isInferred: true });
});

test.each([
  [{ type: 'integer' }, undefined, { kind: 'increment' }],
  [{ type: 'string', format: 'uuid' }, undefined, { kind: 'uuid' }],
  [{ type: 'string' }, undefined, { kind: 'uuid' }],
  [{ type: 'string' }, 'usr_01HZY3V8T9QWERTYASDFGHJKMN', { kind: 'ulid', prefix: 'usr_', isUpperCase: true }],
  [{ type: 'string' }, 'usr_01hzy3v8t9qwertyasdfghjkmn', { kind: 'ulid', prefix: 'usr_' }],
  [{ type: 'string', pattern: '^[a-z]{4}$' }, undefined, { kind: 'sample' }],
  [{ type: 'string', pattern: '^usr_[0-9A-Z]{26}$' }, undefined, { kind: 'ulid', prefix: 'usr_', isUpperCase: true }],
  [{ type: 'string', minLength: 4, maxLength: 40 }, undefined, { kind: 'uuid' }],
  [{ type: 'string', maxLength: 8 }, undefined, { kind: 'sample' }],
])('new keys of %j with the example %j are made as %j', (id, example, generate) => {
  expect(inferred({ id }, { example: example && { id: example } }).POST?.generate).toMatchObject(generate);
});

test('a key that a link to an operation on the item names is that, and said to be', () => {
  const thing = item({ id: { type: 'integer' }, code: { type: 'string' } });
  const links = { read: { operationId: 'readThing', parameters: { thing: '$response.body#/code' } } };
  const [create] = compileDocument({
    paths: {
      '/things': { post: { requestBody: json({}), responses: { 201: { ...json(thing), links } } } },
      '/things/{thing}': {
        parameters: [inPath('thing')],
        get: { operationId: 'readThing', responses: { 200: json(thing) } },
      },
    },
  }).operations;
  expect(create?.resource).toMatchObject({ key: ['code'], collection: { keyFrom: 'a link to /code in the item' } });
});

test('a key may stand in what is said about the item', () => {
  const { POST } = inferred({ kind: {}, metadata: item({ name: { type: 'string' } }) }, { parameter: 'name' });
  expect(POST).toMatchObject({ effect: 'create', key: ['metadata', 'name'] });
});

test('an item with its key beside it is within its envelope', () => {
  const { GET } = inferred({ id: {}, result: item({ id: {}, name: {} }) });
  expect(GET?.collection?.item?.within).toEqual(['result']);
});

test('new keys fit into the path, whatever the schema of the item says', () => {
  expect(inferred({ id: {} }, { schema: { type: 'integer' } }).POST?.generate).toEqual({ kind: 'increment' });
});

test.each([
  ['has no property that could be a key', { inner: { type: 'object' } }],
  ['has a key that is a list', { id: { type: 'array' } }],
])('nothing is inferred where the item %s', (_what, properties) => {
  expect(inferred(properties)).toEqual({ POST: undefined, GET: undefined, DELETE: undefined });
});

test('`x-standin-resource: false` leaves an operation out', () => {
  const { POST, GET } = inferred({ id: {} }, { more: { 'x-standin-resource': false } });
  expect(POST).toBeUndefined();
  expect(GET).toMatchObject({ effect: 'read' });
});

test('siblings of an operation that declares its resource work on the same collection', () => {
  const { GET } = inferred({ id: {}, code: {} }, { more: { 'x-standin-resource': { name: 'mine', key: '/code' } } });
  expect(GET).toMatchObject({ name: 'mine', key: ['code'], effect: 'read', parameter: 'id' });
});

test('items below items are scoped, and have a parent, whatever its parameter is called elsewhere', () => {
  const of = (parameters: unknown[], schema: unknown) => ({ get: { parameters, responses: { 200: json(schema) } } });
  const thing = item({ id: {} });
  const { operations } = compileDocument({
    paths: {
      '/a': of([], { type: 'array', items: thing }),
      '/a/{aId}': of([inPath('aId')], thing),
      '/a/{x}/b': of([inPath('x')], item({ total: {}, data: { type: 'array', items: thing } })),
      '/a/{x}/b/{id}': of([inPath('x'), inPath('id')], item({ data: thing })),
    },
  });
  expect(operations.map(({ resource }) => resource)).toMatchObject([
    { effect: 'list', scope: [] },
    { effect: 'read', scope: [], parameter: 'aId' },
    { effect: 'list', scope: ['x'], parent: { name: '/a', parameter: 'x', key: ['id'], scope: [] } },
    { effect: 'read', scope: ['x'], parameter: 'id', parent: { name: '/a' } },
  ]);
});

test.each([
  ['its value in the example', '/things/T-17', { ref: 'T-17', title: 'x' }, 'ref'],
  ['its name in a template', 'https://api.test/things/{title}?a=b', { ref: 'T-17' }, 'title'],
  ['neither', '/things/T-18', { ref: 'T-17', title: 'x' }, undefined],
])('where no name says so, the key is what `Location` ends with, by %s', (_what, location, example, key) => {
  const properties = { title: { type: 'string' }, ref: { type: 'string' } };
  const headers = { Location: { schema: { type: 'string' }, example: location } };
  const { operations } = compileDocument({
    paths: {
      '/things': {
        post: { requestBody: json({}), responses: { 201: { ...json(item(properties), example), headers } } },
      },
      '/things/{x}': { parameters: [inPath('x')], get: { responses: { 200: json(item(properties)) } } },
    },
  });
  expect(operations.map(({ resource }) => resource?.key)).toEqual(key ? [[key], [key]] : [undefined, undefined]);
});
