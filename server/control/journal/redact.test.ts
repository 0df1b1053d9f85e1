import { expect, test } from '@jest/globals';
import { compileDocument } from '../../testing/compile-document.js';
import { redactBody, redacted, redactHeaders, redactUrl } from './redact.js';
import { secretsOf, secretsOfAll } from './secrets.js';

const credentials = {
  type: 'object',
  properties: {
    name: { type: 'string' },
    password: { $ref: '#/components/schemas/Secret' },
    old: { type: 'array', items: { type: 'object', properties: { pin: { type: 'string', format: 'password' } } } },
  },
};
const contract = compileDocument({
  paths: {
    '/login': {
      post: {
        security: [{ key: [], query: [] }],
        requestBody: {
          content: {
            'application/json': { schema: credentials },
            'application/x-www-form-urlencoded': { schema: credentials },
          },
        },
        responses: { 204: { description: '' } },
      },
      get: { responses: { 204: { description: '' } } },
    },
  },
  components: {
    schemas: { Secret: { type: 'string', format: 'password' } },
    securitySchemes: {
      key: { type: 'apiKey', in: 'header', name: 'X-Key' },
      query: { type: 'apiKey', in: 'query', name: 'api key' },
    },
  },
});
const secretsFor = (method: string) => {
  const operation = contract.operations.find((candidate) => candidate.method === method);
  if (!operation) throw new Error(`there is no ${method}`);
  return secretsOf(operation)(contract);
};
const [login, other] = [secretsFor('POST'), secretsFor('GET')];

test('credentials and cookies are hidden, their schemes and names are not', () => {
  expect(
    redactHeaders(
      {
        authorization: 'Bearer abc',
        'x-key': 'abc',
        cookie: 'sid=abc; theme=dark',
        'set-cookie': ['a=abc'],
        accept: 'x',
      },
      login,
    ),
  ).toEqual({
    authorization: `Bearer ${redacted}`,
    'x-key': redacted,
    cookie: `sid=${redacted}; theme=${redacted}`,
    'set-cookie': `a=${redacted}`,
    accept: 'x',
  });
});

test('headers with nothing to hide are themselves', () => {
  const headers = { accept: 'x', 'x-key': 'of another operation' };
  expect(redactHeaders(headers, other)).toBe(headers);
});

test.each([
  ['/login?a=1&api%20key=abc&b', `/login?a=1&api%20key=${redacted}&b`],
  ['/login?api+key=abc', `/login?api+key=${redacted}`],
  ['/login?api%zzkey=abc', '/login?api%zzkey=abc'],
  ['/login', '/login'],
])('of the URL %s the credentials in the query are hidden', (url, expected) => {
  expect(redactUrl(url, login)).toBe(expected);
});

test('what the document knows nothing of is hidden where it is called like a secret', () => {
  expect(redactUrl('/login?token=a&access%5Fkey=b&size=1&next_token=c', other)).toBe(
    `/login?token=${redacted}&access%5Fkey=${redacted}&size=1&next_token=c`,
  );
});

test('passwords by the schema are hidden wherever they are, in JSON and in forms', () => {
  expect(JSON.parse(redactBody('{"name":"a","password":"b","old":[{"pin":"c"}]}', 'application/json', login))).toEqual({
    name: 'a',
    password: redacted,
    old: [{ pin: redacted }],
  });
  expect(redactBody('name=a&password=b', 'application/x-www-form-urlencoded', login)).toBe(
    `name=a&password=${redacted}`,
  );
});

test('a body that should have passwords and can not be read is not shown', () => {
  expect(redactBody('{"password":"b"', 'application/json', login)).toBe(redacted);
  expect(redactBody('{"password":"b"', 'application/json', other)).toBe('{"password":"b"');
});

test('where nobody knows the operation, the credentials of all are hidden', () => {
  const all = secretsOfAll([contract]);
  expect([...all.headers]).toContain('x-key');
  expect([...all.query]).toEqual(['api key']);
});

test('texts that are called like a secret are hidden, in bodies and in the query; places in a list, flags and numbers are not', () => {
  const text = { type: 'string' };
  const named = compileDocument({
    paths: {
      '/keys': {
        post: {
          parameters: [
            { name: 'access_token', in: 'query', schema: text },
            { name: 'page_token', in: 'query', schema: text },
          ],
          requestBody: {
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  properties: {
                    client_secret: { type: ['string', 'null'] },
                    apiKey: text,
                    nextPageToken: text,
                    resetPassword: { type: 'boolean' },
                    token: { type: 'integer' },
                    secretary: text,
                  },
                },
              },
            },
          },
          responses: { 204: { description: '' } },
        },
      },
    },
  });
  const [operation] = named.operations;
  if (!operation) throw new Error('there is no operation');
  const secrets = secretsOf(operation)(named);
  const body = { client_secret: 'a', apiKey: 'b', nextPageToken: 'c', resetPassword: true, token: 5, secretary: 'd' };
  expect(JSON.parse(redactBody(JSON.stringify(body), 'application/json', secrets))).toEqual({
    ...body,
    client_secret: redacted,
    apiKey: redacted,
  });
  expect(redactUrl('/keys?access_token=a&page_token=b', secrets)).toBe(`/keys?access_token=${redacted}&page_token=b`);
});
