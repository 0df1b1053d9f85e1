import { expect, test } from '@jest/globals';
import { compileDocument } from '../../testing/compile-document.js';
import { generateTypes } from './index.js';

/** The types of these schemas, and of operations that ask for and answer with each of them. */
function typesOf(schemas: object, openapi = '3.1.1'): string {
  const content = (name: string) => ({ 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } });
  const paths = Object.fromEntries(
    Object.keys(schemas).map((name) => [
      `/${name}`,
      {
        post: {
          requestBody: { content: content(name) },
          responses: { 200: { description: '', content: content(name) } },
        },
      },
    ]),
  );
  return generateTypes(compileDocument({ openapi, paths, components: { schemas } }));
}

/** The declaration of a type, in one line. */
function typeIn(text: string, name: string): string | undefined {
  const [, type] = new RegExp(`^export type ${name} = ((?:.|\\n(?! *\\n|/\\*\\*|export))*);$`, 'm').exec(text) ?? [];
  return type?.replace(/\s+/g, ' ');
}

test.each<[unknown, string]>([
  [{ type: 'string' }, 'string'],
  [{ type: 'integer' }, 'number'],
  [{ type: ['boolean', 'null'] }, 'boolean | null'],
  [true, 'unknown'],
  [false, 'never'],
  [{ enum: ['a', 1, null] }, '"a" | 1 | null'],
  [{ const: { a: [1] } }, '{ a: [1]; }'],
  [{ type: 'array', items: { type: ['string', 'number'] } }, '(string | number)[]'],
  [{ type: 'array' }, 'unknown[]'],
  [{ prefixItems: [{ type: 'string' }, { enum: [1, 2] }], minItems: 1 }, '[string, (1 | 2)?, ...unknown[]]'],
  [{ prefixItems: [{ type: 'string' }], minItems: 1, items: false }, '[string]'],
  [{ type: 'object' }, '{ [name: string]: unknown }'],
  [{ type: 'object', additionalProperties: false }, '{}'],
  [{ additionalProperties: { type: 'number' } }, '{ [name: string]: number }'],
  [{ properties: { 'a-b': {}, b: {} }, required: ['b', 'c'] }, '{ "a-b"?: unknown; b: unknown; c: unknown; }'],
  [{ properties: { a: {} }, additionalProperties: { type: 'number' } }, '{ a?: unknown; [name: string]: unknown; }'],
  [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, 'string | null'],
  [{ anyOf: [{ type: 'string' }, {}] }, 'unknown'],
  [
    { allOf: [{ properties: { a: {} } }, { type: 'object' }, { required: ['a'] }] },
    '{ a?: unknown; } & { a: unknown; }',
  ],
  [{ properties: { self: { $ref: '#/components/schemas/Thing' } } }, '{ self?: Thing; }'],
  [{ $ref: '#/components/schemas/Thing' }, 'unknown'],
  [{ $ref: '#/components/schemas/Other', properties: { b: {} } }, 'Other & { b?: unknown; }'],
])('%j is %s', (Thing, type) => {
  expect(typeIn(typesOf({ Thing, Other: { properties: { a: {} } } }), 'Thing')).toBe(type);
});

test('`nullable` of OpenAPI 3.0 is a union with null', () => {
  const Thing = { nullable: true, allOf: [{ $ref: '#/components/schemas/Other' }] };
  expect(typeIn(typesOf({ Thing, Other: { type: 'object' } }, '3.0.4'), 'Thing')).toBe('Other | null');
});

test('requests lack what is readOnly and replies what is writeOnly; what is the same for both has one type', () => {
  const text = typesOf({
    User: {
      required: ['id', 'secret'],
      properties: { id: { type: 'integer', readOnly: true }, secret: { type: 'string', writeOnly: true } },
    },
    Team: { properties: { users: { type: 'array', items: { $ref: '#/components/schemas/User' } } } },
    Place: { type: 'string' },
  });
  expect(typeIn(text, 'User')).toBe('{ id: number; }');
  expect(typeIn(text, 'UserInput')).toBe('{ secret: string; }');
  expect(typeIn(text, 'TeamInput')).toBe('{ users?: UserInput[]; }');
  expect(text).not.toContain('PlaceInput');
});

