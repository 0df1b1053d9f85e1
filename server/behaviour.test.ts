import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, test } from '@jest/globals';
import { standin } from './index.js';
import { playExchanges } from './testing/docs-examples.js';
import { writeFolder } from './testing/load-document.js';

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) server.close();
});

async function serve(document: unknown): Promise<string> {
  const folder = writeFolder({ 'api/openapi.json': document });
  const server = createServer(standin({ documents: [`${folder}/api`], seed: 'table' }));
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const schema = { type: 'object', properties: { code: { type: 'string' } } };
const json = (more: object) => ({ description: '', content: { 'application/json': { schema, ...more } } });
/** A response with an example for each condition: its name is its `code`. */
const when = (conditions: Readonly<Record<string, unknown>>) =>
  json({
    examples: Object.fromEntries(
      Object.entries(conditions).map(([code, condition]) => [
        code,
        { value: { code }, ...(condition !== undefined && { 'x-standin-when': condition }) },
      ]),
    ),
  });
const template = (value: unknown, condition?: unknown) =>
  json({
    schema: {},
    examples: {
      made: {
        value: { code: 'made' },
        'x-standin-value': value,
        ...(condition !== undefined && { 'x-standin-when': condition }),
      },
    },
  });
const body = (properties: object, more = {}) => ({
  required: true,
  content: { 'application/json': { schema: { type: 'object', properties, ...more } } },
});
const post = (operation: object, more: object = {}) => ({
  openapi: '3.1.1',
  info: { title: 'Table', version: '1' },
  paths: {
    '/things/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
      post: operation,
    },
  },
  ...more,
});

test('each event of credentials leads to its reply', async () => {
  const url = await serve(
    post(
      {
        security: [{ key: [] }],
        responses: {
          200: json({ example: { code: 'ok' } }),
          401: when({ bad: 'credentials.invalid', none: 'credentials.missing' }),
          403: when({ other: undefined, no: ['resource.missing', 'credentials.forbidden'] }),
        },
      },
      { components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } } } },
    ),
  );
  await playExchanges(
    url,
    `POST /things/1
401 {"code": "none"}

POST /things/1
X-Key: invalid
401 {"code": "bad"}

POST /things/1
X-Key: forbidden
403 {"code": "no"}

POST /things/1
X-Key: any
200 {"code": "ok"}`,
  );
});

test('what says more of a violation wins: pointer and keyword, pointer, keyword, the event alone', async () => {
  const url = await serve(
    post({
      requestBody: body(
        {
          a: { type: 'string', minLength: 2, pattern: '^x' },
          b: { type: 'object', properties: { c: { type: 'integer' } } },
          d: { minLength: 2 },
        },
        { required: ['a'] },
      ),
      parameters: [{ name: 'q', in: 'query', schema: { type: 'integer' } }],
      responses: {
        200: json({ example: { code: 'ok' } }),
        400: when({
          any: 'request.invalid',
          short: { event: 'request.invalid', keyword: 'minLength' },
          ofA: { event: 'request.invalid', pointer: '/a' },
          shortA: { event: 'request.invalid', pointer: '/a', keyword: 'minLength' },
          belowB: { event: 'request.invalid', pointer: '/b' },
          ofQ: { event: 'request.invalid', pointer: '/q' },
          late: {
            event: 'request.invalid',
            criteria: [
              { condition: "$request.header.X-Late == 'yes'" },
              { condition: "$violation.location == 'body'" },
            ],
          },
        }),
      },
    }),
  );
  await playExchanges(
    url,
    `POST /things/1 {"a": "y"}
400 {"code": "shortA"}

POST /things/1 {"a": "yy"}
400 {"code": "ofA"}

POST /things/1 {"a": "xx", "d": "y"}
400 {"code": "short"}

POST /things/1 {"a": "xx", "b": {"c": "d"}}
400 {"code": "belowB"}

POST /things/1?q=a {"a": "xx"}
400 {"code": "ofQ"}

POST /things/1 {"a": "xx", "b": 1, "d": "y"}
X-Late: YES
400 {"code": "late"}

POST /things/1 []
400 {"code": "any"}`,
  );
});

