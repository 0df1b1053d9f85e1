import { expect, test } from '@jest/globals';
import { compileMediaType, readContent } from '../../testing/content.js';

const string = { type: 'string' };
const file = { type: 'string', format: 'binary' };
const address = { type: 'object', properties: { zip: { type: 'integer' } } };

interface Sent {
  readonly name?: string;
  readonly filename?: string;
  readonly type?: string;
  readonly headers?: string;
  readonly content: string | Buffer;
}

const type = 'multipart/form-data; boundary=XX';
function parts(...sent: Sent[]): Buffer {
  const written = sent.flatMap(({ name, filename, type: partType, headers, content }) => [
    '--XX\r\n',
    ...(name === undefined
      ? []
      : [
          `Content-Disposition: form-data; name="${name}"${filename === undefined ? '' : `; filename="${filename}"`}\r\n`,
        ]),
    ...(partType === undefined ? [] : [`Content-Type: ${partType}\r\n`]),
    ...(headers === undefined ? [] : [`${headers}\r\n`]),
    '\r\n',
    content,
    '\r\n',
  ]);
  return Buffer.concat([...written, '--XX--\r\n'].map((part) => Buffer.from(part as string)));
}

const form = (properties: object, encoding: object = {}) =>
  compileMediaType('multipart/form-data', { schema: { type: 'object', properties }, encoding }).request;

const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0xff]);

test('parts are the properties of an object, typed by its schema', async () => {
  const properties = { n: { type: 'integer' }, s: string, a: address, f: file, list: { type: 'array', items: string } };
  const content = parts(
    { name: 'n', content: '1' },
    { name: 's', content: '1' },
    { name: 'a', content: '{"zip":7}', type: 'application/json' },
    { name: 'f', filename: 'a.png', type: 'image/png', content: png },
    { name: 'list', content: 'x' },
    { name: 'list', content: 'y' },
  );
  expect(await readContent(form(properties), content, type)).toEqual({
    kind: 'value',
    value: { n: 1, s: '1', a: { zip: 7 }, f: png.toString('latin1'), list: ['x', 'y'] },
    violations: [],
  });
});

test('an object is JSON, where nothing says otherwise', async () => {
  expect(await readContent(form({ a: address }), parts({ name: 'a', content: '{"zip":7}' }), type)).toMatchObject({
    value: { a: { zip: 7 } },
  });
});

test('a file of base 64 that came as octets is what the schema speaks of', async () => {
  const properties = { f: { type: 'string', contentEncoding: 'base64' } };
  const content = parts({ name: 'f', filename: 'a', type: 'application/octet-stream', content: 'abc' });
  expect(await readContent(form(properties), content, type)).toMatchObject({ value: { f: 'YWJj' } });
});

test.each([
  [
    'another content type',
    { f: { contentType: 'image/png, image/*' } },
    { type: 'text/plain' },
    'contentType',
    /was sent as text\/plain/,
  ],
  [
    'a header that is not there',
    { f: { headers: { 'X-Rate': { required: true } } } },
    {},
    'required',
    /lacks the header x-rate/,
  ],
  ['broken JSON', {}, { type: 'application/json' }, 'syntax', /is not JSON/],
  ['a second one', {}, { twice: true }, 'duplicate', /was sent 2 times/],
])('of a part, %s is a violation', async (_what, encoding, sent, keyword, message) => {
  const part: Sent = { name: 'f', content: 'abc', ...sent };
  const reading = await readContent(
    form({ f: string }, encoding),
    parts(part, ...('twice' in sent ? [part] : [])),
    type,
  );
  expect(reading).toMatchObject({ violations: [{ pointer: '/f', keyword, message: expect.stringMatching(message) }] });
});

test('a header that is documented and there is in order', async () => {
  const encoding = { f: { headers: { 'X-Rate': { required: true } } } };
  const content = parts({ name: 'f', content: 'abc', headers: 'x-rate: 1' });
  expect(await readContent(form({ f: string }, encoding), content, type)).toMatchObject({ violations: [] });
});

test.each([
  ['no boundary', 'multipart/form-data', parts({ name: 'a', content: '' })],
  ['an end that never comes', type, Buffer.from('--XX\r\nContent-Disposition: form-data; name="a"\r\n\r\nabc')],
  ['no part', type, Buffer.from('abc')],
])('multipart content with %s is malformed', async (_what, contentType, content) => {
  expect(await readContent(form({}), content, contentType)).toMatchObject({
    kind: 'malformed',
    violations: [{ keyword: 'syntax' }],
  });
});

