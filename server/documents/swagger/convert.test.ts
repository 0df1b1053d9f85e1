import { expect, test } from '@jest/globals';
import { loadDocument } from '../../testing/load-document.js';
import { locate } from '../description.js';
import { valueAt } from '../pointer.js';

function convert(rest: string) {
  const description = loadDocument(`swagger: '2.0'\ninfo: { title: A, version: '1' }\n${rest}`);
  const place = (pointer: string) => {
    const { line, column } = locate(description, pointer);
    return `${line}:${column}`;
  };
  return { description, at: (pointer: string) => valueAt(description.root, pointer), place };
}

test.each([
  ['host: example.com\nbasePath: /v1\nschemes: [https, http]', ['https://example.com/v1', 'http://example.com/v1']],
  ['host: example.com\nbasePath: /', ['//example.com']],
  ['basePath: /v1/', ['/v1']],
  ['{}', ['/']],
])('%j is served at %j', (text, urls) => {
  expect(convert(text === '{}' ? '' : text).at('/servers')).toEqual(urls.map((url) => ({ url })));
});

test('a body parameter is the request body, of each media type that is consumed', () => {
  const { at, place } = convert(`consumes: [application/xml]
definitions: { Pet: { type: object } }
paths:
  /pets:
    post:
      consumes: [application/json, text/json]
      parameters:
        - { name: pet, in: body, required: true, description: A pet, schema: { $ref: '#/definitions/Pet' } }
      responses: { 201: { description: Made } }
`);
  const schema = { $ref: '#/components/schemas/Pet' };
  expect(at('/paths/~1pets/post')).toEqual({
    requestBody: {
      required: true,
      description: 'A pet',
      content: { 'application/json': { schema }, 'text/json': { schema } },
    },
    responses: { 201: { description: 'Made' } },
  });
  expect(place('/paths/~1pets/post/requestBody/content/text~1json/schema/$ref')).toBe('10:80');
  expect(place('/components/schemas/Pet/type')).toBe('4:23');
});

test('form parameters are one body, of a multipart type where one is a file', () => {
  const { at } = convert(`paths:
  /a:
    parameters: [{ name: shared, in: formData, type: string }]
    post:
      consumes: [application/json, multipart/form-data]
      parameters:
        - { name: file, in: formData, type: file, required: true }
        - { name: tags, in: formData, type: array, items: { type: string }, collectionFormat: multi }
`);
  expect(at('/paths/~1a/post/requestBody')).toEqual({
    required: true,
    content: {
      'multipart/form-data': {
        schema: {
          type: 'object',
          properties: {
            shared: { type: 'string' },
            file: { type: 'string', format: 'binary' },
            tags: { type: 'array', items: { type: 'string' } },
          },
          required: ['file'],
        },
        encoding: { tags: { style: 'form', explode: true, 'x-standin-item-styles': [] } },
      },
    },
  });
  expect(at('/paths/~1a/parameters')).toBeUndefined();
});

test.each([
  ['query', '', { style: 'form', explode: false }],
  ['query', 'multi', { style: 'form', explode: true }],
  ['query', 'ssv', { style: 'spaceDelimited', explode: false }],
  ['query', 'pipes', { style: 'pipeDelimited', explode: false }],
  ['path', 'csv', { style: 'simple', explode: false }],
  ['path', 'pipes', { style: 'pipeDelimited', explode: false }],
  ['header', 'ssv', { style: 'spaceDelimited', explode: false }],
])('a list in the %s with the collection format %j has a style', (place, format, style) => {
  const { at } = convert(`paths:
  /a/{x}:
    get:
      parameters:
        - { name: x, in: ${place}, type: array, items: { type: integer }${format && `, collectionFormat: ${format}`}, minItems: 1 }
`);
  expect(at('/paths/~1a~1{x}/get/parameters/0')).toEqual({
    name: 'x',
    in: place,
    schema: { type: 'array', items: { type: 'integer' }, minItems: 1 },
    ...style,
  });
});

test('lists in a list have a style each', () => {
  const { at } = convert(`paths:
  /a:
    get:
      parameters:
        - name: x
          in: query
          type: array
          collectionFormat: csv
          items: { type: array, collectionFormat: pipes, items: { type: array, items: { type: integer } } }
`);
  expect(at('/paths/~1a/get/parameters/0')).toMatchObject({
    style: 'form',
    explode: false,
    'x-standin-item-styles': ['pipeDelimited', 'simple'],
  });
});

