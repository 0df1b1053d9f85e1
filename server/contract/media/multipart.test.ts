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
