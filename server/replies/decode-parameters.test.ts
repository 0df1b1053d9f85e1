import { expect, test } from '@jest/globals';
import { coerceText } from '../contract/index.js';
import type { JsonObject } from '../documents/index.js';
import { type Asked, requestOf } from '../testing/client.js';
import { compileOperationObject } from '../testing/compile-document.js';
import { decodeParameters } from './decode-parameters.js';

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

test('an exploded object that needs a property is not sent where none of them is', () => {
  const schema = { ...point, required: ['x'] };
  expect(decode(inQuery(schema, { required: true }), { query: 'other=1' }).violations).toMatchObject([
    { pointer: '/q', keyword: 'required' },
  ]);
  expect(decode(inQuery(point, { required: true }), { query: 'x=a' }).violations).toMatchObject([
    { pointer: '/q/x', keyword: 'type' },
  ]);
});

test.each([{}, { style: 'deepObject' }])(
  'a required object with %o that may be empty is written as nothing',
  (more) => {
    expect(decode(inQuery(point, { required: true, ...more }), { query: 'other=1' }).violations).toEqual([]);
    expect(decode(inQuery(point, { required: true, explode: false }), { query: '' }).violations).toMatchObject([
      { pointer: '/q', keyword: 'required' },
    ]);
  },
);