test('a discriminator tells the alternatives apart, also where they extend what lists them', () => {
  const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
  const text = typesOf({
    Pet: {
      required: ['kind'],
      properties: { kind: { type: 'string' } },
      oneOf: [ref('Cat'), ref('Dog')],
      discriminator: { propertyName: 'kind', mapping: { meow: '#/components/schemas/Cat' } },
    },
    Cat: { allOf: [ref('Pet'), { properties: { lives: { type: 'integer' } } }] },
    Dog: { allOf: [ref('Pet'), { properties: { puppies: { type: 'array', items: ref('Dog') } } }] },
  });
  expect(typeIn(text, 'Cat')).toBe('{ kind: string; } & { lives?: number; }');
  expect(typeIn(text, 'Pet')).toBe(
    '{ kind: string; } & ({ lives?: number; } & { kind: "meow" } | { puppies?: Dog[]; } & { kind: "Dog" })',
  );
});

test('names that are no identifiers, or are taken, are changed', () => {
  const text = typesOf({ 'user-list': {}, UserList: {}, '2fa': {}, Handlers: {}, größe: {} });
  expect([...text.matchAll(/^export type (\S+) = unknown/gm)].map(([, name]) => name)).toEqual([
    'UserList',
    'UserList2',
    'Type2fa',
    'Handlers2',
    'Größe',
  ]);
});

test('what a document says of things stands beside them, and can not end its comment', () => {
  const text = typesOf({ Thing: { description: 'one\ntwo */ three', deprecated: true, type: 'string' } });
  expect(text).toContain('/**\n * one\n * two *\\/ three\n * @deprecated\n */\nexport type Thing = string;');
});

test('an operation has its parameters by place, its statuses, media types, headers and examples', () => {
  const text = generateTypes(
    compileDocument({
      paths: {
        '/a/{id}': {
          get: {
            operationId: 'a',
            parameters: [
              { name: 'id', in: 'path', required: true, schema: { type: 'integer' } },
              { name: 'X-B', in: 'header', schema: { type: 'string' } },
              {
                name: 'q',
                in: 'query',
                required: true,
                content: { 'application/json': { schema: { type: 'array' } } },
              },
            ],
            responses: {
              200: {
                description: '',
                headers: { 'X-C': { schema: { type: 'integer' } }, 'X-D': { schema: { type: 'array' } } },
                content: {
                  'application/json': { schema: { type: 'string' }, examples: { one: { value: 'a' } } },
                  'text/csv': { schema: { type: 'array' } },
                  'image/*': {},
                },
              },
              '4XX': { description: '' },
              default: { description: '' },
            },
          },
        },
      },
    }),
  ).replace(/\s+/g, ' ');
  const header = '[name: string]: standin.HandlerHeader';
  const headers = (type: string) =>
    `headers?: { "X-C"?: number; "X-D"?: standin.HandlerHeader; "content-type"?: ${type}; ${header}; };`;
  for (const part of [
    'request: standin.RequestOf<{ id: number; }, { q: unknown[]; }, { "x-b"?: string; }, {}, undefined>;',
    `{ status: 200; ${headers('"application/json"')} body: string; }`,
    `{ status: 200; ${headers('"text/csv"')} body: unknown[] | Uint8Array; }`,
    `{ status: 200; ${headers('string')} body: unknown; }`,
    `{ status: Exclude<standin.StatusOf<"4XX">, 200>; headers?: { ${header} }; body?: undefined; }`,
    '{ status: Exclude<standin.Status, 200 | standin.StatusOf<"4XX">>;',
    'example: "one";',
  ])
    expect(text).toContain(part);
});
