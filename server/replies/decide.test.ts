import { expect, test } from '@jest/globals';
import type { JsonObject } from '../documents/index.js';
import { type Asked, createClient, jsonOf, saidBy, saying } from '../testing/client.js';
import { compileDocument } from '../testing/compile-document.js';

const parameters = [{ name: 'shop', in: 'path', required: true, schema: { type: 'string' } }];
const body = {
  required: true,
  content: {
    'application/json': {
      schema: {
        type: 'object',
        required: ['name'],
        properties: { name: { type: 'string' }, email: { type: 'string' }, rank: { type: 'integer' } },
      },
    },
  },
};
const components = { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'x-key' } } };
const everything = {
  201: saying('created'),
  400: { ...saying('refused'), 'x-standin-when': { condition: '$request.body#/rank > 9' } },
  401: saying('unauthorized'),
  403: saying('forbidden'),
  404: saying('no such shop'),
  406: saying('not acceptable'),
  409: saying('taken'),
  413: saying('too large'),
  415: saying('unsupported'),
  422: saying('invalid'),
  429: saying('too many'),
};
const resource = {
  name: 'members',
  generate: 'increment',
  scope: ['shop'],
  unique: [{ pointer: '/email' }],
  parent: { name: 'shops', parameter: 'shop', seed: [{ id: 's1' }] },
};

/** A client of `POST /shops/{shop}/members`, whose shop `s1` exists where the collection has shops. */
function clientOf(operation: JsonObject) {
  const post = { parameters, responses: everything, ...operation };
  return createClient(compileDocument({ components, paths: { '/shops/{shop}/members': { post } } }));
}
const plain: Asked = {
  path: { shop: 's1' },
  headers: { 'x-key': 'k', 'content-type': 'application/json' },
  json: { name: 'Ada' },
};

test('a request with everything wrong is told of one thing after the other, in their order', async () => {
  const ask = clientOf({
    security: [{ key: [] }],
    requestBody: body,
    'x-standin-limit': { requests: 9, seconds: 1 },
    'x-standin-resource': resource,
  });
  await ask({ ...plain, json: { name: 'Ada', email: 'ada@example.com' } });
  for (let count = 0; count < 9; count++) await ask({ ...plain, headers: { ...plain.headers, 'x-key': 'tired' } });

  let asked: Asked = {
    path: { shop: 'none' },
    query: '__code=409',
    headers: { prefer: 'code=x', accept: 'text/html', 'content-type': 'text/plain' },
    body: { kind: 'too-large', limitBytes: 1 },
  };
  const then = (change: Asked) => {
    asked = { ...asked, ...change, headers: { ...asked.headers, ...change.headers } };
    return ask(asked).then((reply) => ({ status: reply.status, said: saidBy(reply) }));
  };
  expect(await then({})).toEqual({ status: 400, said: undefined });
  expect(await then({ headers: { prefer: '', accept: '*/*' } })).toEqual({ status: 409, said: 'taken' });
  expect(await then({ query: '', headers: { accept: 'text/html' } })).toEqual({ status: 401, said: 'unauthorized' });
  expect(await then({ headers: { 'x-key': 'forbidden' } })).toEqual({ status: 403, said: 'forbidden' });
  expect(await then({ headers: { 'x-key': 'tired' } })).toEqual({ status: 429, said: 'too many' });
  expect(await then({ headers: { 'x-key': 'k' } })).toEqual({ status: 413, said: 'too large' });
  const sent = (value: unknown) => ({ kind: 'bytes', bytes: Buffer.from(JSON.stringify(value)) }) as const;
  expect(await then({ body: sent({ rank: 10 }) })).toEqual({ status: 415, said: 'unsupported' });
  expect(await then({ headers: { 'content-type': 'application/json' } })).toEqual({ status: 422, said: 'invalid' });
  const taken = { name: 'Eve', email: 'ada@example.com' };
  expect(await then({ body: sent({ ...taken, rank: 10 }) })).toEqual({ status: 406, said: 'not acceptable' });
  expect(await then({ headers: { accept: 'application/json' } })).toEqual({ status: 400, said: 'refused' });
  expect(await then({ body: sent(taken) })).toEqual({ status: 404, said: 'no such shop' });
  expect(await then({ path: { shop: 's1' } })).toEqual({ status: 409, said: 'taken' });
  expect(await then({ body: sent({ name: 'Eve' }) })).toMatchObject({ status: 201 });
});