test('more parts than a form has are not read', async () => {
  const many = parts(...Array.from({ length: 1200 }, (_, index) => ({ name: `a${index}`, content: '' })));
  expect(await readContent(form({}), many, type)).toMatchObject({ kind: 'malformed' });
});

test('parts without names are a list, each by its place (3.2)', async () => {
  const mediaTypeObject = {
    itemSchema: {},
    prefixEncoding: [{ contentType: 'application/json' }],
    itemEncoding: { contentType: 'text/plain' },
  };
  const { request } = compileMediaType('multipart/mixed', mediaTypeObject);
  const content = parts({ content: '{"a":1}' }, { content: '{"a":1}' });
  expect(await readContent(request, content, 'multipart/mixed; boundary=XX')).toMatchObject({
    value: [{ a: 1 }, '{"a":1}'],
  });
});

test('parts without names are the properties of an object in their order', async () => {
  const { request } = compileMediaType('multipart/related', {
    schema: { type: 'object', properties: { meta: address, f: file } },
  });
  const content = parts({ content: '{"zip":1}', type: 'application/json' }, { content: png, type: 'image/png' });
  expect(await readContent(request, content, 'multipart/related; boundary=XX')).toMatchObject({
    value: { meta: { zip: 1 }, f: png.toString('latin1') },
  });
});

test('what is written is read as what it was', async () => {
  const properties = { n: { type: 'integer' }, a: address, f: file, list: { type: 'array', items: string } };
  const value = { n: 1, a: { zip: 7 }, f: png.toString('latin1'), list: ['x', 'y'] };
  const request = form(properties);
  const content = request.codecFor('multipart/form-data').write(value);
  expect(await readContent(request, content, request.contentType)).toEqual({ kind: 'value', value, violations: [] });
});

test('names of files and fields are UTF-8', async () => {
  expect(await readContent(form({}), parts({ name: 'größe', content: 'ä' }), type)).toMatchObject({
    value: { größe: 'ä' },
  });
});

const numbers = { type: 'array', items: { type: 'integer' } };
const styled = { style: 'pipeDelimited', explode: false };
const table: [what: string, properties: object, encoding: object, sent: Sent[], value: object][] = [
  ['a list in one part', { n: numbers }, { n: styled }, [{ name: 'n', content: '1|2' }], { n: [1, 2] }],
  ['a list exploded', { n: numbers }, { n: { style: 'form' } }, [{ name: 'n', content: '1' }], { n: [1] }],
  [
    'an object exploded',
    { a: address, s: string },
    { a: { style: 'form' } },
    [
      { name: 'zip', content: '7' },
      { name: 's', content: 'a,b' },
    ],
    { a: { zip: 7 }, s: 'a,b' },
  ],
  [
    'an object in one part',
    { a: address },
    { a: { explode: false } },
    [{ name: 'a', content: 'zip,7' }],
    { a: { zip: 7 } },
  ],
  [
    'an object in brackets',
    { a: address },
    { a: { style: 'deepObject' } },
    [{ name: 'a[zip]', content: '7' }],
    { a: { zip: 7 } },
  ],
];
test.each(table)('from OpenAPI 3.1 on parts have a style: %s', async (_what, properties, encoding, sent, value) => {
  const request = form(properties, encoding);
  expect(await readContent(request, parts(...sent), type)).toEqual({ kind: 'value', value, violations: [] });
  const written = request.codecFor('multipart/form-data').write(value);
  expect(await readContent(request, written, request.contentType)).toEqual({ kind: 'value', value, violations: [] });
});

test('in OpenAPI 3.0 parts have none', async () => {
  const mediaTypeObject = { schema: { type: 'object', properties: { n: numbers } }, encoding: { n: styled } };
  const { request } = compileMediaType('multipart/form-data', mediaTypeObject, { openapi: '3.0.4' });
  expect(await readContent(request, parts({ name: 'n', content: '1|2' }), type)).toMatchObject({
    value: { n: ['1|2'] },
  });
});

test('a style counts, and the content type beside it does not', async () => {
  const request = form({ n: numbers }, { n: { ...styled, contentType: 'application/json' } });
  expect(await readContent(request, parts({ name: 'n', content: '1|2' }), type)).toMatchObject({
    value: { n: [1, 2] },
  });
});