test('tabs between items are a style that only documents of 2.0 can ask for', () => {
  const { at, description } = convert(
    'paths:\n  /a:\n    get:\n      parameters: [{ name: x, in: query, type: array, items: {}, collectionFormat: tsv }]\n',
  );
  expect(at('/paths/~1a/get/parameters/0')).toMatchObject({ style: 'tabDelimited', explode: false });
  expect(description.diagnostics).toEqual([]);
});

test('parameters and responses that are shared are followed', () => {
  const { at, place } = convert(`produces: [application/json]
parameters: { limit: { name: limit, in: query, type: integer, x-example: 3 } }
responses: { Lost: { description: Lost, schema: { type: string }, headers: { X-A: { type: integer } } } }
paths:
  /a:
    get:
      parameters: [{ $ref: '#/parameters/limit' }]
      responses: { 404: { $ref: '#/responses/Lost' } }
`);
  expect(at('/paths/~1a/get')).toEqual({
    parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer' }, example: 3, 'x-example': 3 }],
    responses: {
      404: {
        description: 'Lost',
        headers: { 'X-A': { schema: { type: 'integer' } } },
        content: { 'application/json': { schema: { type: 'string' } } },
      },
    },
  });
  expect(place('/paths/~1a/get/responses/404/content/application~1json/schema/type')).toBe('5:51');
});

test('examples by media type are examples of it, also where it is not produced', () => {
  const { at, description } = convert(`paths:
  /a:
    get:
      produces: [application/json]
      responses:
        200:
          description: A
          schema: { type: object }
          x-standin-when: resource.found
          examples: { application/json: { a: 1 }, text/plain: a, wrong: 1 }
        204: { description: Nothing }
        206: { description: A file, schema: { type: file } }
`);
  expect(at('/paths/~1a/get/responses/200')).toEqual({
    description: 'A',
    'x-standin-when': 'resource.found',
    content: {
      'application/json': { schema: { type: 'object' }, example: { a: 1 } },
      'text/plain': { schema: { type: 'object' }, example: 'a' },
    },
  });
  expect(at('/paths/~1a/get/responses/204')).toEqual({ description: 'Nothing' });
  expect(at('/paths/~1a/get/responses/206/content')).toEqual({
    'application/json': { schema: { type: 'string', format: 'binary' } },
  });
  expect(description.diagnostics).toMatchObject([{ message: '"wrong" is no media type', place: { line: 12 } }]);
});

test('security definitions are security schemes', () => {
  const { at, place } = convert(`securityDefinitions:
  b: { type: basic }
  k: { type: apiKey, name: X-Key, in: header }
  o: { type: oauth2, flow: accessCode, authorizationUrl: 'https://a/', tokenUrl: 'https://t/', scopes: { read: all } }
`);
  expect(at('/components/securitySchemes')).toEqual({
    b: { type: 'http', scheme: 'basic' },
    k: { type: 'apiKey', name: 'X-Key', in: 'header' },
    o: {
      type: 'oauth2',
      flows: {
        authorizationCode: { authorizationUrl: 'https://a/', tokenUrl: 'https://t/', scopes: { read: 'all' } },
      },
    },
  });
  expect(place('/components/securitySchemes/o/flows/authorizationCode/tokenUrl')).toBe('6:72');
});

test('schemas say in 3.0 what they said in 2.0, and references into the document still lead there', () => {
  const { at, description } = convert(`definitions:
  Pet: { discriminator: kind, properties: { kind: { type: string, x-nullable: true }, a: { $ref: '#/paths/~1a/get/responses/200/schema' } } }
paths:
  /a: { get: { responses: { 200: { description: A, schema: { title: A } } } } }
`);
  expect(description.version).toBe('3.0.4');
  expect(at('/components/schemas/Pet')).toEqual({
    discriminator: { propertyName: 'kind' },
    properties: {
      kind: { type: 'string', 'x-nullable': true, nullable: true },
      a: { $ref: '#/x-standin-swagger/paths/~1a/get/responses/200/schema' },
    },
  });
  expect(at('/x-standin-swagger/paths/~1a/get/responses/200/schema')).toEqual({ title: 'A' });
});
