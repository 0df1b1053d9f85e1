import { expect, test } from '@jest/globals';
import { createChance } from '../../server/contract/index.js';
import { compileDocument } from '../../server/testing/compile-document.js';
import { deriveState } from './by-state.js';

const json = (schema: unknown) => ({ description: '', content: { 'application/json': { schema } } });
const inPath = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
const inQuery = (name: string, schema: unknown) => ({ name, in: 'query', schema });
const item = {
  type: 'object',
  required: ['state'],
  properties: {
    id: { type: 'string', readOnly: true },
    name: { type: 'string' },
    state: { type: 'string', enum: ['open', 'closed'] },
  },
};
const contract = compileDocument({
  paths: {
    '/things': {
      get: {
        parameters: [
          inQuery('limit', { type: 'integer', maximum: 50 }),
          inQuery('offset', { type: 'integer' }),
          inQuery('state', { type: 'string', enum: ['open', 'closed', 'all'] }),
          inQuery('sort', { type: 'string', enum: ['name', '-name'] }),
        ],
        responses: { 200: json({ type: 'array', items: item }) },
      },
      post: { requestBody: json(item), responses: { 201: json(item) } },
    },
    '/things/{id}': {
      parameters: [inPath],
      get: { responses: { 200: json(item) } },
      delete: { responses: { 204: { description: '' } } },
    },
  },
});
const operation = contract.operations.find(({ method }) => method === 'POST');
const cases = operation ? deriveState({ contract, operation, chance: createChance('lists', () => 0) }) : [];
const found = (title: string) => cases.find((one) => one.title === title);
const pathsOf = (title: string) =>
  found(title)?.steps.flatMap(({ request: { method, path } }) => (method === 'GET' ? [path] : []));

test.each([
  ['no more than limit asks for', ['/things?limit=2']],
  ['another page by offset', ['limit=50', 'limit=1&offset=0', 'limit=1&offset=1', 'limit=1&offset=0', 'limit=50']],
  ['past the end by offset', ['/things?limit=50&offset=100000']],
  ['sorted by sort=name', ['limit=50&sort=-name', 'limit=50&sort=name']],
])('%s', (title, paths) => {
  const asked = pathsOf(title) ?? [];
  expect(asked).toHaveLength(paths.length);
  asked.forEach((path, index) => {
    expect(path).toContain(paths[index]);
  });
});

test('a list is filtered by a value that one of its items has, and another has not', () => {
  const made = found('filtered by state');
  const bodies = made?.steps.flatMap(({ request: { body } }) => (body ? [JSON.parse(body)] : []));
  expect(made?.expect.body).toMatchObject({
    kind: 'listing',
    promise: { kind: 'filter', property: ['state'], value: bodies?.[0].state },
  });
  expect(new Set(bodies?.map(({ state }) => state)).size).toBe(2);
});

test('what was deleted is looked for where it was', () => {
  const made = found('what was deleted is not in the list');
  expect(made?.steps.map(({ request: { method } }) => method)).toEqual(['POST', 'DELETE', 'GET']);
});
