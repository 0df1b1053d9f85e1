import { expect, test } from '@jest/globals';
import { compileDocument } from '../../testing/compile-document.js';
import { sentParameters } from './sent-parameters.js';

const query = ['a', 'aa', 'tags', 'filter', 'b c', ''].map((name) => ({ name, in: 'query', schema: {} }));
const header = { name: 'X-Trace', in: 'header', schema: {} };
const path = { name: 'id', in: 'path', required: true, schema: {} };
const contract = compileDocument({
  openapi: '3.1.1',
  info: { title: 'API', version: '1' },
  paths: {
    '/things/{id}': { get: { parameters: [path, header, ...query], responses: { 204: { description: '' } } } },
  },
});

test.each([
  ['/things/1', []],
  ['/things/1?', []],
  ['/things/1?aa=1', ['aa']],
  ['/things/1?xa=1&aa', ['aa']],
  ['/things/1?baa=a&a=', ['a']],
  ['/things/1?tags[]=x&filter[name]=y&filters=z', ['tags', 'filter']],
  ['/things/1?tags%5B%5D=x&b+c=1', ['tags', 'b c']],
])('of %s the parameters %j are sent, and what the path has', (url, names) => {
  const [operation] = contract.operations;
  if (!operation) throw new Error('no operation');
  const sent = sentParameters(operation, url, {}).filter(({ name }) => name !== '');
  expect(sent.map(({ name }) => name)).toEqual(['id', ...names]);
});

test('headers are known by their name in any case', () => {
  const [operation] = contract.operations;
  if (!operation) throw new Error('no operation');
  expect(sentParameters(operation, '/things/1', { 'x-trace': 't' }).map(({ name }) => name)).toEqual(['id', 'X-Trace']);
});
