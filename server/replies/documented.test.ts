import { expect, test } from '@jest/globals';
import { requestOf } from '../testing/client.js';
import { compileOperationObject } from '../testing/compile-document.js';
import { concrete, findResponse, negotiate, successResponse } from './documented.js';

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

function accepted(accept: string | undefined, ...offered: string[]): string | undefined {
  const content = Object.fromEntries(offered.map((mediaType) => [mediaType, {}]));
  const [response] = compileOperationObject({ responses: { 200: { description: '', content } } }).responses;
  if (!response) throw new Error('no response');
  return negotiate(response, requestOf(accept === undefined ? {} : { headers: { accept } }))?.mediaType;
}

const json = 'application/json';
const xml = 'application/xml';
const problem = 'application/problem+json';

test.each([
  { accept: undefined, offered: [json, xml], chosen: json },
  { accept: '*/*', offered: [xml, json], chosen: xml },
  { accept: xml, offered: [json, xml], chosen: xml },
  { accept: 'application/xml;q=0.5, application/json', offered: [xml, json], chosen: json },
  { accept: 'application/xml;q=0.5, */*;q=0.1', offered: [json, xml], chosen: xml },
  { accept: 'application/*', offered: ['text/plain', xml], chosen: xml },
  { accept: 'application/json;q=0, */*', offered: [json, xml], chosen: xml },
  { accept: 'application/json;q=0, */*', offered: [json], chosen: undefined },
  { accept: 'text/html', offered: [json], chosen: undefined },
  { accept: 'text/html, application/json;q=0', offered: [problem], chosen: undefined },
  { accept: json, offered: [xml, problem], chosen: problem },
  { accept: 'text/html, application/json; charset=utf-8', offered: [json], chosen: json },
  { accept: problem, offered: [json], chosen: undefined },
  { accept: 'application/*', offered: ['*/*'], chosen: '*/*' },
  { accept: 'text/html', offered: ['text/*'], chosen: undefined },
])('a client that accepts $accept gets $chosen of $offered', ({ accept, offered, chosen }) => {
  expect(accepted(accept, ...offered)).toBe(chosen);
});

test.each([
  ['*/*', json],
  ['application/*', json],
  ['text/*', 'text/plain'],
  ['image/*', 'image/octet-stream'],
  [xml, xml],
])('%s is served as %s', (documented, served) => {
  expect(concrete(documented)).toBe(served);
});