test('a part is read and written by the codec of its type', async () => {
  const request = form({ a: address }, { a: { contentType: 'application/xml' } });
  const content = parts({ name: 'a', type: 'application/xml', content: '<a><zip>7</zip></a>' });
  expect(await readContent(request, content, type)).toMatchObject({ value: { a: { zip: 7 } }, violations: [] });
  const written = request.codecFor('multipart/form-data').write({ a: { zip: 7 } });
  expect(written.toString()).toContain('Content-Type: application/xml\r\n\r\n<?xml');
  expect(await readContent(request, written, request.contentType)).toMatchObject({ value: { a: { zip: 7 } } });
});

test('what is wrong in a part has its place', async () => {
  const content = parts({ name: 'a', type: 'application/xml', content: '<a>' });
  expect(await readContent(form({ a: address }), content, type)).toMatchObject({
    violations: [{ pointer: '/a', keyword: 'syntax', message: expect.stringMatching(/is not XML/) }],
  });
});

test('headers of parts are checked by their schema, and written', async () => {
  const headers = { 'X-Rate': { schema: { type: 'integer', minimum: 5 }, example: 7 }, 'Content-Type': {} };
  const request = form({ f: string }, { f: { headers } });
  const reading = await readContent(request, parts({ name: 'f', content: '', headers: 'X-Rate: 3' }), type);
  expect(reading).toMatchObject({ violations: [{ pointer: '/f', keyword: 'minimum' }] });
  expect(request.codecFor('multipart/form-data').write({ f: 'a' }).toString()).toContain('\r\nX-Rate: 7\r\n');
});

test('items of a list may come with empty brackets', async () => {
  const content = parts({ name: 'f[]', content: 'a', filename: 'a' }, { name: 'f[]', content: 'b', filename: 'b' });
  const properties = { f: { type: 'array', items: file } };
  expect(await readContent(form(properties), content, type)).toMatchObject({ value: { f: ['a', 'b'] } });
});

test('parts without names are written each by its place (3.2)', async () => {
  const mediaTypeObject = {
    schema: { prefixItems: [address, string], items: file, type: 'array' },
    prefixEncoding: [{}, { contentType: 'text/html' }],
    itemEncoding: { contentType: 'image/png' },
  };
  const { request } = compileMediaType('multipart/mixed', mediaTypeObject);
  const value = [{ zip: 1 }, '<p>', png.toString('latin1')];
  const written = request.codecFor('multipart/mixed').write(value);
  expect(written.toString('latin1').match(/Content-Type: \S+/g)).toEqual([
    'Content-Type: application/json',
    'Content-Type: text/html',
    'Content-Type: image/png',
  ]);
  expect(await readContent(request, written, request.contentType)).toEqual({ kind: 'value', value, violations: [] });
});

test('a part may be multipart itself, its parts by the encoding in its encoding (3.2)', async () => {
  const properties = { a: { type: 'object', properties: { b: address, c: string } } };
  const encoding = { a: { contentType: 'multipart/mixed', encoding: { b: { contentType: 'application/xml' } } } };
  const request = form(properties, encoding);
  const value = { a: { b: { zip: 7 }, c: 'x' } };
  const written = request.codecFor('multipart/form-data').write(value);
  expect(written.toString()).toMatch(/multipart\/mixed; boundary=.*Content-Type: application\/xml/s);
  expect(await readContent(request, written, request.contentType)).toEqual({ kind: 'value', value, violations: [] });
});

test('texts in brackets are parts of an object, and of a list, where nothing says so', async () => {
  const meta = { type: 'object', properties: { owner: address, tags: { type: 'array', items: string } } };
  const properties = { meta, files: { type: 'array', items: file }, 'odd[x]': string };
  const content = parts(
    { name: 'meta[owner][zip]', content: '7' },
    { name: 'meta[tags][]', content: 'x' },
    { name: 'files[0]', filename: 'a', content: 'a' },
    { name: 'files[1]', filename: 'b', content: 'b' },
    { name: 'odd[x]', content: 'y' },
    { name: 'other[x]', content: 'z' },
  );
  expect(await readContent(form(properties), content, type)).toEqual({
    kind: 'value',
    value: { meta: { owner: { zip: 7 }, tags: ['x'] }, files: ['a', 'b'], 'odd[x]': 'y', 'other[x]': 'z' },
    violations: [],
  });
});
