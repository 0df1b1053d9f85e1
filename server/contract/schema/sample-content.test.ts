import { describe, expect, it } from '@jest/globals';
import { loadDocument } from '../../testing/load-document.js';
import { createChance } from '../chance.js';
import { createSampler } from './sample.js';
import { createValidators } from './validator.js';

const person = {
  type: 'object',
  required: ['age', 'self'],
  properties: { age: { type: 'integer', minimum: 18 }, self: { $ref: '#/components/schemas/Id' } },
};
const base64Person = {
  type: 'string',
  contentMediaType: 'application/json',
  contentEncoding: 'base64',
  contentSchema: person,
};
const description = loadDocument({
  openapi: '3.1.0',
  info: { title: 'Content', version: '1' },
  paths: {},
  components: { schemas: { Id: { type: 'string', format: 'uuid' }, Person: person } },
});

function make(schema: unknown): unknown {
  const validators = createValidators(description);
  const located = { schema, pointer: '/made' };
  const value = createSampler(description, located, 'response', validators)('fresh', createChance('seed'));
  expect(validators.of(schema, '/made', 'response').check(value)).toBe(true);
  return value;
}

const isPerson = (text: unknown) =>
  createValidators(description)
    .of(person, '/components/schemas/Person', 'response')
    .check(JSON.parse(String(text)));

describe('a string with content', () => {
  it.each([
    [
      'JSON that contentSchema accepts',
      { contentMediaType: 'application/json', contentSchema: { $ref: '#/components/schemas/Person' } },
    ],
    [
      'that of a suffix',
      { type: 'string', contentMediaType: 'application/merge-patch+json; charset=utf-8', contentSchema: person },
    ],
  ])('holds %s', (_what, schema) => expect(isPerson(make(schema))).toBe(true));

  it('holds it in its encoding', () => {
    expect(isPerson(Buffer.from(String(make(base64Person)), 'base64'))).toBe(true);
    expect(isPerson(Buffer.from(String(make({ ...base64Person, contentEncoding: 'base16' })), 'hex'))).toBe(true);
  });

  it('holds an image in base 64', () => {
    const text = make({ type: 'string', contentMediaType: 'image/png', contentEncoding: 'base64' });
    expect(Buffer.from(String(text), 'base64').subarray(1, 4).toString()).toBe('PNG');
  });

  it.each([
    ['base64', 'c3RhbmRpbg=='],
    ['base64url', 'c3RhbmRpbg'],
    ['base32', 'ON2GC3TENFXA===='],
    ['base16', '7374616E64696E'],
    ['quoted-printable', 'standin'],
  ])('is of the encoding %s alone', (contentEncoding, text) => {
    expect(make({ type: 'string', contentEncoding })).toBe(text);
  });

  it('is of its length and pattern first', () => {
    expect(make({ ...base64Person, maxLength: 4 })).toBe('c3Rh');
    expect(make({ ...base64Person, pattern: '^x+$' })).toMatch(/^x+$/);
  });

  it('is not refused for it', () => {
    expect(createValidators(description).of(base64Person, '/made', 'request').check('no JSON')).toBe(true);
  });
});