test.each([
  { what: 'without credentials', asked: { headers: { 'x-key': '' } }, type: 'credentials-missing', status: 401 },
  {
    what: 'with the key `invalid`',
    asked: { headers: { 'x-key': 'invalid' } },
    type: 'credentials-invalid',
    status: 401,
  },
  {
    what: 'of another type',
    asked: { headers: { 'content-type': 'text/x' } },
    type: 'media-type-unsupported',
    status: 415,
  },
  { what: 'with a wrong body', asked: { json: { name: 1 } }, type: 'request-invalid', status: 422 },
  {
    what: 'that accepts nothing there is',
    asked: { headers: { accept: 'text/x' } },
    type: 'not-acceptable',
    status: 406,
  },
  {
    what: 'with too much content',
    asked: { body: { kind: 'too-large', limitBytes: 5 } },
    type: 'content-too-large',
    status: 413,
  },
  {
    what: 'with broken JSON',
    asked: { body: { kind: 'bytes', bytes: Buffer.from('{') } },
    type: 'request-malformed',
    status: 400,
  },
  {
    what: 'that prefers what is not there',
    asked: { query: '__code=418' },
    type: 'preference-impossible',
    status: 404,
  },
] as { what: string; asked: Asked; type: string; status: number }[])(
  'a request $what is a problem where no error is documented',
  async ({ asked, type, status }) => {
    const ask = clientOf({
      security: [{ key: [] }],
      requestBody: body,
      responses: { 200: saying('done') },
    });
    const reply = await ask({ ...plain, ...asked, headers: { ...plain.headers, ...asked.headers } });
    expect(reply).toMatchObject({ status, headers: { 'content-type': 'application/problem+json' } });
    expect(jsonOf(reply)).toMatchObject({
      type: `urn:standin:problem:${type}`,
      status,
      title: expect.any(String),
      detail: expect.any(String),
      violations: expect.any(Array),
    });
  },
);

test('where nothing is wrong, the documented success is given exactly as documented', async () => {
  const ask = clientOf({ responses: { 404: saying('missing'), 202: saying('accepted'), default: saying('error') } });
  expect(await ask(plain)).toMatchObject({
    status: 202,
    headers: { 'content-type': 'application/json' },
    body: Buffer.from('{"said":"accepted"}'),
    reason: 'example',
  });
});

test.each([
  { what: 'missing', headers: {}, status: 401 },
  { what: 'invalid', headers: { 'x-key': 'invalid' }, status: 401 },
  { what: 'asked for by preference', headers: { 'x-key': 'k', prefer: 'code=401' }, status: 401 },
  { what: 'declared by criteria', headers: { 'x-key': 'k', 'x-locked': 'yes' }, status: 401 },
])('a 401 that is $what carries the challenges', async ({ headers, status }) => {
  const locked = { ...saying('locked'), 'x-standin-when': { condition: "$request.header.x-locked == 'yes'" } };
  const ask = clientOf({ security: [{ key: [] }], responses: { 200: saying('done'), 401: locked } });
  expect(await ask({ path: { shop: 's1' }, headers })).toMatchObject({
    status,
    headers: { 'www-authenticate': ['ApiKey realm="API", in="header", name="x-key"'] },
  });
});

test('a documented WWW-Authenticate is left as it is', async () => {
  const documented = { ...saying('no'), headers: { 'WWW-Authenticate': { example: 'Custom' } } };
  const ask = clientOf({ security: [{ key: [] }], responses: { 401: documented } });
  expect((await ask()).headers).toMatchObject({ 'www-authenticate': 'Custom' });
});

test('the key `forbidden` is like any other where no 403 is documented', async () => {
  const ask = clientOf({ security: [{ key: [] }], responses: { 200: saying('done'), default: saying('error') } });
  expect(await ask({ ...plain, headers: { 'x-key': 'forbidden' } })).toMatchObject({ status: 200 });
});

test('a preference that can not be read is told so, and neither counts nor stores', async () => {
  const ask = clientOf({ 'x-standin-limit': { requests: 1, seconds: 1 }, 'x-standin-resource': resource });
  expect(jsonOf(await ask({ ...plain, headers: { prefer: 'code=x' } }))).toMatchObject({
    type: 'urn:standin:problem:preference-malformed',
  });
  expect(await ask(plain)).toMatchObject({ status: 201 });
});

test('an operation without responses has no reply to give', async () => {
  expect(jsonOf(await clientOf({ responses: {} })(plain))).toMatchObject({ status: 501 });
});
