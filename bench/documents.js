import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'standin-bench-documents-'));

/** The facts of the Prelude document alone: without its overlay nothing is remembered, and examples are answered. */
export function preludeWithoutOverlay() {
  const target = join(folder, 'prelude');
  mkdirSync(target, { recursive: true });
  cpSync(join(import.meta.dirname, '../specs/prelude/openapi.yaml'), join(target, 'openapi.yaml'));
  return join(target, 'openapi.yaml');
}

/** A document of `count` operations; the last of them is `operation`'s. */
export function manyOperations(count) {
  const paths = {};
  for (let index = 0; index < count; index++) {
    paths[`/${['users', 'orders', 'invoices', 'teams'][index % 4]}${index}/{id}/items`] = {
      parameters: [
        { name: 'id', in: 'path', required: true, schema: { type: 'integer', minimum: 1 } },
        { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 100 } },
        { name: 'active', in: 'query', schema: { type: 'boolean' } },
        {
          name: 'tags',
          in: 'query',
          explode: false,
          schema: { type: 'array', items: { type: 'string', minLength: 1 }, maxItems: 5 },
        },
      ],
      get: {
        operationId: `list${index}`,
        responses: {
          200: {
            description: 'Items',
            content: {
              'application/json': {
                schema: { type: 'array', items: { $ref: '#/components/schemas/Item' } },
                example: [{ id: 1, name: 'one' }],
              },
            },
          },
        },
      },
    };
  }
  return write(`many-${count}.json`, {
    openapi: '3.0.3',
    info: { title: `${count} operations`, version: '1' },
    paths,
    components: {
      schemas: {
        Item: {
          type: 'object',
          required: ['id', 'name'],
          properties: { id: { type: 'integer' }, name: { type: 'string' } },
        },
      },
    },
  });
}

/** A request for one of `manyOperations`. */
export function listRequest(index) {
  const name = ['users', 'orders', 'invoices', 'teams'][index % 4];
  return {
    method: 'GET',
    path: `/${name}${index}/42/items?limit=20&active=true&tags=a,b`,
    headers: { accept: 'application/json' },
    status: 200,
  };
}

/** A body of some 100 KiB: items that are valid, or of which 50 are not. */
export function bigBodies() {
  const item = (index) => ({
    id: index,
    name: `item number ${index}`,
    email: `user${index}@example.com`,
    tags: ['one', 'two'],
    note: 'x'.repeat(100),
  });
  const valid = Array.from({ length: 480 }, (_, index) => item(index));
  const wrong = valid
    .map((member, index) => (index % 10 === 0 && index < 500 ? { ...member, id: 'wrong' } : member))
    .map((member, index) => (index === 1 || index === 3 ? { ...member, email: 'none' } : member));
  const schema = {
    type: 'array',
    items: {
      type: 'object',
      required: ['id', 'name', 'email'],
      properties: {
        id: { type: 'integer' },
        name: { type: 'string', maxLength: 100 },
        email: { type: 'string', format: 'email' },
        tags: { type: 'array', items: { type: 'string' } },
        note: { type: 'string' },
      },
    },
  };
  const answer = {
    description: 'Answer',
    content: { 'application/json': { schema: { type: 'object' }, example: { done: true } } },
  };
  const document = write('big.json', {
    openapi: '3.1.0',
    info: { title: 'Big bodies', version: '1' },
    paths: {
      '/items': {
        put: {
          operationId: 'putItems',
          requestBody: { required: true, content: { 'application/json': { schema } } },
          responses: { 200: answer, 400: answer },
        },
      },
    },
  });
  const request = { method: 'PUT', path: '/items', headers: { 'content-type': 'application/json' } };
  return {
    document,
    valid: { ...request, body: JSON.stringify(valid), status: 200 },
    invalid: { ...request, body: JSON.stringify(wrong), status: 400 },
  };
}

/** 13 MB of JSON in 1,200 operations, with the nesting and prose that big real documents have. */
export function huge() {
  const prose =
    'It says what the property means, where its values come from, and which of them are deprecated. '.repeat(3);
  const schema = (index, depth) => ({
    type: 'object',
    description: prose,
    required: ['id'],
    properties: Object.fromEntries(
      Array.from({ length: 10 }, (_, at) => [
        at === 0 ? 'id' : `property${at}`,
        depth > 0 && at > 6
          ? schema(index, depth - 1)
          : at % 3 === 0
            ? { type: 'integer', minimum: 0, description: prose }
            : at % 3 === 1
              ? { type: 'string', maxLength: 200, description: prose }
              : { $ref: `#/components/schemas/Model${(index * 7 + at) % 1200}` },
      ]),
    ),
  });
  const paths = {};
  const schemas = {};
  for (let index = 0; index < 1200; index++) {
    schemas[`Model${index}`] = schema(index, 1);
    paths[`/models${index}/{id}`] = {
      post: {
        operationId: `update${index}`,
        description: prose,
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        requestBody: { content: { 'application/json': { schema: { $ref: `#/components/schemas/Model${index}` } } } },
        responses: {
          200: {
            description: prose,
            content: { 'application/json': { schema: { $ref: `#/components/schemas/Model${index}` } } },
          },
        },
      },
    };
  }
  return write('huge.json', {
    openapi: '3.0.3',
    info: { title: 'Huge', version: '1' },
    paths,
    components: { schemas },
  });
}

function write(name, document) {
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify(document));
  return file;
}