test('each event of a resource leads to its reply, and what is found is not what was made', async () => {
  const document = post({});
  const url = await serve({
    ...document,
    paths: {
      '/shops/{shop}/orders': {
        put: {
          'x-standin-resource': {
            name: 'orders',
            effect: 'upsert',
            key: '/number',
            scope: ['shop'],
            unique: [{ pointer: '/slot', example: 'slot_taken' }, { pointer: '/table' }],
            parent: {
              name: 'shops',
              parameter: 'shop',
              key: '/name',
              seed: [
                { name: 'a', isOpen: true },
                { name: 'b', isOpen: false },
              ],
            },
            seed: [{ scope: { shop: 'a' }, item: { number: 1, slot: 1 } }],
          },
          parameters: [{ name: 'shop', in: 'path', required: true, schema: { type: 'string' } }],
          requestBody: body({ number: { type: 'integer' }, slot: { type: 'integer' }, table: { type: 'integer' } }),
          responses: {
            200: template({ code: 'found {$resource#/number}', slot: '$resource#/slot' }, 'resource.found'),
            201: template({ code: 'made {$resource#/number}', shop: '$parent#/name' }, 'resource.created'),
            403: when({ closed: { condition: '$parent.isOpen == false' } }),
            404: when({ no_shop: 'resource.missing' }),
            409: when({
              other: 'resource.conflict',
              table_taken: { event: 'resource.conflict', pointer: '/table' },
              slot_taken: undefined,
            }),
          },
        },
      },
    },
  });
  await playExchanges(
    url,
    `PUT /shops/a/orders {"number": 1, "table": 5}
200 {"code": "found 1", "slot": 1}

PUT /shops/a/orders {"number": 2}
201 {"code": "made 2", "shop": "a"}

PUT /shops/a/orders {"number": 3, "slot": 1}
409 {"code": "slot_taken"}

PUT /shops/a/orders {"number": 3, "table": 5}
409 {"code": "table_taken"}

PUT /shops/b/orders {"number": 1}
403 {"code": "closed"}

PUT /shops/c/orders {"number": 1}
404 {"code": "no_shop"}`,
  );
});

test('expressions speak of the request, the violation, the reply, and what is made up', async () => {
  const url = await serve(
    post({
      requestBody: body({ 'a/b': { type: 'array', items: { type: 'integer' } } }),
      parameters: [{ name: 'ids', in: 'query', explode: false, schema: { type: 'array', items: { type: 'integer' } } }],
      responses: {
        200: {
          ...template({
            path: '$request.path.id',
            list: '$request.query.ids#/1',
            header: '$request.header.X-Of-Mine',
            deep: '$request.body#/a~1b/0',
            whole: '$request.body',
            gone: '$request.body#/nothing',
            text: '{$method} {$url} {$statusCode} {$response.header.X-Mine} {$response.body#/code} {$request.body#/nothing}.',
            uuid: '$generated.uuid',
            ulid: '$generated.ulid',
            time: '$generated.date-time',
            token: '$generated.token',
            price: '$5.00',
            list2: ['$method', 1, null],
          }),
          headers: { 'X-Mine': { schema: { const: 'mine' } } },
        },
        422: template(
          {
            code: '{$violation.location}{$violation.pointer} {$violation.field} {$violation.keyword}: {$violation.message}',
            all: { $each: '$violations', $item: '$violation.pointer' },
          },
          'request.invalid',
        ),
      },
    }),
  );
  await playExchanges(
    url,
    `POST /things/a%20b?ids=1,2 {"a/b": [7]}
X-Of-Mine: here
200 {"path": "a b", "list": 2, "header": "here", "deep": 7, "whole": {"a/b": [7]}, "text": "POST /things/a%20b?ids=1,2 200 mine made .", "uuid": "…-…-4…", "ulid": "…", "time": "…T…Z", "token": "…", "price": "$5.00", "list2": ["POST", 1, null]}

POST /things/1?ids=x {"a/b": ["y"]}
422 {"code": "query/ids/0 0 type: …", "all": ["/ids/0", "/a~1b/0"]}`,
  );
});