test.each([
  { schema: integers, more: {}, text: '1,2', value: [1, 2] },
  { schema: strings, more: {}, text: 'a%2Cb,c', value: ['a,b', 'c'] },
  { schema: point, more: {}, text: 'x,1,label,a', value: { x: 1, label: 'a' } },
  { schema: point, more: { explode: true }, text: 'x=1,label=a=b', value: { x: 1, label: 'a=b' } },
  { schema: { type: 'string' }, more: {}, text: 'a%2Fb+c', value: 'a/b+c' },
])('the path segment $text, with $schema and $more, is $value', ({ schema, more, text, value }) => {
  const parameter = { name: 'id', in: 'path', required: true, schema, ...more };
  expect(decode(parameter, { path: { id: text } })).toMatchObject({ path: { id: value }, violations: [] });
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
  const parameter = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
  const { path, violations } = decode(parameter, { path: { id: '%E0%A4' } });
  expect(path).toEqual({ id: '%E0%A4' });
  expect(violations).toMatchObject([{ location: 'path', pointer: '/id', keyword: 'encoding' }]);
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

const free = { type: 'object', additionalProperties: true };

test('a free-form object has all of the query that nothing else claims', () => {
  const parameters = [
    inQuery(free),
    { name: 'page', in: 'query', schema: { type: 'integer' } },
    { name: 'filter', in: 'query', style: 'deepObject', schema: { type: 'object' } },
  ];
  const { query, violations } = decode(parameters, { query: 'a=1&page=2&filter[x]=3&b=4&b=5&__code=200' });
  expect(query).toMatchObject({ q: { a: '1', b: ['4', '5'] }, page: 2, filter: { x: '3' } });
  expect(Object.keys(query.q as object)).toEqual(['a', 'b']);
  expect(violations).toEqual([]);
});

test('a free-form object has no credential in it', () => {
  const operation = compileOperationObject(
    { parameters: [inQuery(free)], security: [{ key: [] }] },
    { components: { securitySchemes: { key: { type: 'apiKey', in: 'query', name: 'token' } } } },
  );
  expect(decodeParameters(operation, requestOf({ query: 'token=t&a=1' })).query.q).toEqual({ a: '1' });
});

const tree = {
  type: 'object',
  properties: {
    n: { type: 'integer' },
    ids: integers,
    sub: { type: 'object', additionalProperties: { type: 'boolean' } },
  },
};

test.each([
  { query: 'q[n]=1', value: { n: 1 } },
  { query: 'q%5Bn%5D=1', value: { n: 1 } },
  { query: 'q[ids][]=1&q[ids][]=2', value: { ids: [1, 2] } },
  { query: 'q[ids][1]=2&q[ids][0]=1', value: { ids: [1, 2] } },
  { query: 'q[ids]=1&q[ids]=2', value: { ids: [1, 2] } },
  { query: 'q[ids]=1', value: { ids: [1] } },
  { query: 'q[sub][a]=true&q[sub][0]=false', value: { sub: { a: true, 0: false } } },
  { query: 'q[other][x]=1', value: { other: { x: '1' } } },
  { query: 'q[other][]=1', value: { other: ['1'] } },
])('$query is the deepObject $value', ({ query, value }) => {
  const parameter = inQuery(tree, { style: 'deepObject' });
  expect(decode(parameter, { query })).toMatchObject({ query: { q: value }, violations: [] });
});

test('a deepObject may be a list, or something else where its schema allows that', () => {
  const list = inQuery(strings, { style: 'deepObject' });
  expect(decode(list, { query: 'q[]=a&q[]=b' }).query.q).toEqual(['a', 'b']);
  const either = inQuery({ anyOf: [tree, { type: 'integer' }] }, { style: 'deepObject' });
  expect(decode(either, { query: 'q[n]=5' })).toMatchObject({ query: { q: { n: 5 } }, violations: [] });
  expect(decode(either, { query: 'q=5' })).toMatchObject({ query: { q: 5 }, violations: [] });
  expect(decode(inQuery(tree, { style: 'deepObject' }), { query: 'q=5' }).violations).toMatchObject([
    { pointer: '/q', keyword: 'type' },
  ]);
});

test('brackets as deep as one likes are read, and no name in them is special', () => {
  const parameter = inQuery({ type: 'object' }, { style: 'deepObject' });
  expect(decode(parameter, { query: `q${'[a]'.repeat(5000)}=1` }).violations).toEqual([]);
  const { query } = decode(parameter, { query: 'q[__proto__][x]=1&q[constructor]=2' });
  expect(Object.keys(query.q as object)).toEqual(['__proto__', 'constructor']);
  expect(Object.getPrototypeOf({})).toBe(Object.prototype);
});

test.each([
  { more: { explode: false }, query: 'q=1%2C2', value: [1, 2] },
  { more: { style: 'pipeDelimited' }, query: 'q=1%257C2', value: '1%7C2' },
])(
  'a delimiter that the client encoded counts where the text would be invalid otherwise: $query',
  ({ more, query, value }) => {
    expect(decode(inQuery(integers, more), { query }).query.q).toEqual([value].flat());
  },
);

test.each([
  { style: 'label', text: '.3.4.5', value: [3, 4, 5] },
  { style: 'label', text: '.3,4,5', value: [3, 4, 5] },
  { style: 'matrix', text: ';id=3,4', value: [3, 4] },
])('$text is read in the style $style', ({ style, text, value }) => {
  const parameter = { name: 'id', in: 'path', required: true, style, schema: integers };
  expect(decode(parameter, { path: { id: text } })).toMatchObject({ path: { id: value }, violations: [] });
});

test.each([
  { style: 'label', text: '3', start: '.' },
  { style: 'matrix', text: '3', start: ';id=' },
  { style: 'matrix', text: ';other=3', start: ';id=' },
])('$text in the style $style lacks its beginning', ({ style, text, start }) => {
  const parameter = { name: 'id', in: 'path', required: true, style, schema: integers };
  expect(decode(parameter, { path: { id: text } }).violations).toMatchObject([
    { pointer: '/id', keyword: 'syntax', message: expect.stringContaining(`"${start}"`) },
  ]);
});

test('a parameter without a schema is a text, and a list of them where it is sent several times', () => {
  expect(decode(inQuery({}), { query: 'q=1' }).query.q).toBe('1');
  expect(decode(inQuery({}), { query: 'q=1&q=2' })).toMatchObject({ query: { q: ['1', '2'] }, violations: [] });
});

test('a member that is a list comes as often as it has members', () => {
  const schema = { type: 'object', properties: { tags: strings, n: { type: 'integer' } } };
  expect(decode(inQuery(schema), { query: 'tags=a&n=1&tags=b' }).query.q).toEqual({ tags: ['a', 'b'], n: 1 });
  expect(decode(inQuery(schema), { query: 'n=1&n=2' }).violations).toMatchObject([
    { pointer: '/q/n', keyword: 'type' },
  ]);
});

test('the whole query may be one value', () => {
  const form = { 'application/x-www-form-urlencoded': { schema: { type: 'object', properties: { ids: integers } } } };
  const parameter = { name: 'all', in: 'querystring', content: form };
  expect(decode(parameter, { query: 'ids=1&ids=2' })).toMatchObject({
    query: { all: { ids: [1, 2] } },
    violations: [],
  });
  expect(decode(parameter, { query: 'ids=x' }).violations).toMatchObject([
    { location: 'query', pointer: '/all/ids/0' },
  ]);
  expect(decode({ ...parameter, required: true }, {}).violations).toMatchObject([{ keyword: 'required' }]);
});

test('a name that objects have of themselves is a name like others', () => {
  expect(decode([], { query: 'toString=1&constructor=2' }).query).toEqual({ toString: '1', constructor: '2' });
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
  expect(coerceText(text, types)).toBe(value);
});

test.each(['query', 'header', 'cookie'])(
  'a %s parameter that was not sent is not found in what objects inherit',
  (place) => {
    const named = ['constructor', '__proto__', 'valueOf'].map((name) => ({
      name,
      in: place,
      schema: { type: 'integer' },
    }));
    expect(decode(named, { query: 'other=1' }).violations).toEqual([]);
  },
);
