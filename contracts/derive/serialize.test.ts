import { expect, test } from '@jest/globals';
import type { JsonObject } from '../../server/documents/index.js';
import { decodeParameters } from '../../server/replies/index.js';
import { createRouter } from '../../server/routing/index.js';
import { compileDocument } from '../../server/testing/compile-document.js';
import { placeOf } from './draft.js';
import { serialize } from './serialize.js';

const colors = { type: 'array', items: { type: 'string' } };
const numbers = { type: 'array', items: { type: 'integer' } };
const rgb = {
  type: 'object',
  properties: { R: { type: 'integer' }, G: { type: 'integer' }, B: { type: 'integer' } },
  additionalProperties: false,
};
const named = { type: 'object', properties: { name: { type: 'string' }, on: { type: 'boolean' } } };
const free = { type: 'object', additionalProperties: { type: 'integer' } };

const string = { schema: { type: 'string' }, value: 'blue' };
const list = { schema: colors, value: ['blue', 'black', 'brown'] };
const object = { schema: rgb, value: { R: 100, G: 200, B: 150 } };

interface Cell {
  readonly in: string;
  readonly style: string;
  readonly explode: boolean;
  readonly schema: JsonObject;
  readonly value: unknown;
  /** As the table of the standard has it: the segment, the query, the header, or the cookies. */
  readonly text: string;
}

const cell = (
  place: string,
  style: string,
  explode: boolean,
  { schema, value }: { schema: JsonObject; value: unknown },
  text: string,
): Cell => ({ in: place, style, explode, schema, value, text });

/** OpenAPI 3.1.1 §4.8.12.6, Style Examples; the rows that it calls n/a have what most clients make of them. */
const table: Cell[] = [
  cell('path', 'simple', false, string, 'blue'),
  cell('path', 'simple', false, list, 'blue,black,brown'),
  cell('path', 'simple', false, object, 'R,100,G,200,B,150'),
  cell('path', 'simple', true, string, 'blue'),
  cell('path', 'simple', true, list, 'blue,black,brown'),
  cell('path', 'simple', true, object, 'R=100,G=200,B=150'),
  cell('path', 'label', false, string, '.blue'),
  cell('path', 'label', false, list, '.blue,black,brown'),
  cell('path', 'label', false, object, '.R,100,G,200,B,150'),
  cell('path', 'label', true, string, '.blue'),
  cell('path', 'label', true, list, '.blue.black.brown'),
  cell('path', 'label', true, object, '.R=100.G=200.B=150'),
  cell('path', 'matrix', false, string, ';color=blue'),
  cell('path', 'matrix', false, { ...string, value: '' }, ';color'),
  cell('path', 'matrix', false, list, ';color=blue,black,brown'),
  cell('path', 'matrix', false, object, ';color=R,100,G,200,B,150'),
  cell('path', 'matrix', true, string, ';color=blue'),
  cell('path', 'matrix', true, list, ';color=blue;color=black;color=brown'),
  cell('path', 'matrix', true, object, ';R=100;G=200;B=150'),
  cell('query', 'form', false, string, 'color=blue'),
  cell('query', 'form', false, { ...string, value: '' }, 'color='),
  cell('query', 'form', false, list, 'color=blue,black,brown'),
  cell('query', 'form', false, object, 'color=R,100,G,200,B,150'),
  cell('query', 'form', true, string, 'color=blue'),
  cell('query', 'form', true, list, 'color=blue&color=black&color=brown'),
  cell('query', 'form', true, object, 'R=100&G=200&B=150'),
  cell('query', 'spaceDelimited', false, list, 'color=blue%20black%20brown'),
  cell('query', 'spaceDelimited', false, object, 'color=R%20100%20G%20200%20B%20150'),
  cell('query', 'spaceDelimited', true, list, 'color=blue&color=black&color=brown'),
  cell('query', 'spaceDelimited', true, object, 'R=100&G=200&B=150'),
  cell('query', 'pipeDelimited', false, list, 'color=blue%7Cblack%7Cbrown'),
  cell('query', 'pipeDelimited', false, object, 'color=R%7C100%7CG%7C200%7CB%7C150'),
  cell('query', 'pipeDelimited', true, list, 'color=blue&color=black&color=brown'),
  cell('query', 'pipeDelimited', true, object, 'R=100&G=200&B=150'),
  cell('query', 'tabDelimited', false, list, 'color=blue%09black%09brown'),
  cell('query', 'deepObject', true, object, 'color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150'),
  cell('header', 'simple', false, string, 'blue'),
  cell('header', 'simple', false, list, 'blue,black,brown'),
  cell('header', 'simple', false, object, 'R,100,G,200,B,150'),
  cell('header', 'simple', true, list, 'blue,black,brown'),
  cell('header', 'simple', true, object, 'R=100,G=200,B=150'),
  cell('cookie', 'form', false, string, 'color=blue'),
  cell('cookie', 'form', false, list, 'color=blue,black,brown'),
  cell('cookie', 'form', false, object, 'color=R,100,G,200,B,150'),
  cell('cookie', 'form', true, string, 'color=blue'),
  cell('cookie', 'form', true, list, 'color=blue&color=black&color=brown'),
  cell('cookie', 'form', true, object, 'R=100&G=200&B=150'),
  cell('cookie', 'cookie', false, list, 'color=blue,black,brown'),
  cell('cookie', 'cookie', true, string, 'color=blue'),
  cell('cookie', 'cookie', true, list, 'color=blue; color=black; color=brown'),
  cell('cookie', 'cookie', true, object, 'R=100; G=200; B=150'),
];

