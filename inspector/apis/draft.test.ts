import { describe, expect, test } from '@jest/globals';
import type { Operation, Parameter } from '../control/types.js';
import { draftFor, requestOf } from './draft.js';

const parameter = (name: string, place: Parameter['in'], more: Partial<Parameter> = {}): Parameter => ({
  name,
  in: place,
  pointer: '',
  required: true,
  style: place === 'path' || place === 'header' ? 'simple' : 'form',
  explode: place === 'query',
  allowReserved: false,
  ...more,
});
const operation = (more: Partial<Operation>): Operation => ({
  id: 'op',
  method: 'GET',
  path: '/things',
  pointer: '/paths/~1things/get',
  deprecated: false,
  tags: [],
  parameters: [],
  responses: [],
  security: [],
  ...more,
});
const at = { origin: 'http://localhost:4010', api: { path: '/shop' }, session: '' };
const made = (more: Partial<Operation>, session = '') => {
  const one = operation(more);
  return requestOf({ ...at, session }, one, draftFor(one));
};

describe('a prefilled request', () => {
  test('has the examples of required parameters, written by their styles', () => {
    const { url, headers } = made({
      path: '/things/{id}',
      parameters: [
        parameter('id', 'path', { examples: ['a/b'] }),
        parameter('tags', 'query', { examples: [['x', 'y z']] }),
        parameter('where', 'query', { style: 'deepObject', examples: [{ size: { min: 1 } }] }),
        parameter('page', 'query', { required: false, examples: [2] }),
        parameter('X-Trace', 'header', { examples: ['t'] }),
      ],
    });
    expect(url).toBe('http://localhost:4010/shop/things/a%2Fb?tags=x&tags=y%20z&where%5Bsize%5D%5Bmin%5D=1');
    expect(headers).toEqual({ 'x-trace': 't' });
  });

  test('has something for what the path names, documented or not', () => {
    expect(made({ path: '/things/{id}' }).url).toBe('http://localhost:4010/shop/things/standin');
  });

  test.each([
    [{ type: 'http', scheme: 'bearer' }, { Authorization: 'Bearer standin' }],
    [{ type: 'http', scheme: 'basic' }, { Authorization: `Basic ${btoa('standin:standin')}` }],
    [{ type: 'oauth2' }, { Authorization: 'Bearer standin' }],
    [{ type: 'apiKey', in: 'header', parameterName: 'X-Key' }, { 'X-Key': 'standin' }],
    [{ type: 'apiKey', in: 'cookie', parameterName: 'sid' }, { Cookie: 'sid=standin' }],
  ] as const)('has a credential for %j', (scheme, headers) => {
    expect(made({ security: [[{ name: 'key', scopes: [], ...scheme }]] }).headers).toEqual(headers);
  });

  test('has a key in the query once, though it is documented as a parameter, too', () => {
    const scheme = { name: 'key', type: 'apiKey', in: 'query', parameterName: 'k' } as const;
    expect(made({ security: [[{ ...scheme, scopes: [] }]], parameters: [parameter('k', 'query')] }).url).toMatch(
      /\?k=standin$/,
    );
  });

  test('has the body as it goes over the wire', () => {
    const example = { pointer: '', value: { a: 1 } };
    const json = { mediaType: 'application/json', contentType: 'application/json', examples: [example] };
    expect(made({ method: 'POST', requestBody: { required: true, content: [json] } })).toMatchObject({
      headers: { 'Content-Type': 'application/json' },
      body: '{\n  "a": 1\n}',
    });
    const form = { mediaType: 'application/x-www-form-urlencoded', examples: [{ ...example, text: 'a=1' }] };
    expect(made({ method: 'POST', requestBody: { required: true, content: [form] } }).body).toBe('a=1');
  });

  test('is of the session', () => {
    expect(made({}, 'mine').headers).toEqual({ 'Standin-Session': 'mine' });
  });
});
