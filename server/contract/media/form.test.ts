import { expect, test } from '@jest/globals';
import { compileMediaType, readContent } from '../../testing/content.js';

const type = 'application/x-www-form-urlencoded';
const string = { type: 'string' };
const integer = { type: 'integer' };
const numbers = { type: 'array', items: integer };
const address = { type: 'object', properties: { city: string, zip: integer, lines: { type: 'array', items: string } } };

const form = (properties: object, encoding: object = {}, more: object = {}) =>
  compileMediaType(type, { schema: { type: 'object', properties, ...more }, encoding }).request;

const table: [what: string, text: string, properties: object, encoding: object, value: unknown][] = [
  ['names and values', 'a=1&b=x+y%26', { a: string, b: string }, {}, { a: '1', b: 'x y&' }],
  [
    'scalars, by their schema',
    'n=1&f=1.5&t=true&s=1',
    { n: integer, f: { type: 'number' }, t: { type: 'boolean' }, s: string },
    {},
    { n: 1, f: 1.5, t: true, s: '1' },
  ],
  [
    'further members of an alternative, by their schema',
    'm[a]=1',
    { m: { anyOf: [{ type: 'object', additionalProperties: integer }, { enum: [''] }] } },
    { m: { style: 'deepObject', explode: true } },
    { m: { a: 1 } },
  ],
  ['null, where it may be', 'n=', { n: { type: ['integer', 'null'] } }, {}, { n: null }],
  ['what the schema refuses, as text', 'n=one', { n: integer }, {}, { n: 'one' }],
  ['a list, exploded', 'n=1&n=2', { n: numbers }, {}, { n: [1, 2] }],
  ['a list of one', 'n=1', { n: numbers }, {}, { n: [1] }],
  ['a list with commas', 'n=1,2', { n: numbers }, { n: { style: 'form', explode: false } }, { n: [1, 2] }],
  ['a list with spaces', 'n=1%202+3', { n: numbers }, { n: { style: 'spaceDelimited' } }, { n: [1, 2, 3] }],
  ['a list with bars', 'n=1%7C2|3', { n: numbers }, { n: { style: 'pipeDelimited' } }, { n: [1, 2, 3] }],
  [
    'a deep object',
    'a[city]=P&a[zip]=7',
    { a: address },
    { a: { style: 'deepObject', explode: true } },
    { a: { city: 'P', zip: 7 } },
  ],
  [
    'brackets in brackets',
    'a[lines][]=x&a[lines][]=y&a%5Bcity%5D=P',
    { a: address },
    {},
    { a: { lines: ['x', 'y'], city: 'P' } },
  ],
  [
    'lists with places',
    'a[0][city]=P&a[0][zip]=1&a[1][city]=Q',
    { a: { type: 'array', items: address } },
    {},
    { a: [{ city: 'P', zip: 1 }, { city: 'Q' }] },
  ],
  [
    'an object with commas',
    'a=city,P,zip,7',
    { a: address },
    { a: { style: 'form', explode: false } },
    { a: { city: 'P', zip: 7 } },
  ],
  [
    'an exploded object',
    'city=P&zip=7',
    { a: address },
    { a: { style: 'form', explode: true } },
    { a: { city: 'P', zip: 7 } },
  ],
  ['JSON', 'a=%7B%22zip%22%3A7%7D', { a: address }, { a: { contentType: 'application/json' } }, { a: { zip: 7 } }],
  ['a list that came encoded', 'n=1%2C2', { n: numbers }, { n: { explode: false } }, { n: [1, 2] }],
  [
    'objects in unnamed brackets',
    'a[][city]=P&a[][zip]=1&a[][city]=Q',
    { a: { type: 'array', items: address } },
    {},
    { a: [{ city: 'P', zip: 1 }, { city: 'Q' }] },
  ],
  ['the same name in brackets again', 'a[lines]=x&a[lines]=y', { a: address }, {}, { a: { lines: ['x', 'y'] } }],
  ['what is not documented', 'x=1&y=1&y=2', {}, {}, { x: '1', y: ['1', '2'] }],
  ['a percent sign that encodes nothing', 'a=100%', { a: string }, {}, { a: '100%' }],
];

test.each(table)('of a form, %s', async (_what, text, properties, encoding, value) => {
  expect(await readContent(form(properties, encoding), text, type)).toEqual({ kind: 'value', value, violations: [] });
});

test('what is said twice of one value is a violation', async () => {
  expect(await readContent(form({ 'a/b': string }), 'a/b=1&a/b=2', type)).toMatchObject({
    violations: [{ pointer: '/a~1b', keyword: 'duplicate' }],
  });
});

test('names of prototypes are names', async () => {
  const reading = await readContent(form({}), '__proto__[x]=1&constructor[prototype][y]=1', type);
  expect(reading).toMatchObject({ kind: 'value' });
  expect(({} as { x?: unknown; y?: unknown }).x ?? ({} as { y?: unknown }).y).toBeUndefined();
});

test.each([
  [{ a: 'x y', n: [1, 2] }, {}, 'a=x+y&n=1&n=2'],
  [{ n: [1, 2] }, { n: { explode: false } }, 'n=1,2'],
  [
    { o: { city: 'P', lines: ['x'] } },
    { o: { style: 'deepObject', explode: true } },
    'o%5Bcity%5D=P&o%5Blines%5D%5B0%5D=x',
  ],
  ['a=b', {}, 'a=b'],
  [{ n: [1, 2] }, { n: { style: 'pipeDelimited' } }, 'n=1%7C2'],
  [{ o: { city: 'P', lines: ['x', 'y'] } }, { o: { style: 'form' } }, 'city=P&lines=x&lines=y'],
  [{ o: { city: 'P', zip: 7 } }, { o: { explode: false } }, 'o=city,P,zip,7'],
  [{ a: 'a/b?c' }, { a: { allowReserved: true } }, 'a=a/b?c'],
])('%j is written as a form', (value, encoding, text) => {
  const { codecFor } = form({ a: string, n: numbers, o: address }, encoding);
  expect(codecFor(type).write(value).toString()).toBe(text);
});

test('what a body parser made of a form is typed', () => {
  const { codecFor } = form({ n: integer, list: numbers, a: address });
  expect(codecFor(type).adopt?.({ n: '1', list: '2', a: { zip: '3' }, x: 'y' })).toEqual({
    n: 1,
    list: [2],
    a: { zip: 3 },
    x: 'y',
  });
});

test('a list of itself is as deep as one looks', async () => {
  const Nest = { type: 'array', items: { $ref: '#/components/schemas/Nest' } };
  const { request } = compileMediaType(
    type,
    { schema: { type: 'object', properties: { n: { $ref: '#/components/schemas/Nest' } } } },
    { components: { schemas: { Nest } } },
  );
  expect(await readContent(request, 'n=x&n=[]', type)).toMatchObject({ kind: 'value' });
  expect(request.codecFor(type).adopt?.({ n: 'x' })).toEqual({ n: [expect.any(Array)] });
  expect(request.codecFor(type).adopt?.({ n: { a: 'x' } })).toEqual({ n: [{ a: 'x' }] });
});
