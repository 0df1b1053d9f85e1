import { expect, test } from '@jest/globals';
import { compileDocument } from '../../server/testing/compile-document.js';
import { deriveSuite } from '../suite.js';

const schema = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } };
const contract = compileDocument({
  paths: {
    '/things': {
      post: {
        operationId: 'createThing',
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema,
              examples: {
                plain: { value: { name: 'plain' } },
                small: { value: { name: 'small' } },
                taken: { value: { name: 'taken' } },
              },
            },
          },
        },
        responses: {
          201: {
            description: '',
            content: {
              'application/json': {
                schema,
                examples: { plain: { value: { name: 'plain' } }, small: { value: { name: 'small' } } },
              },
            },
          },
          409: {
            description: '',
            content: {
              'application/json': { schema: { type: 'object' }, examples: { taken: { value: { why: 'taken' } } } },
            },
          },
        },
      },
    },
  },
});
const { cases } = deriveSuite([contract], {});

test.each(['plain', 'small', 'taken'])('the answer called %s is asked for with the request of that name', (name) => {
  const found = cases.find(({ kind, example }) => kind === 'documented' && example === name);
  expect(JSON.parse(found?.steps[0]?.request.body ?? '')).toEqual({ name });
});

test('a request whose documented answer is a refusal is not expected to succeed', () => {
  const titles = cases.filter(({ kind }) => kind === 'positive').map(({ title }) => title);
  expect(titles).toContain('with the example small');
  expect(titles).not.toContain('with the example taken');
});