/** The operation with this parameter, named `color` or `X-Color`. */
function compileWith(parameter: JsonObject) {
  const contract = compileDocument({
    openapi: '3.2.0',
    paths: {
      [parameter.in === 'path' ? '/a/{color}' : '/a']: {
        get: { parameters: [{ name: 'color', ...parameter }], responses: { 200: { description: '' } } },
      },
    },
  });
  const [operation] = contract.operations;
  const [documented] = operation?.parameters ?? [];
  if (!operation || !documented) throw new Error('no parameter');
  return { contract, operation, parameter: documented };
}

/** What a parameter's value looks like on the wire, and what is read from that. */
function sendAndRead(documented: JsonObject, value: unknown) {
  const { contract, operation, parameter } = compileWith(documented);
  const places = { path: {}, query: {}, header: {}, cookie: {} };
  const { path, query, headers } = serialize(operation, { ...places, [placeOf(parameter)]: { color: value } });
  const text = {
    path: path.slice('/a/'.length),
    query: query.join('&'),
    header: headers.color,
    cookie: headers.cookie,
  };
  const route = createRouter([contract]).route('GET', undefined, path);
  if (route.kind !== 'operation') throw new Error(`${path} leads nowhere`);
  const { pathParameters } = route;
  const seen: unknown[] = [];
  const watched = {
    ...parameter,
    validator: { ...parameter.validator, check: watch(seen, parameter.validator.check) },
  };
  const decoded = decodeParameters(
    { ...operation, parameters: [watched] },
    {
      method: 'GET',
      url: '',
      pathParameters,
      query: query.join('&'),
      headers,
      body: { kind: 'bytes', bytes: Buffer.alloc(0) },
    },
  );
  return { text: text[placeOf(parameter)], value: seen.at(-1), violations: decoded.violations };
}

/** Cookies are in no decoded request; what the validator was given is what was read. */
function watch(seen: unknown[], check: (value: unknown) => boolean) {
  return (value: unknown) => {
    seen.push(value);
    return check(value);
  };
}

test.each(table)('in $in, $style with explode=$explode: $value is "$text", and is read from it', (row) => {
  const { text, value, ...parameter } = row;
  expect(sendAndRead({ required: row.in === 'path', ...parameter }, value)).toEqual({ text, value, violations: [] });
});

