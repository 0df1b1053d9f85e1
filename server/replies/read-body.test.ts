import { expect, test } from '@jest/globals';
import type { JsonObject } from '../documents/index.js';
import { type Asked, requestOf } from '../testing/client.js';
import { compileOperationObject } from '../testing/compile-document.js';
import { readBody } from './read-body.js';

const schema = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } };
const json = { 'application/json': { schema } };
const read = (content: JsonObject, asked: Asked, required = true) =>
  readBody(compileOperationObject({ requestBody: { required, content } }).requestBody, requestOf(asked));
const sent = (contentType: string, text: string | Buffer = '{"name":"Ada"}'): Asked => ({
  headers: { 'content-type': contentType },
  body: { kind: 'bytes', bytes: Buffer.from(text) },
});

test.each(['application/json', 'Application/JSON ; charset="UTF-8"', 'application/json; charset=us-ascii; x=y'])(
  '%s is read as the documented JSON',
  (contentType) => {
    expect(read(json, sent(contentType))).toMatchObject({ kind: 'read', value: { name: 'Ada' }, violations: [] });
  },
);

test('the octets come along where they are JSON in UTF-8, and the value is all that they say', () => {
  const text = ' {"name":"Zoë"}\n';
  const properties = { ...schema.properties, id: { type: 'string', readOnly: true } };
  const withId = { 'application/json': { schema: { ...schema, properties } } };
  const octetsOf = (content: JsonObject, asked: Asked) => (read(content, asked) as { json?: Buffer }).json?.toString();
  expect(octetsOf(withId, sent('application/json', text))).toBe(text);
  expect(octetsOf(withId, sent('application/json', '{"id":"1","name":"Zoë"}'))).toBeUndefined();
  expect(octetsOf(json, sent('application/json', `\ufeff${text}`))).toBeUndefined();
  expect(
    octetsOf(json, sent('application/json; charset=utf-16le', Buffer.from('{"name":"Ada"}', 'utf16le'))),
  ).toBeUndefined();
});

test.each([
  { contentType: 'text/plain', detail: '"text/plain" is not documented; send one of: application/json' },
  { contentType: 'json', detail: '"json" is not documented; send one of: application/json' },
  { contentType: 'application/vnd.x+json', detail: expect.stringContaining('is not documented') },
  { contentType: 'application/json; charset=utf-99', detail: 'the charset "utf-99" is not supported; send UTF-8' },
])('$contentType is unsupported, and what can be sent is said', ({ contentType, detail }) => {
  expect(read(json, sent(contentType))).toEqual({ kind: 'unsupported', detail });
});

test('content without a type, or under a coding that is not known, is unsupported', () => {
  expect(read(json, { body: { kind: 'bytes', bytes: Buffer.from('{}') } })).toMatchObject({ kind: 'unsupported' });
  const coded = { kind: 'coded', coding: 'zstd', isSupported: false, detail: 'no' } as const;
  expect(read(json, { body: coded })).toEqual({ kind: 'unsupported', detail: 'no', coding: true });
  expect(read(json, { body: { ...coded, isSupported: true } })).toMatchObject({
    violations: [{ keyword: 'encoding' }],
  });
  expect(read(json, { json: { name: 'Ada' }, headers: { 'content-encoding': 'identity' } })).toMatchObject({
    kind: 'read',
  });
});

test.each([
  { what: 'broken JSON', text: '{"name":' },
  { what: 'nothing but spaces', text: '  ' },
  { what: 'bytes that are not UTF-8', text: Buffer.from([0x22, 0xff, 0x22]) },
])('$what is a violation of the syntax', ({ text }) => {
  expect(read(json, sent('application/json', text))).toMatchObject({
    kind: 'read',
    violations: [{ location: 'body', pointer: '', keyword: 'syntax' }],
  });
});

test('a byte order mark before JSON is let pass', () => {
  expect(read(json, sent('application/json', '\ufeff{"name":"Ada"}'))).toMatchObject({ violations: [] });
});

test('no content violates `required` only where a body is required', () => {
  expect(read(json, {})).toMatchObject({ violations: [{ location: 'body', pointer: '', keyword: 'required' }] });
  expect(read(json, {}, false)).toEqual({ kind: 'read', value: undefined, violations: [] });
});

test('content that nothing is documented of is not looked into', () => {
  expect(readBody(undefined, requestOf(sent('application/json', '{')))).toMatchObject({ violations: [] });
  expect(read({}, sent('application/json', '{'))).toMatchObject({ violations: [] });
});

test('each violation is at its place', () => {
  expect(read(json, { json: { name: 1 } })).toMatchObject({ violations: [{ pointer: '/name', keyword: 'type' }] });
  expect(read(json, { json: {} })).toMatchObject({ violations: [{ pointer: '/name', keyword: 'required' }] });
});