test.each([
  [
    { condition: '$request.body.a.b[1] > 2 && !($request.body#/c == true)' },
    { a: { b: [0, 3] } },
    { a: { b: [0, 3] }, c: true },
  ],
  [{ condition: "$request.body#/a >= 'b' || $request.query.q == 'yes'" }, { a: 'B' }, { a: 'a' }],
  [{ condition: '$request.body#/a != null' }, { a: 0 }, { a: null }],
  [{ condition: "$request.body#/a == 'it''s'" }, { a: "IT'S" }, { a: 'its' }],
  [{ context: '$request.body#/a', type: 'regex', condition: '^\\d+$' }, { a: '12' }, { a: '12a' }],
  [{ context: '$request.body', type: 'jsonpath', condition: '$.a[?@.b > 1]' }, { a: [{ b: 2 }] }, { a: [{ b: 1 }] }],
  [
    { context: '$request.body', type: 'jsonpath', condition: '$[?length(@.a) > 2]' },
    { x: { a: 'abc' } },
    { x: { a: 'ab' } },
  ],
  [{ context: '$request.body', condition: '$.a', type: { type: 'jsonpath', version: 'rfc9535' } }, { a: 1 }, { b: 1 }],
  [{ criteria: [{ condition: '$request.body#/a' }, { condition: '$request.body#/b' }] }, { a: 1, b: 1 }, { a: 1 }],
  [[{ condition: '$request.body#/a == 1' }, { condition: '$request.body#/a == 2' }], { a: 2 }, { a: 3 }],
])('the criterion %j holds of %j, and not of %j', async (criterion, holding, other) => {
  const url = await serve(
    post({
      requestBody: { content: { 'application/json': { schema: {} } } },
      responses: { 200: json({ example: { code: 'ok' } }), 422: when({ met: criterion }) },
    }),
  );
  await playExchanges(
    url,
    `POST /things/1 ${JSON.stringify(holding)}
422 {"code": "met"}

POST /things/1 ${JSON.stringify(other)}
200 {"code": "ok"}`,
  );
});

test('conditions may stand on responses, media types and examples, and choose among successes', async () => {
  const url = await serve(
    post({
      requestBody: body({ a: {} }),
      responses: {
        200: json({ example: { code: 'ok' } }),
        202: {
          ...json({ example: { code: 'later' } }),
          'x-standin-when': { condition: "$request.body#/a == 'later'" },
        },
        418: {
          description: '',
          content: {
            'application/json': {
              example: { code: 'teapot' },
              'x-standin-when': { condition: "$request.body#/a == 'tea'" },
            },
          },
        },
      },
    }),
  );
  await playExchanges(
    url,
    `POST /things/1 {"a": "later"}
202 {"code": "later"}

POST /things/1 {"a": "tea"}
418 {"code": "teapot"}

POST /things/1 {"a": 1}
200 {"code": "ok"}`,
  );
});

test('operations below a path item share its limit, for each credential, and tell what is left', async () => {
  const said = json({ example: { code: 'ok' } });
  const limited = {
    ...said,
    headers: Object.fromEntries(
      ['Limit', 'Remaining', 'Reset'].map((name) => [`RateLimit-${name}`, { schema: { type: 'integer' } }]),
    ),
  };
  const responses = { 200: limited, 429: when({ slow_down: 'limit.exceeded' }) };
  const url = await serve({
    ...post({}),
    security: [{ key: [] }],
    components: { securitySchemes: { key: { type: 'http', scheme: 'basic' } } },
    paths: { '/a': { 'x-standin-limit': { requests: 2, seconds: 60 }, get: { responses }, post: { responses } } },
  });
  const [one, other] = ['YTpi', 'YTpj'];
  await playExchanges(
    url,
    `GET /a
Authorization: Basic ${one}
200 {"code": "ok"}
RateLimit-Limit: 2
RateLimit-Remaining: 1
RateLimit-Reset: …

POST /a
Authorization: Basic ${one}
200
RateLimit-Remaining: 0

GET /a
Authorization: Basic ${one}
429 {"code": "slow_down"}
Retry-After: …

GET /a
Authorization: Basic ${other}
200`,
  );
});

