import { expect, test } from '@jest/globals';
import type { RequestMediaType } from '../../server/contract/index.js';
import { compileDocument } from '../../server/testing/compile-document.js';
import { expressible } from './expressible.js';

const list = { type: 'array', items: { type: 'string' } };
const row = { type: 'object', required: ['cells'], properties: { name: { type: 'string' }, cells: list } };
const table = { type: 'object', required: ['rows'], properties: { rows: { type: 'array', items: row } } };
const encoding = { table: { style: 'deepObject', explode: true } };

function mediaTypeOf(name: string, schema: unknown): RequestMediaType {
  const contract = compileDocument({
    paths: { '/a': { post: { requestBody: { content: { [name]: { schema, encoding } } }, responses: {} } } },
  });
  return contract.operations[0]?.requestBody?.content[0] as RequestMediaType;
}

const form = 'application/x-www-form-urlencoded';
const schema = { type: 'object', properties: { a: { type: 'string' }, table } };
const value = { a: 'x', table: { rows: [{ name: 'n', cells: [] }] } };

test('what a form has no way to say is left out, with what must hold it', () => {
  expect(expressible(mediaTypeOf(form, schema), value)).toEqual({ a: 'x', table: { rows: [] } });
});

test('what may not be left out stays', () => {
  expect(expressible(mediaTypeOf(form, { ...schema, required: ['table'] }), value)).toBe(value);
});

test('what can be said stays', () => {
  const full = { a: 'x', table: { rows: [{ name: 'n', cells: ['y'] }] } };
  expect(expressible(mediaTypeOf(form, schema), full)).toBe(full);
  expect(expressible(mediaTypeOf('application/json', schema), value)).toBe(value);
});