test('the narrowest documented range that the type falls in is the one that counts', () => {
  const content = {
    '*/*': { schema: { const: 'any' } },
    'application/*': { schema: { const: 'application' } },
    'application/json': { schema: { const: 'json' } },
  };
  expect(read(content, { json: 'json' })).toMatchObject({ violations: [] });
  expect(read(content, sent('application/hal+json', '"application"'))).toMatchObject({ violations: [] });
  expect(read(content, sent('text/json', '"any"'))).toMatchObject({ violations: [] });
  expect(read(content, sent('text/json', '"json"'))).toMatchObject({ violations: [{ keyword: 'const' }] });
});

test('a range of a suffix is the types that end so', () => {
  const content = { 'application/*+json': { schema: { type: 'object' } } };
  expect(read(content, sent('application/vnd.a+json', '{}'))).toMatchObject({ kind: 'read', violations: [] });
  expect(read(content, sent('application/vnd.a+json', '1'))).toMatchObject({ violations: [{ keyword: 'type' }] });
  expect(read(content, sent('application/json'))).toMatchObject({
    kind: 'unsupported',
    detail: '"application/json" is not documented; send one of: application/*+json',
  });
});

test('text is text, and other types are not looked into', () => {
  const content = { 'text/plain': { schema: { type: 'string', maxLength: 3 } }, 'image/png': {} };
  expect(read(content, sent('text/plain', 'abcd'))).toMatchObject({
    value: 'abcd',
    violations: [{ keyword: 'maxLength' }],
  });
  expect(read(content, sent('image/png', 'abcd'))).toEqual({ kind: 'read', value: undefined, violations: [] });
});

test('a body that somebody parsed before is checked as it is', () => {
  const parsed = (value: unknown): Asked => ({
    headers: { 'content-type': 'application/json' },
    body: { kind: 'parsed', value },
  });
  expect(read(json, parsed({ name: 'Ada' }))).toMatchObject({ value: { name: 'Ada' }, violations: [] });
  expect(read(json, parsed({}))).toMatchObject({ violations: [{ pointer: '/name' }] });
});

test('what only the server sets is ignored, whatever is sent for it', () => {
  const content = {
    'application/json': {
      schema: {
        type: 'object',
        required: ['id', 'name'],
        additionalProperties: false,
        properties: { id: { type: 'integer', readOnly: true }, name: { type: 'string' } },
      },
    },
  };
  expect(read(content, { json: { id: 'nonsense', name: 'Ada' } })).toEqual({
    kind: 'read',
    value: { name: 'Ada' },
    violations: [],
  });
});

test('a property that only one alternative leaves to the server is kept for the other', () => {
  const member = (type: string, readOnly: boolean) => ({
    type: 'object',
    required: ['type', 'code'],
    properties: { type: { const: type }, code: { type: 'integer', readOnly } },
  });
  const content = { 'application/json': { schema: { oneOf: [member('a', true), member('b', false)] } } };
  expect(read(content, { json: { type: 'a', code: 1 } })).toMatchObject({ value: { type: 'a' }, violations: [] });
  expect(read(content, { json: { type: 'b', code: 1 } })).toMatchObject({
    value: { type: 'b', code: 1 },
    violations: [],
  });
});

test('parameters tell media types apart', () => {
  const content = {
    'application/json; version=1': { schema: { const: 1 } },
    'application/json; version=2': { schema: { const: 2 } },
    'text/plain; charset=utf-8': { schema: { const: 'x' } },
  };
  expect(read(content, sent('application/json;version=2', '2'))).toMatchObject({ violations: [] });
  expect(read(content, sent('application/json', '1'))).toMatchObject({ violations: [] });
  expect(read(content, sent('application/json; version=3', '1'))).toMatchObject({ kind: 'unsupported' });
  expect(read(content, sent('text/plain', 'x'))).toMatchObject({ violations: [] });
  expect(read(content, sent('text/plain; charset=latin1', 'x'))).toMatchObject({ violations: [] });
});

test('what falls in a range is read as what it is', async () => {
  const content = { '*/*': { schema: { type: 'object', required: ['n'], properties: { n: { type: 'integer' } } } } };
  for (const [contentType, text] of [
    ['application/json', '{"n":1}'],
    ['application/x-www-form-urlencoded', 'n=1'],
    ['text/xml', '<x><n>1</n></x>'],
    ['application/yaml', 'n: 1'],
    ['multipart/form-data; boundary=b', '--b\r\nContent-Disposition: form-data; name="n"\r\n\r\n1\r\n--b--'],
  ] as const) {
    expect(await read(content, sent(contentType, text))).toMatchObject({ value: { n: 1 }, violations: [] });
    expect(await read(content, sent(contentType, text.replace(/1(?!\.)/, 'x')))).toMatchObject({ kind: 'read' });
  }
});

test('a form of no fields is a form', () => {
  const form = (schema: JsonObject) => ({ 'application/x-www-form-urlencoded': { schema } });
  const empty = sent('application/x-www-form-urlencoded', '');
  expect(read(form({ type: 'object' }), empty)).toMatchObject({ value: {}, violations: [] });
  expect(read(form(schema), empty)).toMatchObject({ violations: [{ pointer: '/name', keyword: 'required' }] });
});
