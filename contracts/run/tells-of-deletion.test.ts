import { expect, test } from '@jest/globals';
import { tellsOfDeletion } from './tells-of-deletion.js';

const tells = (body: unknown, status = 200) =>
  tellsOfDeletion({ status, headers: {}, body: Buffer.from(JSON.stringify(body)) });

test.each([
  { id: '1', deleted: true },
  { id: '1', deleted_at: '2024-01-01T00:00:00Z' },
  { data: { id: '1', isArchived: true } },
  { id: '1', status: 'DELETED' },
])('%j is shown as deleted', (body) => {
  expect(tells(body)).toBe(true);
});

test.each([
  { id: '1' },
  { id: '1', deleted: false },
  { id: '1', deletedAt: null },
  { id: '1', status: 'active' },
  { title: 'deleted' },
])('%j is shown as if it were there', (body) => {
  expect(tells(body)).toBe(false);
});

test('an error tells of no deletion', () => {
  expect(tells({ deleted: true }, 500)).toBe(false);
});