const values: { readonly what: string; readonly schema: JsonObject; readonly value: unknown }[] = [
  { what: 'an integer', schema: { type: 'integer' }, value: -7 },
  { what: 'a number', schema: { type: 'number' }, value: 1.5 },
  { what: 'a boolean', schema: { type: 'boolean' }, value: false },
  { what: 'a text like a number', schema: { type: 'string' }, value: '007' },
  { what: 'a nullable integer', schema: { type: ['integer', 'null'] }, value: null },
  { what: 'one of numbers', schema: { enum: [1, 2, 3] }, value: 2 },
  { what: 'one of values of several types', schema: { enum: ['auto', 1, true] }, value: 1 },
  {
    what: 'an alternative that comes second',
    schema: { oneOf: [{ type: 'string', pattern: '^a' }, { type: 'integer' }] },
    value: 5,
  },
  { what: 'a list of integers', schema: numbers, value: [1, 2, 3] },
  { what: 'a list of one', schema: numbers, value: [1] },
  { what: 'a list of booleans', schema: { type: 'array', items: { type: 'boolean' } }, value: [true, false] },
  {
    what: 'a list of numbers or texts',
    schema: { type: 'array', items: { type: ['number', 'string'] } },
    value: [1, 'a'],
  },
  { what: 'a list or a number', schema: { anyOf: [{ type: 'integer' }, numbers] }, value: [1, 2] },
  { what: 'an object with members of several types', schema: named, value: { name: 'x', on: true } },
  { what: 'a free-form object', schema: free, value: { x: 1, y: 2 } },
  {
    what: 'an object by reference',
    schema: { allOf: [{ $ref: '#/components/schemas/None' }, named] },
    value: { name: 'b', on: false },
  },
];
const styles = [
  ...['simple', 'label', 'matrix'].map((style) => ({ in: 'path', style })),
  ...['form', 'deepObject'].map((style) => ({ in: 'query', style })),
  { in: 'header', style: 'simple' },
  ...['form', 'cookie'].map((style) => ({ in: 'cookie', style })),
];
const cells = styles.flatMap((style) =>
  [false, true].flatMap((explode) => values.map((one) => ({ ...style, explode, ...one }))),
);

test.each(cells)('in $in, $style with explode=$explode: $what comes back as it was', (row) => {
  const { what: _, value, ...parameter } = row;
  expect(sendAndRead({ required: row.in === 'path', ...parameter }, value)).toMatchObject({ value, violations: [] });
});

const special = 'a/b c&d=e?f#g%h+i,j;k.l|mé';
test.each(
  [
    ...['simple', 'label', 'matrix'].map((style) => ({ in: 'path', style })),
    ...['form', 'deepObject', 'spaceDelimited', 'pipeDelimited'].map((style) => ({ in: 'query', style })),
    { in: 'cookie', style: 'form' },
  ].flatMap((style) => [false, true].map((explode) => ({ ...style, explode }))),
)('in $in, $style with explode=$explode: characters that mean something come back as they were', (parameter) => {
  const required = parameter.in === 'path';
  expect(sendAndRead({ required, schema: { type: 'string' }, ...parameter }, special)).toMatchObject({
    value: special,
  });
  const isDelimiter = /Delimited/.test(parameter.style);
  const texts = isDelimiter ? ['a/b&d', 'e?f#g%h+i'] : [special, 'x'];
  expect(sendAndRead({ required, schema: colors, ...parameter }, texts)).toMatchObject({ value: texts });
  const member = { name: isDelimiter ? 'e?f#g%h+i' : special, on: true };
  expect(sendAndRead({ required, schema: named, ...parameter }, member)).toMatchObject({ value: member });
});

test.each([
  { value: { a: { b: { c: 1 } }, d: [1, 2] } },
  { value: { list: [{ x: 1 }, { x: 2 }] } },
  { value: { a: { b: { c: 1 } } } },
])('deepObject nests: $value', ({ value }) => {
  const leaf = { type: 'integer' };
  const schema = {
    type: 'object',
    properties: {
      a: { type: 'object', properties: { b: { type: 'object', properties: { c: leaf } } } },
      d: { type: 'array', items: leaf },
      list: { type: 'array', items: { type: 'object', properties: { x: leaf } } },
    },
  };
  expect(sendAndRead({ in: 'query', style: 'deepObject', schema }, value)).toMatchObject({ value, violations: [] });
});

