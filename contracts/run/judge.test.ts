import { expect, test } from '@jest/globals';
import { compileDocument } from '../../server/testing/compile-document.js';
import type { Expectation } from '../case.js';
import type { Answer } from './answer.js';
import { judge } from './judge.js';

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: unknown) => ({ description: '', content: { 'application/json': { schema } } });
const contract = compileDocument({
  components: {
    schemas: {
      Cat: {
        type: 'object',
        required: ['kind', 'lives'],
        properties: { kind: { type: 'string' }, lives: { type: 'integer' } },
      },
      Dog: { type: 'object', required: ['kind'], properties: { kind: { type: 'string' }, tail: { type: 'boolean' } } },
      Pet: {
        anyOf: [ref('Cat'), ref('Dog')],
        discriminator: { propertyName: 'kind', mapping: { cat: ref('Cat').$ref, dog: ref('Dog').$ref } },
      },
      User: {
        type: 'object',
        properties: { id: { type: 'string', format: 'uuid' }, secret: { type: 'string', writeOnly: true } },
      },
    },
    securitySchemes: { b: { type: 'http', scheme: 'bearer' } },
  },
  security: [{ b: [] }],
  paths: {
    '/x': {
      get: {
        operationId: 'get',
        responses: {
          200: json({ type: 'object', properties: { pets: { type: 'array', items: ref('Pet') }, user: ref('User') } }),
          204: { description: '' },
          401: json({}),
          405: { description: '' },
          500: json({}),
        },
      },
    },
  },
});

const said = async (
  status: number,
  body: unknown,
  headers: Answer['headers'] = {},
  more: Partial<Expectation> = {},
) => {
  const text = typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body);
  const answer = {
    status,
    headers: { ...(text && { 'content-type': 'application/json' }), ...headers },
    body: Buffer.from(text),
  };
  const found = await judge(contract, 'get', { status, response: String(status), headers: [], ...more }, answer, {
    values: false,
  });
  return found.map(({ kind, at = '', message }) => `${kind} ${at} ${message}`).join('\n');
};

test.each([
  ['a written-only property that leaks', { user: { secret: 's' } }, /\/user\/secret is writeOnly/],
  ['a fault in the last item only', { pets: [{ kind: 'dog' }, { kind: 'dog', tail: 3 }] }, /\/pets\/1/],
  [
    'a discriminator that names another schema',
    { pets: [{ kind: 'cat', tail: true }] },
    /\/pets\/0\/kind is "cat".*\/pets\/0\/lives is required/,
  ],
  ['a discriminator that names none', { pets: [{ kind: 'cow' }] }, /"cow", which is the name of none/],
  ['a format that is none', { user: { id: '7' } }, /\/user\/id .*uuid/],
])('%s is a finding', async (_, body, message) => {
  expect(await said(200, body)).toMatch(message);
});

test('what its schema is open to, in any order, is none', async () => {
  const body = { more: 1, user: { other: 2 }, pets: [{ lives: 9, kind: 'cat', extra: true }] };
  expect(await said(200, body, { 'content-type': 'application/json; charset=utf-8', 'x-more': '1' })).toBe('');
});

test('HTTP has rules of its own', async () => {
  expect(await said(405, undefined)).toMatch(/header Allow/);
  expect(await said(405, undefined, { allow: 'GET' })).toBe('');
  expect(await said(401, {})).toMatch(/header WWW-Authenticate/);
  expect(await said(204, undefined, { 'content-length': '5' })).toMatch(/^body/);
});

test('an error tells neither where it came from, nor as a page', async () => {
  expect(await said(500, { message: 'Error: x\n    at run (/srv/app/index.js:12:3)' })).toMatch(/^leak/);
  expect(await said(500, '<!doctype html><p>Sorry', { 'content-type': 'text/html' })).toMatch(/HTML page/);
  expect(await said(500, '{"message": ')).toMatch(/JSON/);
});

test('a service refuses in its own way what is not documented, but not with a success', async () => {
  const undocumented = { status: 406, problem: 'not-acceptable' } as const;
  const { response: _, ...expectation } = { ...undocumented, headers: [], response: '' };
  const of = async (status: number, expect: Expectation) =>
    (await judge(contract, 'get', expect, { status, headers: {}, body: Buffer.alloc(0) }, { values: false })).map(
      ({ kind }) => kind,
    );
  expect(await of(406, expectation)).toEqual([]);
  expect(await of(404, { status: 405, problem: 'method-not-allowed', headers: ['allow'] })).toEqual([]);
  expect(await of(204, { status: 401, problem: 'credentials-missing', headers: [] })).toEqual(['status']);
  expect(await of(503, { status: 422, problem: 'request-invalid', headers: [] })).toEqual(['status']);
});
