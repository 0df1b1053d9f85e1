import { expect, test } from '@jest/globals';
import type { JsonObject } from '../documents/index.js';
import { type Asked, requestOf } from '../testing/client.js';
import { compileOperationObject } from '../testing/compile-document.js';
import { coerce, decodeParameters } from './decode-parameters.js';

const decode = (parameters: JsonObject | JsonObject[], asked: Asked) =>
  decodeParameters(compileOperationObject({ parameters: [parameters].flat() }), requestOf(asked));
const inQuery = (schema: JsonObject, more: JsonObject = {}) => ({ name: 'q', in: 'query', schema, ...more });
const integers = { type: 'array', items: { type: 'integer' } };
const strings = { type: 'array', items: { type: 'string' } };
const point = { type: 'object', properties: { x: { type: 'integer' }, label: { type: 'string' } } };

test.each([
  { schema: { type: 'integer' }, more: {}, query: 'q=42', value: 42 },
  { schema: { type: 'number' }, more: {}, query: 'q=-1.5e2', value: -150 },
  { schema: { type: 'boolean' }, more: {}, query: 'q=false', value: false },
  { schema: { type: ['integer', 'null'] }, more: {}, query: 'q=null', value: null },
  { schema: { type: 'string' }, more: {}, query: 'q=42', value: '42' },
  { schema: { type: 'string' }, more: {}, query: 'q=a+b%2Bc', value: 'a b+c' },
  { schema: {}, more: {}, query: 'q=true', value: 'true' },
  { schema: integers, more: {}, query: 'q=1&q=2', value: [1, 2] },
  { schema: integers, more: {}, query: 'q=1', value: [1] },
  { schema: strings, more: {}, query: 'q=a,b', value: ['a,b'] },
  { schema: integers, more: { explode: false }, query: 'q=1,2', value: [1, 2] },
  { schema: strings, more: { explode: false }, query: 'q=a%2Cb,c', value: ['a,b', 'c'] },
  { schema: strings, more: { explode: false }, query: 'q=', value: [] },
  { schema: integers, more: { style: 'spaceDelimited' }, query: 'q=1%202', value: [1, 2] },
  { schema: integers, more: { style: 'spaceDelimited' }, query: 'q=1+2', value: [1, 2] },
  { schema: integers, more: { style: 'pipeDelimited' }, query: 'q=1|2%7c3', value: [1, 2, 3] },
  { schema: point, more: {}, query: 'label=a%26b&x=1&other=2', value: { x: 1, label: 'a&b' } },
  { schema: point, more: { explode: false }, query: 'q=x,1,label,a', value: { x: 1, label: 'a' } },
])('the query $query, with $schema and $more, is $value', ({ schema, more, query, value }) => {
  expect(decode(inQuery(schema, more), { query })).toMatchObject({ query: { q: value }, violations: [] });
});

test('an exploded object none of whose properties is sent is not sent itself', () => {
  expect(decode(inQuery(point, { required: true }), { query: 'other=1' }).violations).toMatchObject([
    { pointer: '/q', keyword: 'required' },
  ]);
  expect(decode(inQuery(point, { required: true }), { query: 'x=a' }).violations).toMatchObject([
    { pointer: '/q/x', keyword: 'type' },
  ]);
});

test.each([
  { schema: integers, more: {}, text: '1,2', value: [1, 2] },
  { schema: strings, more: {}, text: 'a%2Cb,c', value: ['a,b', 'c'] },
  { schema: point, more: {}, text: 'x,1,label,a', value: { x: 1, label: 'a' } },
  { schema: point, more: { explode: true }, text: 'x=1,label=a=b', value: { x: 1, label: 'a=b' } },
  { schema: { type: 'string' }, more: {}, text: 'a%2Fb+c', value: 'a/b+c' },
])('the path segment $text, with $schema and $more, is $value', ({ schema, more, text, value }) => {
  const parameter = { name: 'p', in: 'path', required: true, schema, ...more };
  expect(decode(parameter, { path: { p: text } })).toMatchObject({ path: { p: value }, violations: [] });
});

