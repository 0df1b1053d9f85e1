import { expect, test } from '@jest/globals';
import { compileDocument } from '../../server/testing/compile-document.js';
import { removalsOf } from './clean-up.js';
import type { Exchange } from './fill-blanks.js';

const item = { type: 'object', properties: { id: { type: 'integer' }, name: { type: 'string' } } };
const json = (schema: unknown) => ({ description: '', content: { 'application/json': { schema } } });
const inPath = (name: string) => ({ name, in: 'path', required: true, schema: { type: 'integer' } });
const contract = compileDocument({
  paths: {
    '/shops/{shop}/things': {
      parameters: [inPath('shop')],
      post: { requestBody: json(item), responses: { 201: json(item) } },
    },
    '/shops/{shop}/things/{id}': {
      parameters: [inPath('shop'), inPath('id')],
      get: { responses: { 200: json(item) } },
      delete: { responses: { 204: { description: '' } } },
    },
    '/logs': { post: { requestBody: json(item), responses: { 201: json(item) } } },
  },
});
const exchange = (method: string, path: string, status: number, body: unknown): Exchange => ({
  request: { method, path, headers: { authorization: 'Bearer x', 'content-type': 'application/json' } },
  answer: { status, headers: {}, body: Buffer.from(JSON.stringify(body)) },
  baseUrl: '',
  startedAt: 0,
  elapsedMs: 0,
});

test('what was created is removed, the last first, with the credential that created it', () => {
  const made = [
    exchange('POST', '/shops/3/things?x=1', 201, { id: 7 }),
    exchange('POST', '/shops/3/things', 201, { id: 8 }),
  ];
  expect(removalsOf(contract, made)).toEqual(
    [8, 7].map((id) => ({
      method: 'DELETE',
      path: `/shops/3/things/${id}`,
      headers: { authorization: 'Bearer x', accept: '*/*' },
    })),
  );
});

test.each([
  ['was refused', exchange('POST', '/shops/3/things', 400, { id: 7 })],
  ['was only read', exchange('GET', '/shops/3/things/7', 200, { id: 7 })],
  ['has no documented way to remove it', exchange('POST', '/logs', 201, { id: 7 })],
])('nothing is removed where it %s', (_, one) => {
  expect(removalsOf(contract, [one])).toEqual([]);
});
