import { expect, test } from '@jest/globals';
import { createClient, jsonOf, saying } from '../testing/client.js';
import { compileDocument } from '../testing/compile-document.js';

function client(responses: unknown) {
  return createClient(compileDocument({ paths: { '/things': { post: { responses } } } }));
}

test.each(['300', '301', '302', '303', '307', '308'])('a %s says where to, documented or not', async (status) => {
  const bare = await client({ [status]: { description: '' } })();
  expect(bare).toMatchObject({ status: Number(status), headers: { location: expect.stringMatching(/^https:\/\//) } });
  const headers = { Location: { schema: { type: 'string' }, example: '/there' } };
  expect(await client({ [status]: { description: '', headers } })()).toMatchObject({ headers: { location: '/there' } });
});

test('a 304 says nothing of a location, and has no body', async () => {
  const { headers, body } = await client({ 304: saying('the same') })();
  expect({ headers, body }).toEqual({ headers: {}, body: undefined });
});

test.each(['204', '205'])('a %s has no body, whatever is documented', async (status) => {
  expect(await client({ [status]: saying('x') })()).not.toHaveProperty('body');
});

test.each<[string, Record<string, unknown>, number]>([
  ['the lowest of several successes', { 202: saying('b'), 201: saying('a') }, 201],
  ['200 for 2XX', { '2XX': saying('a'), 404: saying('b') }, 200],
  ['200 for 2xx', { '2xx': saying('a') }, 200],
  ['200 for `default` alone', { default: saying('a') }, 200],
  ['a redirection where there is no success', { 302: { description: '' }, 404: saying('b') }, 302],
  ['302 for 3XX', { '3XX': { description: '' } }, 302],
  ['what comes after a 1xx', { 101: { description: '' }, 204: { description: '' } }, 204],
  ['501 where nothing is documented', {}, 501],
  ['501 where only 1xx is', { 101: { description: '' } }, 501],
])('a success is %s', async (_what, responses, status) => {
  expect(await client(responses)()).toMatchObject({ status });
});

test.each<[string, number, string]>([
  ['404', 404, 'exact'],
  ['418', 418, 'range'],
  ['503', 503, 'default'],
])('a preferred %s is documented exactly, as a range, or as the default', async (code, status, said) => {
  const ask = client({ 200: saying('fine'), 404: saying('exact'), '4XX': saying('range'), default: saying('default') });
  const reply = await ask({ headers: { prefer: `code=${code}` } });
  expect({ status: reply.status, body: jsonOf(reply) }).toEqual({ status, body: { said } });
});

test('a preferred status that is not documented at all is a problem', async () => {
  expect(await client({ 200: saying('fine') })({ headers: { prefer: 'code=503' } })).toMatchObject({
    status: 404,
    reason: 'problem',
  });
});

test('documented headers can be sent, whatever their values are', async () => {
  const header = (example: string) => ({ schema: { type: 'string' }, example });
  const headers = { 'X-A': header('a\r\nb'), 'X-B': header('naïve ☃'), 'Content-Encoding': header('gzip') };
  const reply = await client({ 200: { description: '', headers } })();
  expect(reply.headers).toEqual({ 'x-a': 'a b', 'x-b': Buffer.from('naïve ☃').toString('latin1') });
});

test('the examples of a schema can each be asked for by their index', async () => {
  const ask = client({
    200: { description: '', content: { 'application/json': { schema: { examples: ['a', 'b'] } } } },
  });
  expect(jsonOf(await ask())).toBe('a');
  expect(jsonOf(await ask({ headers: { prefer: 'example=1' } }))).toBe('b');
});

test('what is only written never comes back, given or made', async () => {
  const schema = {
    type: 'object',
    required: ['password'],
    properties: {
      password: { type: 'string', writeOnly: true },
      card: { type: 'object', properties: { cvc: { type: 'string', writeOnly: true } } },
    },
    example: { password: 'x', card: { cvc: '123', brand: 'a' } },
  };
  const ask = client({ 200: { description: '', content: { 'application/json': { schema } } } });
  expect(jsonOf(await ask())).toEqual({ card: { brand: 'a' } });
  expect(jsonOf(await ask({ headers: { prefer: 'dynamic=true' } }))).toEqual({ card: {} });
});

test('what is only written does not come back from a collection either', async () => {
  const schema = {
    type: 'object',
    properties: { id: { type: 'string' }, name: { type: 'string' }, password: { type: 'string', writeOnly: true } },
  };
  const content = { 'application/json': { schema } };
  const contract = compileDocument({
    paths: {
      '/things': {
        post: {
          'x-standin-resource': { name: 'things', generate: 'uuid' },
          requestBody: { content },
          responses: { 201: { description: '', content } },
        },
      },
    },
  });
  const reply = await createClient(contract)({ json: { name: 'Ada', password: 'x' } });
  expect(reply).toMatchObject({ status: 201, reason: 'state' });
  expect(jsonOf(reply)).toEqual({ id: expect.any(String), name: 'Ada' });
});

test('a body that contradicts its schema, since nothing else was found, says so on every reply', async () => {
  const content = { 'application/json': { schema: { type: 'object', required: ['a'], properties: { a: false } } } };
  const ask = client({
    200: { description: '', content },
    404: { description: '', content },
    204: { description: '' },
  });
  for (const prefer of [undefined, 'code=200', 'code=404', 'dynamic=true']) {
    const { headers } = await ask(prefer === undefined ? {} : { headers: { prefer } });
    expect(headers['standin-note']).toMatch(/no value was found that the documented schema accepts/);
  }
  expect((await ask({ headers: { prefer: 'code=204' } })).headers).not.toHaveProperty('standin-note');
});

test('an invalid example that is all there is says so, and so does the refusal that it is served for', async () => {
  const schema = { type: 'object', required: ['a'], properties: { a: false } };
  const content = { 'application/json': { schema, example: { b: 1 } } };
  const ask = createClient(
    compileDocument({
      paths: {
        '/things': {
          post: {
            parameters: [{ name: 'q', in: 'query', required: true }],
            responses: { 400: { description: '', content } },
          },
        },
      },
    }),
  );
  const reply = await ask();
  expect(jsonOf(reply)).toEqual({ b: 1 });
  expect(reply.headers['standin-note']).toBe(
    'query/q is required; this documented example violates its own schema: /a is required',
  );
});
