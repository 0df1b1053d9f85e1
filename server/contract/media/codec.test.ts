import { gunzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { compileMediaType, readContent } from '../../testing/content.js';

const event = {
  type: 'object',
  required: ['data'],
  properties: { data: { type: 'string' }, id: { type: 'string' }, retry: { type: 'integer' } },
};
const number = { type: 'object', required: ['n'], properties: { n: { type: 'integer' } } };

const table: [mediaType: string, object: Readonly<Record<string, unknown>>, value: unknown, text: string][] = [
  ['application/jsonl', { schema: number }, [{ n: 1 }, { n: 2 }], '{"n":1}\n{"n":2}\n'],
  ['application/x-ndjson', { itemSchema: number }, [{ n: 1 }], '{"n":1}\n'],
  [
    'application/json-seq',
    { schema: { type: 'array', items: number } },
    [{ n: 1 }, { n: 2 }],
    '\u001e{"n":1}\n\u001e{"n":2}\n',
  ],
  [
    'text/event-stream',
    { itemSchema: event },
    [{ data: 'a\nb', id: '1', retry: 5 }],
    'id: 1\nretry: 5\ndata: a\ndata: b\n\n',
  ],
  ['text/event-stream', { schema: number }, [{ n: 1 }, { n: 2 }], 'data: {"n":1}\n\ndata: {"n":2}\n\n'],
  [
    'text/csv',
    {
      schema: {
        type: 'array',
        items: { type: 'object', properties: { a: { type: 'string' }, n: { type: 'integer' } } },
      },
    },
    [
      { a: 'x, "y"', n: 1 },
      { a: '', n: 2 },
    ],
    'a,n\r\n"x, ""y""",1\r\n,2\r\n',
  ],
  [
    'text/csv',
    { schema: { type: 'array', items: { type: 'array', items: { type: 'integer' } } } },
    [
      [1, 2],
      [3, 4],
    ],
    '1,2\r\n3,4\r\n',
  ],
  ['application/yaml', { schema: number }, { n: 1 }, 'n: 1\n'],
  ['text/plain', { schema: { type: 'integer' } }, 7, '7'],
  ['text/plain', { schema: { type: 'string' } }, '7', '7'],
  ['application/vnd.acme', { schema: number }, { n: 1 }, '{"n":1}'],
  ['application/octet-stream', { schema: { type: 'string', format: 'binary' } }, '\u0000\u00ff', '\u0000\u00ff'],
  ['application/octet-stream', { schema: { type: 'string', format: 'byte' } }, 'AP8=', '\u0000\u00ff'],
];

test.each(table)('%s, described by %j: %j is written and read', async (mediaType, object, value, text) => {
  const { request, response } = compileMediaType(mediaType, object);
  expect(response.codec.write(value).toString('latin1')).toBe(text);
  expect(await readContent(request, Buffer.from(text, 'latin1'), mediaType)).toEqual({
    kind: 'value',
    value,
    violations: [],
  });
  expect(request.validator.check(value)).toBe(true);
});

test.each([
  ['application/jsonl', '{"n":1}\n\n{"n":'],
  ['application/json-seq', '\u001e{'],
  ['application/yaml', 'a: [1'],
  [
    'application/yaml',
    `a: &a [x, x]\n${Array.from({ length: 9 }, (_, i) => `${'bcdefghij'[i]}: &${'bcdefghij'[i]} [${`*${'abcdefghi'[i]},`.repeat(9)}]`).join('\n')}\n`,
  ],
])('of %s, %j is malformed', async (mediaType, text) => {
  const { request } = compileMediaType(mediaType, { schema: {} });
  expect(await readContent(request, text, mediaType)).toMatchObject({
    kind: 'malformed',
    violations: [{ keyword: 'syntax' }],
  });
});

test('each item of a sequence is checked, and its place told', () => {
  const { request } = compileMediaType('application/jsonl', { itemSchema: number });
  expect(request.validator.violations([{ n: 1 }, { n: 'a' }], 'body')).toMatchObject([
    { pointer: '/1/n', keyword: 'type' },
  ]);
});

test.each([
  ['application/jsonl', '{"n":1}\n{"n":2}'],
  ['text/event-stream', ': hello\nevent: x\ndata: 1\n\n'],
  ['text/csv', 'a;b'],
  ['application/yaml', '# a comment\nn: 1\n'],
  ['application/xml', '<x>\n  <n>1</n>\n</x>'],
])('an example of %s that is its text is served as it is', (mediaType, example) => {
  const { response } = compileMediaType(mediaType, { example });
  expect(response.examples()[0]).toMatchObject({ state: { kind: 'valid' }, value: example });
  expect(response.examples()[0]?.bytes.toString()).toBe(example);
});

test('charsets are those of the Encoding Standard', async () => {
  const { request } = compileMediaType('text/plain', { schema: { type: 'string' } });
  const read = (content: Buffer, charset: string) => readContent(request, content, `text/plain; charset=${charset}`);
  expect(await read(Buffer.from('ä', 'latin1'), 'ISO-8859-1')).toMatchObject({ value: 'ä' });
  expect(await read(Buffer.from('ä', 'utf16le'), 'utf-16')).toMatchObject({ value: 'ä' });
  expect(await read(Buffer.from([0xfe, 0xff, 0, 0xe4]), 'utf-16')).toMatchObject({ value: 'ä' });
  expect(await read(Buffer.from('ä', 'latin1'), 'utf-8')).toMatchObject({ kind: 'malformed' });
  expect(await read(Buffer.from('a'), 'klingon')).toMatchObject({ kind: 'unsupported' });
});

test('text is written in the documented charset', () => {
  const { response } = compileMediaType('text/plain; charset=iso-8859-1', { example: 'ä' });
  expect(response.examples()[0]?.bytes).toEqual(Buffer.from([0xe4]));
});

test.each([
  ['utf-16', [0xff, 0xfe, 0xe4, 0]],
  ['UTF-16LE', [0xe4, 0]],
  ['utf-16be', [0, 0xe4]],
  ['us-ascii', [0x3f]],
])('what is written in %s can be read by who knows no more', async (charset, octets) => {
  const { request, response } = compileMediaType(`text/plain; charset=${charset}`, { example: 'ä' });
  expect([...(response.examples()[0]?.bytes ?? [])]).toEqual(octets);
  const reading = await readContent(request, Buffer.from(octets), `text/plain; charset=${charset}`);
  expect(reading).toMatchObject({ value: charset === 'us-ascii' ? '?' : 'ä' });
});

test.each([
  [{ maxLength: 3 }, 3],
  [{ minLength: 10 }, 10],
  [{}, 7],
])('octets of no known kind with %j are as many as that', (limits, length) => {
  const schema = { type: 'string', format: 'binary', ...limits };
  const [example] = compileMediaType('application/octet-stream', { schema }).response.examples();
  expect(example).toMatchObject({ state: { kind: 'valid' }, bytes: { length } });
});

const binary = { schema: { type: 'string', format: 'binary' } };
test.each([
  ['image/png', '\x89PNG\r\n\x1a\n'],
  ['image/gif', 'GIF89a'],
  ['image/jpeg', '\xff\xd8\xff'],
  ['image/webp', 'RIFF'],
  ['image/bmp', 'BM'],
  ['application/pdf', '%PDF-1'],
  ['application/zip', 'PK'],
  ['application/gzip', '\x1f\x8b'],
  ['audio/wav', 'RIFF'],
  ['image/svg+xml', '<svg '],
  ['text/html', '<!DOCTYPE html>'],
  ['image/*', '\x89PNG'],
])('a generated %s begins as one does', (mediaType, start) => {
  for (const object of [{}, binary, { ...binary, example: 'string' }].slice(0, /svg|html/.test(mediaType) ? 2 : 3)) {
    const example = compileMediaType(mediaType, object)
      .response.examples()
      .find(({ state }) => state.kind !== 'invalid');
    expect(example?.bytes.toString('latin1').slice(0, start.length)).toBe(start);
  }
});

test('octets that an example has in base 64 are served as octets', () => {
  const gif = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';
  for (const object of [
    { ...binary, example: gif },
    { schema: { type: 'string', format: 'byte' }, example: gif },
  ]) {
    const [example] = compileMediaType('image/gif', object).response.examples();
    expect(example).toMatchObject({ state: { kind: 'valid' }, origin: 'documented' });
    expect(example?.bytes).toEqual(Buffer.from(gif, 'base64'));
  }
});

test('a text that is no image is no example of one, in a reply; what a client uploads may be anything', async () => {
  const { request, response } = compileMediaType('image/png', { ...binary, example: 'string' });
  expect(response.examples()[0]).toMatchObject({ value: 'string', state: { kind: 'invalid' } });
  expect(await readContent(request, 'string', 'image/png')).toMatchObject({ value: 'string' });
});

test('no schema says anything of octets that it takes for an object', async () => {
  const { request, response } = compileMediaType('application/pdf', { schema: number });
  expect(await readContent(request, 'abc', 'application/pdf')).toEqual({ kind: 'unread' });
  expect(response.examples()[0]).toMatchObject({ state: { kind: 'valid' } });
});

test('a gzip of nothing is one', () => {
  expect(gunzipSync(compileMediaType('application/gzip', {}).response.examples()[0]?.bytes as Buffer)).toHaveLength(0);
});

test('examples of OpenAPI 3.2 have their value as data, or as text', () => {
  const examples = { a: { dataValue: { n: 1 } }, b: { serializedValue: '{ "n": 2 }' } };
  const { response } = compileMediaType('application/json', { schema: number, examples });
  expect(response.examples()).toMatchObject([
    { name: 'a', value: { n: 1 } },
    { name: 'b', value: { n: 2 } },
  ]);
});

test('what is only the server’s to set is taken out of what a client sends', () => {
  const item = { type: 'object', properties: { id: { type: 'integer', readOnly: true }, n: { type: 'integer' } } };
  const schema = {
    type: 'object',
    properties: { id: { $ref: '#/components/schemas/Id' }, items: { type: 'array', items: item } },
  };
  const components = { schemas: { Id: { type: 'string', readOnly: true } } };
  const { request } = compileMediaType('application/json', { schema }, { components });
  expect(request.withoutReadOnly({ id: 1, x: 2, items: [{ id: 'a', n: 1 }] })).toEqual({ x: 2, items: [{ n: 1 }] });
  const value = { id: 1 };
  expect(compileMediaType('application/json', { schema: number }).request.withoutReadOnly(value)).toBe(value);
});

const events = { itemSchema: { type: 'object', properties: { data: { type: 'string' }, retry: { type: 'integer' } } } };
test.each([
  ['lines of data are one text', 'data: a\ndata:b\ndata\ndata:  c\n\n', [{ data: 'a\nb\n\n c' }]],
  ['lines end as they like', '\ufeffdata: a\r\n\r\ndata: b\r\rdata: c', [{ data: 'a' }, { data: 'b' }, { data: 'c' }]],
  ['comments and other fields count for nothing', ': hello\nother: 1\ndata: a\n\n: bye\n\n', [{ data: 'a' }]],
  ['a time is digits', 'retry: 10\ndata: a\n\nretry: 1s\ndata: b\n\n', [{ retry: 10, data: 'a' }, { data: 'b' }]],
  ['an id has no NULL', 'id: a\0\nid: b\ndata: c\n\n', [{ id: 'b', data: 'c' }]],
  ['a line separator of Unicode ends no line', 'data: a\u2028b\n\n', [{ data: 'a\u2028b' }]],
])('of an event stream, %s', async (_what, text, value) => {
  const { request } = compileMediaType('text/event-stream', events);
  expect(await readContent(request, text, 'text/event-stream')).toEqual({ kind: 'value', value, violations: [] });
});

test('data of text alone stays text', async () => {
  const { request } = compileMediaType('text/event-stream', { itemSchema: { type: 'string' } });
  expect(await readContent(request, 'data: 42\n\n', 'text/event-stream')).toMatchObject({ value: ['42'] });
});

test.each([
  ['application/jsonl', '{"a":1}\n{"a":2}', ['{"a":1}\n', '{"a":2}']],
  ['application/json-seq', '\u001e1\n\u001e2\n', ['\u001e1\n', '\u001e2\n']],
  ['text/event-stream', 'data: ä\n\n: x\r\ndata: b\r\n\r\n', ['data: ä\n\n', ': x\r\ndata: b\r\n\r\n']],
  ['application/jsonl', '', []],
])('content of %s is taken apart item by item', (mediaType, text, items) => {
  const { itemize } = compileMediaType(mediaType, {}).response.codec;
  expect(itemize?.(Buffer.from(text)).map(String)).toEqual(items);
});

test('content that is no sequence is not taken apart', () => {
  expect(compileMediaType('application/json', {}).response.codec.itemize).toBeUndefined();
});
