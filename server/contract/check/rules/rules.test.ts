import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { packageFolder } from '../../../package.js';
import { loadDocument } from '../../../testing/load-document.js';
import { check } from '../check.js';
import { checkRules } from './index.js';

type Fragment = Readonly<Record<string, unknown>>;

const info = { title: 'A', version: '1' };
const ok = { description: 'ok' };
const get = (operation: Fragment = {}) => ({ get: { responses: { 200: ok }, ...operation } });
const inPath = (name: string, schema: Fragment = { type: 'string' }) => ({ name, in: 'path', required: true, schema });

const paths = (members: Fragment, rest: Fragment = {}) => ({ openapi: '3.1.1', info, paths: members, ...rest });
const operation = (members: Fragment, rest: Fragment = {}) => paths({ '/a': get(members) }, rest);
const response = (members: Fragment, rest: Fragment = {}) =>
  operation({ responses: { 200: { ...ok, ...members } } }, rest);
const json = (mediaType: unknown, rest: Fragment = {}) =>
  response({ content: { 'application/json': mediaType } }, rest);
const parameter = (members: Fragment) => operation({ parameters: [{ name: 'p', in: 'query', ...members }] });
const schema = (members: unknown, openapi = '3.1.1', schemas: Fragment = {}) =>
  json({ schema: members }, { openapi, components: { schemas } });
const servers = (server: Fragment) => operation({}, { servers: [server] });
const secured = (
  security: unknown,
  scheme: Fragment = {
    type: 'oauth2',
    flows: { clientCredentials: { tokenUrl: 'https://a.example', scopes: { read: 'r' } } },
  },
) => operation({ security }, { components: { securitySchemes: { s: scheme } } });
const link = (members: Fragment) =>
  paths({
    '/a': get({ responses: { 200: { ...ok, links: { l: members } } } }),
    '/b/{id}': get({ operationId: 'b', parameters: [inPath('id')] }),
  });
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const kind = (required: string[]) => ({ type: 'object', required, properties: { kind: { type: 'string' } } });

const closed = (...names: string[]) => ({
  type: 'object',
  properties: Object.fromEntries(names.map((name) => [name, {}])),
  additionalProperties: false,
});

