import { expect, test } from '@jest/globals';
import { readContractReport, rowsOfReport } from './contract-report.js';

const row = { api: 'shop', operation: 'list', status: '200', isDocumented: true, verdict: 'proved', why: [] };
const list = {
  id: 'list',
  method: 'GET',
  path: '/things',
  requests: 0,
  parameters: [],
  requestBodies: [],
  responses: [],
};
const coverage = { summary: {}, apis: [{ name: 'shop', operations: [list] }] };

test('a row for each operation has a cell for each documented status, with its examples', () => {
  const examples = [{ name: 'few', verdict: 'proved' }];
  const matrix = [
    { ...row, mediaTypes: [{ examples }, { examples: [{ name: 'few', verdict: 'violated' }] }] },
    { ...row, status: '404', verdict: 'not provokable', why: ['nothing leads to it'] },
    { ...row, status: '401', isDocumented: false },
    { ...row, api: 'other', operation: 'x' },
  ];
  expect(rowsOfReport(readContractReport(JSON.stringify({ matrix })), coverage)).toEqual([
    {
      api: 'shop',
      id: 'list',
      label: 'GET /things',
      cells: [
        { status: '200', mark: { kind: 'proved' }, examples: [{ name: 'few', mark: { kind: 'violated' } }] },
        { status: '404', mark: { kind: 'not provokable', why: 'nothing leads to it' }, examples: [] },
      ],
    },
    { api: 'other', id: 'x', label: 'x', cells: [{ status: '200', mark: { kind: 'proved' }, examples: [] }] },
  ]);
});

test.each([
  ['{', 'no JSON'],
  ['null', 'no report'],
  ['{"matrix":{}}', 'no report'],
  ['{"matrix":[{"api":"a"}]}', '/matrix/0'],
])('%s is refused', (text, why) => {
  expect(() => readContractReport(text)).toThrow(why);
});