test('a change may start from several states, take expressions, and make no invalid item', async () => {
  const item = {
    type: 'object',
    required: ['id'],
    properties: {
      id: { type: 'string' },
      state: { enum: ['new', 'paid', 'sent'] },
      by: { type: 'string' },
      at: { type: 'string', format: 'date-time' },
      log: { type: 'object', properties: { was: { type: 'string' } } },
      updatedAt: { type: 'string', format: 'date-time' },
    },
  };
  const shown = {
    description: '',
    content: { 'application/json': { schema: item, example: { id: 'x', state: 'new' } } },
  };
  const id = { name: 'orderId', in: 'path', required: true, schema: { type: 'string' } };
  const change = (more: object) => ({
    post: {
      parameters: [id],
      'x-standin-resource': { effect: 'change', ...more },
      requestBody: { content: { 'application/json': { schema: { type: 'object' } } } },
      responses: { 200: shown, 404: when({ gone: undefined }), 409: when({ conflict: 'resource.conflict' }) },
    },
  });
  const url = await serve({
    ...post({}),
    paths: {
      '/orders': { post: { requestBody: { content: shown.content }, responses: { 201: shown } } },
      '/orders/{orderId}': { get: { parameters: [id], responses: { 200: shown, 404: when({ gone: undefined }) } } },
      '/orders/{orderId}/send': change({
        when: [{ condition: "$resource#/state == 'paid'" }, { criteria: [{ condition: '$request.body#/force' }] }],
        set: {
          '/state': 'sent',
          '/by': '{$request.header.X-User}!',
          '/at': '$generated.date-time',
          '/log/was': '$resource#/state',
          '/note': '$request.body#/note',
        },
      }),
      '/orders/{orderId}/break': change({ set: { '/state': 'broken' } }),
    },
  });
  await playExchanges(
    url,
    `POST /orders {"id": "a", "state": "new"}
201 {"id": "a"}

POST /orders/a/send {}
409 {"code": "conflict"}

POST /orders/a/send {"force": true}
X-User: ann
200 {"id": "a", "state": "sent", "by": "ann!", "at": "…T…Z", "log": {"was": "new"}, "updatedAt": "…"}

GET /orders/a
200 {"id": "a", "state": "sent", "by": "ann!"}

POST /orders/a/break
200 {"id": "x"}
standin-note: /state can not be "broken" in a valid item, so the example is served

GET /orders/a
200 {"id": "a", "state": "sent"}

POST /orders/b/send {}
404 {"code": "gone"}`,
  );
});

test.each([
  [
    'a change of nobody knows what',
    { effect: 'change', set: { '/a': 1 } },
    /changes an item, and no collection is known that POST \/things\/\{id\} names one of; say which by/,
  ],
  [
    'an `else` that is no example',
    { name: 'a', effect: 'change', when: { condition: '$resource' }, set: { '/a': 1 }, else: 'b' },
    /names the example "b", which no response has/,
  ],
  [
    'a change of the key',
    { name: 'a', effect: 'change', set: { '/id': 1 } },
    /sets the key, by which the item is found/,
  ],
  [
    'a `parameter` that the path lacks',
    { name: 'a', effect: 'read', parameter: 'b' },
    /finds the item by "b", which the path lacks; name one of: id/,
  ],
  [
    'a `scope` that the path lacks',
    { name: 'a', scope: ['b'] },
    /is scoped by "b", which the path lacks; name one of: id/,
  ],
  [
    'a `unique` with an example that is none',
    { name: 'a', unique: [{ pointer: '/b', example: 'c' }] },
    /names the example "c"/,
  ],
])('%s is an error with its place', (_what, resource, message) => {
  const folder = writeFolder({
    'api/openapi.json': post({ 'x-standin-resource': resource, responses: { 200: json({ example: { code: 'ok' } }) } }),
  });
  expect(() => standin({ documents: [`${folder}/api`] })).toThrow(message);
  expect(() => standin({ documents: [`${folder}/api`] })).toThrow(/openapi\.json:\d+:\d+ error x-standin-resource /);
});

test.each([
  [
    'a key of its own',
    { name: 'users' },
    /says \/id is the key of the collection "users"; POST \/users says \/userId; write `key: \/userId` here, too/,
  ],
  [
    'a scope of its own',
    { name: 'users', key: '/userId', scope: ['id'] },
    /partitions by id of the collection "users"; POST \/users by nothing/,
  ],
])('an operation that gives a collection %s is an error', (_what, resource, message) => {
  const document = post({
    'x-standin-resource': { effect: 'read', ...resource },
    responses: { 200: json({ example: {} }) },
  });
  const users = {
    post: { 'x-standin-resource': { name: 'users', key: '/userId' }, responses: { 201: json({ example: {} }) } },
  };
  const folder = writeFolder({ 'api/openapi.json': { ...document, paths: { '/users': users, ...document.paths } } });
  expect(() => standin({ documents: [`${folder}/api`] })).toThrow(message);
});