/** For each rule: documents of which it tells, and others that are near them, of which it does not. */
const cases: Readonly<Record<string, { readonly told: readonly Fragment[]; readonly untold: readonly Fragment[] }>> = {
  'example-schema-invalid': {
    told: [
      json({ schema: { type: 'integer' }, example: 'a' }),
      parameter({ schema: { type: 'integer' }, example: 'a' }),
      response({ headers: { A: { schema: { type: 'integer' }, example: 'a' } } }),
      schema({ type: 'integer', example: 'a' }),
      schema({ type: 'integer', examples: ['a'] }),
      json({ schema: { type: 'integer' }, examples: { a: { dataValue: 'a' } } }),
    ],
    untold: [
      json({ schema: { type: 'integer' }, example: 1 }),
      json({ schema: { type: 'object', required: ['id'], properties: { id: { writeOnly: true } } }, example: {} }),
      response({ content: { 'application/xml': { schema: { type: 'object' }, example: '<a/>' } } }),
    ],
  },
  'example-repaired': {
    told: [
      json({ schema: { type: 'object' }, example: '{"a": 1,}' }),
      json({ example: '{"a": 1}' }),
      parameter({ schema: { type: 'integer' }, example: '5' }),
      parameter({ schema: { type: 'array', items: { type: 'integer' } }, example: '1,2' }),
    ],
    untold: [
      json({ schema: { type: 'string' }, example: '{"a": 1}' }),
      parameter({ schema: { type: 'string' }, example: '5' }),
    ],
  },
  'example-unparsable': {
    told: [
      json({ example: '{"a": oops"}' }),
      json({ schema: { type: 'object' }, example: '{\n  a: [\n' }),
      json({ examples: { a: { serializedValue: '{"a":' } } }),
      json({ example: '{broken' }),
      json({ example: '[1, 2' }),
      json({ schema: {}, example: '[1, 2' }),
      json({ schema: { type: 'object' }, example: '{broken' }),
    ],
    untold: [
      json({ example: 'plain text' }),
      json({ schema: { type: 'string' }, example: '{"a": oops"}' }),
      json({ example: '{id}' }),
      json({ schema: { type: 'string' }, example: '[1, 2' }),
      parameter({ schema: {}, example: '[1, 2' }),
    ],
  },
  'example-missing': {
    told: [
      json({ examples: { a: { externalValue: 'nowhere.json' } } }),
      json({ examples: { a: { id: 1 } } }),
      json({ examples: { a: {} } }),
    ],
    untold: [json({ examples: { a: { value: null } } }), json({ examples: { a: { dataValue: 1 } } })],
  },
  'example-remote': {
    told: [
      json({ examples: { a: { externalValue: 'https://a.example/a.json' } } }),
      json({ examples: { a: { externalValue: '../../outside.json' } } }),
    ],
    untold: [json({ examples: { a: { $ref: '#/components/examples/Nowhere' } } })],
  },
  'example-and-examples': {
    told: [json({ example: 1, examples: { a: { value: 1 } } }), parameter({ schema: {}, example: 1, examples: {} })],
    untold: [schema({ example: 1, examples: [1] })],
  },
  'example-values': {
    told: [json({ examples: { a: { value: 1, externalValue: 'a.json' } } })],
    untold: [json({ examples: { a: { dataValue: 1, serializedValue: '1' } } })],
  },
  'unresolved-reference': {
    told: [
      schema({ $ref: '' }),
      response({ headers: { A: { $ref: 1 } } }),
      schema(ref('Gone')),
      operation({ parameters: [{ $ref: '#/components/parameters/Gone' }] }),
    ],
    untold: [
      schema(ref('A'), '3.1.1', { A: {} }),
      schema({ properties: { $ref: { type: 'string' } } }),
      json({ example: { $ref: '#/gone' } }),
    ],
  },
  'reference-kind': {
    told: [
      json({ schema: { $ref: '#/components/responses/R' } }, { components: { responses: { R: ok } } }),
      operation({ requestBody: ref('A') }, { components: { schemas: { A: {} } } }),
    ],
    untold: [
      schema(ref('A'), '3.1.1', { A: { $ref: '#/components/schemas/B' }, B: {} }),
      schema({ $ref: '#/components/schemas/A/properties/b' }, '3.1.1', { A: { properties: { b: {} } } }),
    ],
  },
  'circular-reference': {
    told: [
      schema(ref('A'), '3.1.1', { A: ref('B'), B: ref('A') }),
      schema(ref('A'), '3.1.1', { A: { allOf: [ref('A')] } }),
      schema(ref('A'), '3.0.3', { A: { oneOf: [ref('B')] }, B: { allOf: [ref('A')] } }),
    ],
    untold: [
      schema(ref('A'), '3.1.1', { A: { properties: { a: ref('A') }, items: ref('A') } }),
      schema(ref('A'), '3.1.1', { A: { allOf: [ref('B'), ref('C')] }, B: ref('C'), C: {} }),
    ],
  },
  'reference-siblings': {
    told: [schema({ ...ref('A'), minLength: 1 }, '3.0.3', { A: {} })],
    untold: [
      schema({ ...ref('A'), description: 'a' }, '3.0.3', { A: {} }),
      schema({ ...ref('A'), minLength: 1 }, '3.1.1', { A: {} }),
    ],
  },
  'field-type': {
    told: [
      { ...paths({ '/a': get() }), info: { title: 'A', version: 1 } },
      operation({ operationId: 1 }),
      parameter({ schema: {}, required: 'true' }),
    ],
    untold: [operation({ operationId: '1', deprecated: true }), schema({ properties: { name: {} }, deprecated: 1 })],
  },
  'object-expected': {
    told: [
      schema(null),
      schema([]),
      json({ examples: [1] }),
      operation({ parameters: {} }),
      operation({ responses: { 200: null } }),
    ],
    untold: [schema(true), schema({ examples: [1], additionalProperties: false })],
  },
  'field-missing': {
    told: [paths({}, { info: { title: 'A' } }), operation({ responses: { 200: {} } }), operation({ requestBody: {} })],
    untold: [operation({ responses: { 200: {} } }, { openapi: '3.2.0' })],
  },
  'field-unknown': {
    told: [operation({ paramters: [] }), operation({ requestBody: { content: {}, require: true } })],
    untold: [operation({ 'x-mine': 1 }), schema({ anything: 1 })],
  },
  'path-invalid': {
    told: ['a', '/a/{b', '/{a}/{a}', '/{}'].map((path) => paths({ [path]: {} })),
    untold: ['/', '/{a}-{b}', '/a.json', '/a:verb', 'x-a'].map((path) => paths({ [path]: {} })),
  },
  'path-with-query': { told: [paths({ '/a?b=c': {} }), paths({ '/a#b': {} })], untold: [paths({ '/a': {} })] },
  'equal-templates': {
    told: [paths({ '/a/{x}': {}, '/a/{y}': {} })],
    untold: [paths({ '/a/{x}': {}, '/a/{x}.json': {}, '/a/x': {} })],
  },
  'ambiguous-paths': {
    told: [paths({ '/{entity}/me': get(), '/books/{id}': get() })],
    untold: [
      paths({ '/{entity}/me': get(), '/books/{id}': { post: {} } }),
      paths({ '/books/me': get(), '/books/{id}': get() }),
      paths({ '/{entity}/me': get({ parameters: [inPath('entity', { enum: ['cars'] })] }), '/books/{id}': get() }),
      paths({ '/{entity}/me': get(), '/books/{id}': get({ parameters: [inPath('id', { type: 'integer' })] }) }),
    ],
  },
  'path-parameter-undeclared': {
    told: [paths({ '/a/{b}': get() })],
    untold: [
      paths({ '/a/{b}': { ...get(), parameters: [inPath('b')] } }),
      paths({ '/a/{b}': get({ parameters: [inPath('b')] }) }),
    ],
  },
  'path-parameter-unused': {
    told: [paths({ '/a': get({ parameters: [inPath('b')] }) })],
    untold: [paths({ '/a/{b}.json': get({ parameters: [inPath('b')] }) })],
  },
  'no-operations': { told: [paths({})], untold: [operation({}), { openapi: '3.1.1', info, components: {} }] },
  'operation-id-repeated': {
    told: [paths({ '/a': get({ operationId: 'a' }), '/b': get({ operationId: 'a' }) })],
    untold: [paths({ '/a': get({ operationId: 'a' }), '/b': get({ operationId: 'A' }) })],
  },
  'operation-unreachable': {
    told: [
      paths({ '/a/{x}': get(), '/a/{y}': get() }),
      paths({ '/a/{x}': get({ parameters: [inPath('x', { enum: ['b', 'c'] })] }), '/a/b': get(), '/a/c': get() }),
    ],
    untold: [
      paths({ '/a/{x}': get(), '/a/{y}': { post: {} } }),
      paths({ '/a/{x}': get({ parameters: [inPath('x', { enum: ['b', 'c'] })] }), '/a/b': get() }),
    ],
  },
  'method-repeated': {
    told: [paths({ '/a': { additionalOperations: { GET: { responses: {} } } } }, { openapi: '3.2.0' })],
    untold: [paths({ '/a': { additionalOperations: { LINK: { responses: {} } } } }, { openapi: '3.2.0' })],
  },
  'request-body-unsendable': {
    told: [operation({ requestBody: { required: true, content: {} } })],
    untold: [
      operation({ requestBody: { content: {} } }),
      paths({ '/a': { post: { requestBody: { required: true, content: {} } } } }),
    ],
  },
  'parameter-invalid': {
    told: [
      parameter({ in: 'body', schema: {} }),
      parameter({}),
      parameter({ schema: {}, content: { 'a/b': {} } }),
      parameter({ content: {} }),
    ],
    untold: [parameter({ schema: {} }), parameter({ content: { 'a/b': {} } })],
  },
  'parameter-repeated': {
    told: [
      operation({
        parameters: [
          { name: 'a', in: 'query', schema: {} },
          { name: 'a', in: 'query', schema: {} },
        ],
      }),
    ],
    untold: [
      operation({
        parameters: [
          { name: 'a', in: 'query', schema: {} },
          { name: 'a', in: 'header', schema: {} },
        ],
      }),
      paths({
        '/a': {
          parameters: [{ name: 'a', in: 'query', schema: {} }],
          ...get({ parameters: [{ name: 'a', in: 'query', schema: {} }] }),
        },
      }),
    ],
  },
  'path-parameter-optional': {
    told: [paths({ '/{a}': get({ parameters: [{ ...inPath('a'), required: false }] }) })],
    untold: [paths({ '/{a}': get({ parameters: [inPath('a')] }) }), parameter({ schema: {} })],
  },
  'style-invalid': {
    told: [
      paths({ '/{a}': get({ parameters: [{ ...inPath('a'), style: 'deepObject' }] }) }),
      parameter({ schema: {}, style: 'label' }),
    ],
    untold: [
      parameter({ schema: {}, style: 'deepObject' }),
      {
        swagger: '2.0',
        info,
        paths: {
          '/a': {
            get: {
              parameters: ['query', 'header'].map((place) => ({
                ...{ name: 'a', in: place, type: 'array', items: { type: 'string' }, collectionFormat: 'tsv' },
              })),
              responses: {
                200: {
                  description: 'ok',
                  headers: { A: { type: 'array', items: { type: 'string' }, collectionFormat: 'pipes' } },
                },
              },
            },
          },
        },
      },
    ],
  },
  'responses-missing': {
    told: [operation({ responses: {} }), operation({ responses: undefined }, { openapi: '3.0.3' })],
    untold: [operation({ responses: undefined }), operation({ responses: { default: ok } })],
  },
  'status-invalid': {
    told: ['2000', '20', '2xx', 'ok'].map((status) => operation({ responses: { [status]: ok } })),
    untold: ['200', '2XX', 'default', 'x-a'].map((status) => operation({ responses: { [status]: ok } })),
  },
  'response-body-unsendable': {
    told: [operation({ responses: { 204: { ...ok, content: { 'a/b': { schema: {} } } } } })],
    untold: [operation({ responses: { 204: { ...ok, content: { 'a/b': {} } } } })],
  },
  'header-ignored': {
    told: [
      response({ headers: { 'content-type': { schema: {} } } }),
      parameter({ in: 'header', name: 'Accept', schema: {} }),
    ],
    untold: [response({ headers: { Location: { schema: {} } } }), parameter({ name: 'accept', schema: {} })],
  },
  'media-type-invalid': {
    told: ['json', 'application/', '', 'a/b/c'].map((name) => response({ content: { [name]: {} } })),
    untold: ['application/json; charset=utf-8', '*/*', 'text/*', 'application/vnd.a+json;v=1'].map((name) =>
      response({ content: { [name]: {} } }),
    ),
  },
  'encoding-unknown': {
    told: [json({ schema: { properties: { a: {} } }, encoding: { b: {} } })],
    untold: [
      json({ schema: { allOf: [{ properties: { a: {} } }] }, encoding: { a: {} } }),
      json({ schema: { type: 'object' }, encoding: { b: {} } }),
    ],
  },
  'link-operation': {
    told: [
      link({ operationId: 'gone' }),
      link({ operationRef: '#/paths/~1gone/get' }),
      link({}),
      link({ operationId: 'b', operationRef: '#/paths/~1a/get' }),
    ],
    untold: [link({ operationId: 'b' }), link({ operationRef: '#/paths/~1b~1%7Bid%7D/get' })],
  },
  'link-parameter': {
    told: [link({ operationId: 'b', parameters: { nope: 1 } })],
    untold: [
      link({ operationId: 'b', parameters: { id: 1 } }),
      link({ operationId: 'b', parameters: { 'path.id': 1 } }),
    ],
  },
  'unknown-security-scheme': { told: [secured([{ gone: [] }])], untold: [secured([{ s: [] }, {}])] },
  'scope-undeclared': {
    told: [
      secured([{ s: ['write'] }]),
      { ...secured([{ s: ['a'] }], { type: 'http', scheme: 'basic' }), openapi: '3.0.3' },
    ],
    untold: [
      secured([{ s: ['read'] }]),
      secured([{ s: ['a'] }], { type: 'http', scheme: 'basic' }),
      secured([{ s: ['a'] }], { type: 'openIdConnect', openIdConnectUrl: 'https://a.example' }),
    ],
  },
  'security-scheme-invalid': {
    told: [
      { type: 'magic' },
      { type: 'apiKey', name: 'a' },
      { type: 'apiKey', name: 'a', in: 'body' },
      { type: 'oauth2', flows: { password: { scopes: {} } } },
    ].map((scheme) => secured([{ s: [] }], scheme)),
    untold: [{ type: 'mutualTLS' }, { type: 'apiKey', name: 'a', in: 'cookie' }].map((scheme) =>
      secured([{ s: [] }], scheme),
    ),
  },
  'server-variable-undeclared': {
    told: [servers({ url: 'https://{host}/' })],
    untold: [servers({ url: 'https://{host}/', variables: { host: { default: 'a' } } })],
  },
  'server-variable-unused': {
    told: [servers({ url: '/', variables: { host: { default: 'a' } } })],
    untold: [servers({ url: '/{host}', variables: { host: { default: 'a' } } })],
  },
  'server-variable-default': {
    told: [
      servers({ url: '/{a}', variables: { a: { default: 'x', enum: ['y'] } } }),
      servers({ url: '/{a}', variables: { a: { default: 'x', enum: [] } } }),
    ],
    untold: [servers({ url: '/{a}', variables: { a: { default: 'x', enum: ['x'] } } })],
  },
  'keyword-invalid': {
    told: [{ required: true }, { enum: 'a' }, { minLength: '1' }, { allOf: [] }, { multipleOf: 0 }].map((one) =>
      schema(one),
    ),
    untold: [
      schema({ required: [], exclusiveMinimum: 1 }),
      schema({ exclusiveMinimum: true, minimum: 1 }, '3.0.3'),
      schema({ properties: { required: { type: 'boolean' } } }),
    ],
  },
  'type-unknown': {
    told: [schema({ type: 'strnig' }), schema({ type: [] }), schema({ type: ['string', 'null'] }, '3.0.3')],
    untold: [schema({ type: ['string', 'null'] })],
  },
  'nullable-ignored': {
    told: [schema({ type: 'string', nullable: true })],
    untold: [schema({ type: 'string', nullable: true }, '3.0.3')],
  },
  'nullable-without-type': {
    told: [schema({ nullable: true, allOf: [{}] }, '3.0.3')],
    untold: [schema({ type: 'string', nullable: true }, '3.0.3')],
  },
  'items-missing': {
    told: [schema({ type: 'array' }, '3.0.3')],
    untold: [schema({ type: 'array' }), schema({ type: 'array', items: {} }, '3.0.3')],
  },
  'required-undocumented': {
    told: [schema({ required: ['a'], additionalProperties: false })],
    untold: [
      schema({ required: ['a'] }),
      schema({ required: ['a'], patternProperties: { '^a': {} }, additionalProperties: false }),
    ],
  },
  'read-and-write-only': {
    told: [schema({ readOnly: true, writeOnly: true })],
    untold: [schema({ readOnly: true, writeOnly: false })],
  },
  'pattern-invalid': {
    told: [schema({ pattern: '(?i)a' }), schema({ patternProperties: { '[': {} } })],
    untold: [schema({ pattern: '\\p{L}+' }), schema({ pattern: '\\-' })],
  },
  'pattern-not-unicode': {
    told: [schema({ pattern: '[\\w-.]\\-' })],
    untold: [schema({ pattern: '^[a-z-]+$' }), schema({ pattern: '(?i)a' })],
  },
  'pattern-delimited': {
    told: [schema({ pattern: '/^a$/i' })],
    untold: [schema({ pattern: '^/a/$' }), schema({ pattern: '/a/' })],
  },
  'pattern-doubling': {
    told: [schema({ pattern: '^(a+)+$' }), schema({ patternProperties: { '^(?:\\w+-?)*$': {} } })],
    untold: [schema({ pattern: '^[a-z]+(?:-[a-z]+)*$' }), schema({ pattern: '\\s+$' })],
  },
  'pattern-unbounded': {
    told: [schema({ pattern: '^(a+)\\1$' }), schema({ pattern: '^(a{1000}){1000}$' })],
    untold: [schema({ pattern: '^(?=.*\\d)(?:a|b)+$' }), schema({ pattern: '[' })],
  },
  'enum-type': {
    told: [
      schema({ type: 'integer', enum: ['1'] }),
      schema({ type: 'string', enum: [null] }, '3.0.3'),
      schema({ type: 'string', const: 1 }),
    ],
    untold: [
      schema({ enum: [1, 'a', null] }),
      schema({ type: 'number', enum: [1, 1.5] }),
      schema({ type: 'string', nullable: true, enum: [null] }, '3.0.3'),
      schema({ nullable: true, enum: ['a', null] }, '3.0.3'),
    ],
  },
  'default-invalid': {
    told: [schema({ type: 'integer', default: 'a' })],
    untold: [schema({ type: 'integer', default: 1 })],
  },
  'format-unknown': {
    told: [schema({ format: 'zip' })],
    untold: [schema({ format: 'int64' }), schema({ format: 'date-time' })],
  },
  'discriminator-mapping': {
    told: [
      schema({ oneOf: [ref('A')], discriminator: { propertyName: 'kind', mapping: { a: 'Gone' } } }, '3.1.1', {
        A: kind(['kind']),
      }),
    ],
    untold: [
      schema(
        {
          oneOf: [ref('A')],
          discriminator: { propertyName: 'kind', mapping: { a: 'A', b: '#/components/schemas/A' } },
        },
        '3.1.1',
        { A: kind(['kind']) },
      ),
    ],
  },
  'discriminator-property': {
    told: [
      schema({ oneOf: [ref('A')], discriminator: { propertyName: 'kind' } }, '3.1.1', { A: kind([]) }),
      schema({ ...kind([]), discriminator: { propertyName: 'kind' } }),
    ],
    untold: [
      schema({ oneOf: [ref('A')], discriminator: { propertyName: 'kind' } }, '3.1.1', {
        A: { allOf: [ref('B')] },
        B: kind(['kind']),
      }),
      schema({ ...kind(['kind']), discriminator: { propertyName: 'kind' } }),
    ],
  },
  'schema-contradictory': {
    told: [
      schema({ allOf: [{ type: 'string' }, { type: 'integer' }] }),
      schema({ ...ref('A'), enum: ['b'] }, '3.1.1', { A: { enum: ['a'] } }),
      schema({ type: 'string', minLength: 2, maxLength: 1 }),
      schema({ enum: [] }),
    ],
    untold: [
      schema({ allOf: [{ type: 'number' }, { type: 'integer' }] }),
      schema({ allOf: [{ type: ['string', 'null'] }, { type: ['null', 'object'] }] }),
      schema({ minLength: 2, maxLength: 1 }),
      schema({ anyOf: [{ type: 'string' }, { type: 'integer' }] }),
    ],
  },
  'allof-closed': {
    told: [
      schema({ ...closed('a'), allOf: [{ required: ['b'] }] }),
      schema({ allOf: [ref('A'), { required: ['b'], properties: { b: {} } }] }, '3.0.3', { A: closed('a') }),
      schema({ ...ref('A'), required: ['b'], properties: { b: {} } }, '3.1.1', { A: closed('a') }),
      schema({ items: { allOf: [{ allOf: [closed('a')] }, { required: ['b'], properties: { b: {} } }] } }),
    ],
    untold: [
      schema({ allOf: [closed('a'), { properties: { b: {} } }] }),
      schema({ allOf: [closed('a', 'b'), { required: ['b'] }] }),
      schema({ allOf: [{ ...closed('a'), patternProperties: { '^b$': {} } }, { required: ['b'] }] }),
      schema({ ...closed('a'), required: ['b'] }),
      schema({ ...ref('A'), required: ['b'] }, '3.0.3', { A: closed('a') }),
      schema({ anyOf: [closed('a'), { required: ['b'] }] }),
    ],
  },
  'schema-unsatisfied': {
    told: [schema({ not: {} }), parameter({ schema: { type: 'string', format: 'date', pattern: '^x$' } })],
    untold: [
      schema({ properties: { a: { type: 'string', examples: [1], default: 2 } } }),
      schema({ type: 'object', required: ['a'], properties: { a: { type: 'integer' } } }),
      json({ schema: { type: 'string', pattern: '^(?=a)a$' }, example: 'a' }),
      schema({ oneOf: [{ properties: { a: { type: 'string' } } }, { properties: { b: { type: 'string' } } }] }),
      json(
        {
          schema: { type: 'string', pattern: '^(.)\\1\\1(?<!.a.)b$' },
          examples: { a: { $ref: '#/components/examples/A' } },
        },
        { components: { examples: { A: { value: 'cccb' } } } },
      ),
    ],
  },
  'component-unused': {
    told: [operation({}, { components: { schemas: { A: { items: ref('A') } } } })],
    untold: [
      schema(ref('A'), '3.1.1', { A: {} }),
      schema(ref('A'), '3.1.1', {
        A: { ...kind(['kind']), discriminator: { propertyName: 'kind' } },
        B: { allOf: [ref('A')] },
      }),
      secured([{ s: [] }]),
      secured([{ '#/components/securitySchemes/s': [] }]),
      { openapi: '3.1.1', info, components: { schemas: { A: {} } } },
      schema(ref('A'), '3.1.1', {
        A: { ...kind(['kind']), discriminator: { propertyName: 'kind' } },
        B: { allOf: [ref('A')] },
        C: { allOf: [ref('B'), { title: 'C' }] },
      }),
      schema({ oneOf: [ref('A')], discriminator: { propertyName: 'kind', mapping: { b: 'B' } } }, '3.1.1', {
        A: kind(['kind']),
        B: kind(['kind']),
      }),
      schema({ $ref: 'https://a.example/a' }, '3.1.1', { A: { $id: 'https://a.example/a' } }),
      schema({ $ref: '#a' }, '3.1.1', { A: { $anchor: 'a' } }),
      schema({ $ref: '#/components/schemas/Numbers' }, '3.1.1', {
        Tree: {
          $id: 'https://a.example/tree',
          $dynamicAnchor: 'node',
          properties: { children: { type: 'array', items: { $dynamicRef: '#node' } } },
        },
        Numbers: {
          $id: 'https://a.example/numbers',
          $dynamicAnchor: 'node',
          $ref: 'https://a.example/tree',
          properties: { value: { type: 'number' } },
        },
      }),
      operation({ 'x-errors': [ref('A')] }, { components: { schemas: { A: {} } } }),
      response(
        { links: { l: { operationRef: '#/components/pathItems/P/get' } } },
        { components: { pathItems: { P: get() } } },
      ),
    ],
  },
  'component-name-invalid': {
    told: [schema({}, '3.1.1', { 'A B': {} })],
    untold: [schema({}, '3.1.1', { 'A.b_c-1': {} })],
  },
  'tag-undeclared': {
    told: [operation({ tags: ['b'] }, { tags: [{ name: 'a' }] })],
    untold: [operation({ tags: ['a'] }, { tags: [{ name: 'a' }] }), operation({ tags: ['a'] })],
  },
  'tag-repeated': {
    told: [operation({}, { tags: [{ name: 'a' }, { name: 'a' }] })],
    untold: [operation({}, { tags: [{ name: 'a' }, { name: 'A' }] })],
  },
  'tag-parent': {
    told: [operation({}, { tags: [{ name: 'a', parent: 'b' }] })],
    untold: [operation({}, { tags: [{ name: 'a', parent: 'b' }, { name: 'b' }] })],
  },
};

const rulesFor = (document: Fragment) => check(loadDocument(document)).diagnostics.map(({ rule }) => rule);

describe.each(checkRules.map(({ id }) => id))('the rule %s', (id) => {
  test('tells of what it finds, and not of what is near it', () => {
    const { told = [], untold = [] } = cases[id] ?? {};
    expect(told.length).toBeGreaterThan(0);
    for (const document of told)
      expect({ document, rules: rulesFor(document) }).toMatchObject({ rules: expect.arrayContaining([id]) });
    for (const document of untold)
      expect({ document, rules: rulesFor(document).filter((rule) => rule === id) }).toEqual({ document, rules: [] });
  });
});

test('no two rules have one id', () => {
  const ids = checkRules.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)]);
});

test('docs/check.md has each rule, and says of it what the table of rules says', () => {
  const docs = readFileSync(join(packageFolder, 'docs', 'check.md'), 'utf8');
  const rows = docs.split('\n').filter((line) => /^\| `[a-z-]+` \| (?:error|warning|note) \|/.test(line));
  const advice = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
  expect(rows).toEqual(
    checkRules.map((rule) => `| \`${rule.id}\` | ${rule.severity} | ${rule.finds} | ${advice(rule.advice)} |`),
  );
});