test('a header is found in any case, and its list may have spaces', () => {
  const parameter = { name: 'X-Ids', in: 'header', schema: integers };
  expect(decode(parameter, { headers: { 'x-ids': '1, 2' } })).toMatchObject({ header: { 'x-ids': [1, 2] } });
});

test('a cookie is checked as other parameters are', () => {
  const parameter = { name: 'page', in: 'cookie', schema: { type: 'integer' } };
  expect(decode(parameter, { headers: { cookie: 'page=2' } }).violations).toEqual([]);
  expect(decode(parameter, { headers: { cookie: 'page=two' } }).violations).toMatchObject([
    { location: 'cookie', pointer: '/page', keyword: 'type' },
  ]);
});

test('a parameter described by `content` is JSON', () => {
  const parameter = { name: 'q', in: 'query', content: { 'application/json': { schema: point } } };
  expect(decode(parameter, { query: `q=${encodeURIComponent('{"x":1}')}` })).toMatchObject({
    query: { q: { x: 1 } },
    violations: [],
  });
  expect(decode(parameter, { query: 'q=%7Bx' }).violations).toMatchObject([{ pointer: '/q', keyword: 'syntax' }]);
  expect(decode(parameter, { query: 'q=%7B%22x%22:%22a%22%7D' }).violations).toMatchObject([
    { pointer: '/q/x', keyword: 'type' },
  ]);
});

test.each([
  { what: 'a required one that is not sent', more: { required: true }, query: '', keyword: 'required' },
  { what: 'one that is sent twice', more: {}, query: 'q=1&q=2', keyword: 'duplicate' },
  { what: 'one of the wrong type', more: {}, query: 'q=one', keyword: 'type' },
  { what: 'an empty one', more: {}, query: 'q=', keyword: 'type' },
  { what: 'one with broken percent-encoding', more: {}, query: 'q=%zz', keyword: 'encoding' },
])('$what is a violation of the keyword $keyword, at its name', ({ more, query, keyword }) => {
  expect(decode(inQuery({ type: 'integer' }, more), { query }).violations[0]).toMatchObject({
    location: 'query',
    pointer: '/q',
    keyword,
  });
});

test('an empty value is allowed where that is documented', () => {
  expect(decode(inQuery({ type: 'integer' }, { allowEmptyValue: true }), { query: 'q' }).violations).toEqual([]);
});

test('broken percent-encoding in the path is a violation once, and the text stays as it was sent', () => {
  const parameter = { name: 'p', in: 'path', required: true, schema: { type: 'string' } };
  const { path, violations } = decode(parameter, { path: { p: '%E0%A4' } });
  expect(path).toEqual({ p: '%E0%A4' });
  expect(violations).toMatchObject([{ location: 'path', pointer: '/p', keyword: 'encoding' }]);
});

test('undocumented parameters stay text, the first of each name, and violate nothing', () => {
  expect(decode([], { query: 'a=1&a=2', headers: { 'x-b': '3' }, path: { c: '%34' } })).toEqual({
    query: { a: '1' },
    header: { 'x-b': '3' },
    path: { c: '4' },
    violations: [],
  });
});

test.each(['constructor', '__proto__', 'toString'])('a property named %s is a property like others', (name) => {
  const { query, violations } = decode(inQuery(point, { explode: false }), { query: `q=${name},1` });
  expect(Object.entries(query.q as object)).toEqual([[name, '1']]);
  expect(violations).toEqual([]);
});

test.each([
  { text: '007', types: ['integer'], value: '007' },
  { text: '+1', types: ['integer'], value: '+1' },
  { text: '0x10', types: ['number'], value: '0x10' },
  { text: ' 1', types: ['number'], value: ' 1' },
  { text: '', types: ['number'], value: '' },
  { text: 'TRUE', types: ['boolean'], value: 'TRUE' },
  { text: 'x', types: ['integer', 'string'], value: 'x' },
  { text: '1', types: ['integer', 'string'], value: 1 },
])('"$text" as $types is $value', ({ text, types, value }) => {
  expect(coerce(text, types)).toBe(value);
});
