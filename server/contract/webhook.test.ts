import { expect, test } from '@jest/globals';
import { compileDocument } from '../testing/compile-document.js';

const json = { content: { 'application/json': { example: { id: 1 } } } };

test('each method of each webhook is known, behind its references, with what its receiver may answer', () => {
  const contract = compileDocument({
    webhooks: {
      made: { $ref: '#/components/pathItems/Made' },
      gone: { delete: { responses: { '2xx': { description: '' }, default: { description: '' } } }, put: {} },
    },
    components: { pathItems: { Made: { post: { summary: 'made', requestBody: json } } } },
  });
  expect(contract.webhooks()).toMatchObject([
    { name: 'made', method: 'POST', summary: 'made', pointer: '/components/pathItems/Made/post', requestBody: {} },
    { name: 'gone', method: 'PUT', statuses: [] },
    { name: 'gone', method: 'DELETE', statuses: ['2XX', 'default'] },
  ]);
});

test('OpenAPI 3.0 has them as x-webhooks', () => {
  const contract = compileDocument({ openapi: '3.0.3', 'x-webhooks': { made: { post: { requestBody: json } } } });
  expect(contract.webhooks().map(({ name }) => name)).toEqual(['made']);
});

test('a webhook has the security of the document, unless it says otherwise', () => {
  const contract = compileDocument({
    security: [{ key: [] }],
    components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
    webhooks: { made: { post: {} }, open: { post: { security: [] } } },
  });
  expect(contract.webhooks().map(({ security }) => security.length)).toEqual([1, 0]);
});

test('one that leads nowhere is reported, and the others are known', () => {
  const contract = compileDocument({
    webhooks: { lost: { $ref: '#/components/pathItems/None' }, made: { post: {} } },
  });
  expect(contract.webhooks().map(({ name }) => name)).toEqual(['made']);
  expect(contract.diagnostics).toContainEqual(
    expect.objectContaining({ rule: 'unresolved-reference', severity: 'warning' }),
  );
});
