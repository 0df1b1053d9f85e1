import { expect, test } from '@jest/globals';
import { compileDocument } from '../../server/testing/compile-document.js';
import { createMatrix } from '../report/matrix.js';
import { runCase } from '../run/run-case.js';
import { startTarget } from '../run/target.js';
import { deriveCases } from './index.js';

const impossible = { type: 'object', required: ['a'], properties: { a: false } };
const answered = (schema: unknown, example?: unknown) => ({
  description: '',
  content: { 'application/json': { schema, ...(example !== undefined && { example }) } },
});

test.each([
  [
    'a schema that nothing satisfies',
    answered(impossible),
    /no value was found that the documented schema accepts: \/a/,
  ],
  ['an example that violates it', answered(impossible, { b: 1 }), /violates its own schema: \/a is required/],
])('a status with %s is not provokable, and says why', async (_what, response, why) => {
  const contract = compileDocument({
    paths: {
      '/a': {
        get: {
          parameters: [{ name: 'q', in: 'query', required: true, schema: { type: 'integer' } }],
          responses: { 200: response, 400: response, 404: answered({ type: 'string' }) },
        },
      },
    },
  });
  const { cases, gaps } = deriveCases(contract);
  const target = await startTarget([contract]);
  const outcomes = await Promise.all(cases.map((one) => runCase(contract, one, target)));
  await target.close(0);
  const matrix = createMatrix([contract], outcomes, gaps).filter(({ isDocumented }) => isDocumented);
  expect(matrix.map(({ status, verdict }) => `${status} ${verdict}`)).toEqual([
    '200 not provokable',
    '400 not provokable',
    '404 proved',
  ]);
  for (const row of matrix.slice(0, 2)) expect(row.why.join()).toMatch(why);
});
