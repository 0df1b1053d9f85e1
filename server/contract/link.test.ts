import { expect, test } from '@jest/globals';
import { compileDocument, compileOperationObject } from '../testing/compile-document.js';

test('the links of a response are known, with their expressions read', () => {
  const links = {
    next: {
      operationId: 'getThing',
      parameters: { 'path.id': '$response.body#/id', limit: 5 },
      requestBody: { a: 1 },
    },
    again: { $ref: '#/components/links/Again' },
  };
  const { responses } = compileOperationObject(
    { responses: { 200: { description: '', links } } },
    { components: { links: { Again: { operationRef: '#/paths/~1x/get' } } } },
  );
  expect(responses[0]?.links).toMatchObject([
    {
      name: 'next',
      operationId: 'getThing',
      parameters: {
        'path.id': { text: [{ source: 'response', part: 'body', keys: ['id'] }] },
        limit: { value: 5 },
      },
      requestBody: { value: { a: 1 } },
    },
    { name: 'again', operationRef: '#/paths/~1x/get', parameters: {}, pointer: '/components/links/Again' },
  ]);
});

test('a link that leads nowhere is reported, and its operation is served', () => {
  const links = { next: { $ref: '#/components/links/None' } };
  const responses = { 200: { description: '', links } };
  const { operations, diagnostics } = compileDocument({ paths: { '/': { get: { responses } } } });
  expect(operations[0]?.responses[0]?.links).toEqual([]);
  expect(diagnostics).toMatchObject([{ rule: 'unresolved-reference', severity: 'warning' }]);
});
