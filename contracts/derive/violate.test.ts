import { expect, test } from '@jest/globals';
import { compileDocument } from '../../server/testing/compile-document.js';
import { deriveCases } from './index.js';

/** The titles of the negative cases of one body. */
function negatives(schema: unknown, example: unknown, mediaType = 'application/json'): string[] {
  const contract = compileDocument({
    paths: {
      '/things': {
        post: {
          requestBody: { required: true, content: { [mediaType]: { schema, example } } },
          responses: { 204: { description: '' }, 422: { description: '' } },
        },
      },
    },
  });
  return deriveCases(contract, { seed: 's' })
    .cases.filter(({ breach }) => breach)
    .map(({ title }) => title);
}

test.each([
  ['patternProperties', { patternProperties: { '^x-': { type: 'integer' } } }, { 'x-a': 1 }, '/x-a against its type'],
  ['additionalProperties', { additionalProperties: { maximum: 3 } }, { a: 1 }, '/a against its maximum'],
  ['propertyNames', { propertyNames: { pattern: '^[a-z]+$' } }, { a: 1 }, 'the body against its propertyNames'],
  ['contains', { contains: { const: 1 } }, [1, 2], 'the body against its contains'],
  ['maxContains', { contains: { const: 1 }, maxContains: 2 }, [1], 'the body with more matches than its maxContains'],
  ['uniqueItems', { uniqueItems: true, maxItems: 2 }, [1, 2], 'the body against its uniqueItems'],
  ['prefixItems', { prefixItems: [{ type: 'integer' }, { const: 'b' }] }, [1, 'b'], '/1 against its const'],
  ['not', { not: { const: 'root' } }, 'ann', 'the body against its not'],
  ['not, of members', { type: 'object', not: { required: ['b'] } }, { a: 1 }, 'the body against its not'],
  ['dependentRequired', { dependentRequired: { a: ['b'] } }, { a: 1, b: 2 }, 'without /b, which others need'],
  ['minProperties', { minProperties: 2 }, { a: 1, b: 2 }, 'the body against its minProperties'],
  ['maxProperties', { maxProperties: 2 }, { a: 1 }, 'the body against its maxProperties'],
])('%s is broken by a case of its own', (_, schema, example, title) => {
  expect(negatives(schema, example)).toContain(title);
});

test('what parts of multipart content can say wrong is said, and nothing else', () => {
  const properties = {
    title: { type: 'string', maxLength: 4 },
    count: { type: 'integer', maximum: 5 },
    tags: { type: 'array', maxItems: 2, items: { enum: ['a', 'b'] } },
    owner: { type: 'object', properties: { age: { type: 'integer' } } },
    file: { type: 'string', format: 'binary', maxLength: 9 },
  };
  const example = { title: 'a', count: 1, tags: ['a'], owner: { age: 3 }, file: 'x' };
  expect(negatives({ type: 'object', required: ['title'], properties }, example, 'multipart/form-data')).toEqual([
    'without /title',
    '/title against its maxLength',
    '/count against its type',
    '/count against its maximum',
    '/tags against its maxItems',
    '/tags/0 against its enum',
    '/owner/age against its type',
    'without a body',
  ]);
});
