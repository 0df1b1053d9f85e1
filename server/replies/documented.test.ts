import { expect, test } from '@jest/globals';
import { compileOperationObject } from '../testing/compile-document.js';
import { findResponse, successResponse } from './documented.js';

const documenting = (...statuses: string[]) =>
  compileOperationObject({ responses: Object.fromEntries(statuses.map((status) => [status, { description: '' }])) });

test.each([
  { documented: ['default', '4XX', '409'], status: 409, found: '409' },
  { documented: ['default', '4XX', '404'], status: 409, found: '4XX' },
  { documented: ['default', '5XX'], status: 409, found: 'default' },
  { documented: ['404', '5XX'], status: 409, found: undefined },
])('of $documented, the response for $status is $found', ({ documented, status, found }) => {
  expect(findResponse(documenting(...documented), status)?.response.status).toBe(found);
});

test('`default` may be left out of the search', () => {
  expect(findResponse(documenting('default'), 409, { withDefault: false })).toBeUndefined();
});

test.each([
  { documented: ['400', '204', '201'], status: 201, key: '201' },
  { documented: ['400', 'default', '2XX'], status: 200, key: '2XX' },
  { documented: ['400', 'default'], status: 200, key: 'default' },
  { documented: ['404', '302'], status: 302, key: '302' },
  { documented: ['4XX'], status: 400, key: '4XX' },
])('of $documented, what goes well is answered with $status', ({ documented, status, key }) => {
  expect(successResponse(documenting(...documented))).toMatchObject({ status, response: { status: key } });
});