test.each([
  { in: 'query', mediaType: 'application/json', text: 'color=%7B%22R%22%3A1%7D', value: { R: 1 }, schema: rgb },
  { in: 'query', mediaType: 'text/plain', text: 'color=5', value: 5, schema: { type: 'integer' } },
  { in: 'header', mediaType: 'application/json', text: '[1,2]', value: [1, 2], schema: numbers },
  { in: 'cookie', mediaType: 'application/json', text: 'color=%5B1%5D', value: [1], schema: numbers },
  { in: 'path', mediaType: 'application/json', text: '%7B%22R%22%3A1%7D', value: { R: 1 }, schema: rgb },
  { in: 'querystring', mediaType: 'application/json', text: '%7B%22R%22%3A1%7D', value: { R: 1 }, schema: rgb },
  {
    in: 'querystring',
    mediaType: 'application/x-www-form-urlencoded',
    text: 'name=a%20b&on=true',
    value: { name: 'a b', on: true },
    schema: named,
  },
])('in $in, described by $mediaType: $value is "$text"', ({ mediaType, text, value, schema, ...parameter }) => {
  const documented = { required: parameter.in === 'path', content: { [mediaType]: { schema } }, ...parameter };
  expect(sendAndRead(documented, value)).toEqual({ text, value, violations: [] });
});

test('reserved characters stay as they are where that is allowed and harmless', () => {
  const parameter = { in: 'query', allowReserved: true, schema: { type: 'string' } };
  expect(sendAndRead(parameter, 'http://a.b/c?d=1&e')).toMatchObject({
    text: 'color=http://a.b/c?d%3D1%26e',
    value: 'http://a.b/c?d=1&e',
  });
});

test('what the key of a path asks for is sent', () => {
  const { operations } = compileDocument({
    paths: {
      '/a?city={city}&Action=Get': { get: { responses: {} } },
      '/b#X-Target=Run': {
        get: { parameters: [{ name: 'X-Target', in: 'header', required: true }], responses: {} },
      },
      '/c#uploads': { get: { responses: {} } },
    },
  });
  const sent = operations.map((operation) =>
    serialize(operation, {
      path: { city: 'a b' },
      query: {},
      header: operation.path.startsWith('/b') ? { 'X-Target': 'Run' } : {},
      cookie: {},
    }),
  );
  expect(sent).toEqual([
    { path: '/a', query: ['city=a%20b', 'Action=Get'], headers: {} },
    { path: '/b', query: [], headers: { 'x-target': 'Run' } },
    { path: '/c', query: ['uploads'], headers: {} },
  ]);
});

test.each([
  ['path', 'csv', 'pipes', '1%7C2,3'],
  ['path', 'pipes', 'csv', '1,2%7C3'],
  ['query', 'csv', 'ssv', 'color=1%202,3'],
  ['query', 'tsv', 'pipes', 'color=1%7C2%093'],
  ['query', 'multi', 'csv', 'color=1,2&color=3'],
  ['header', 'ssv', 'csv', '1,2 3'],
  ['header', 'pipes', 'tsv', '1\t2|3'],
])('lists in a list in the %s, %s of %s (2.0), are "%s", and are read from it', (place, outer, inner, text) => {
  const contract = compileDocument(`swagger: '2.0'
info: { title: T, version: '1' }
paths:
  /a${place === 'path' ? '/{color}' : ''}:
    get:
      parameters:
        - name: color
          in: ${place}
          required: true
          type: array
          collectionFormat: ${outer}
          items: { type: array, collectionFormat: ${inner}, items: { type: integer } }
      responses: { 200: { description: '' } }
`);
  const [operation] = contract.operations;
  if (!operation) throw new Error('no operation');
  const value = [[1, 2], [3]];
  const places = { path: {}, query: {}, header: {}, cookie: {} };
  const { path, query, headers } = serialize(operation, { ...places, [place]: { color: value } });
  const sent = { path: path.slice(3), query: query.join('&'), header: headers.color };
  expect(sent).toMatchObject({ [place]: text });
  const { violations, ...decoded } = decodeParameters(operation, {
    method: 'GET',
    url: '',
    pathParameters: place === 'path' ? { color: sent.path } : {},
    query: sent.query,
    headers,
    body: { kind: 'bytes', bytes: Buffer.alloc(0) },
  });
  expect({ ...decoded, violations }).toMatchObject({ [place]: { color: value }, violations: [] });
});
