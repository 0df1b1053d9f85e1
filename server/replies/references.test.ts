import { expect, test } from '@jest/globals';
import { createApiClient, jsonOf } from '../testing/client.js';
import { compileDocument } from '../testing/compile-document.js';

const json = (schema: unknown, more: object = {}) => ({
  description: '',
  content: { 'application/json': { schema, ...more } },
});
const inPath = (name: string) => ({ name, in: 'path', required: true, schema: { type: 'string' } });
const owner = { type: 'object', properties: { id: { type: 'string' }, name: { type: 'string' } } };
const pet = { type: 'object', properties: { id: { type: 'string' }, ownerId: { type: ['string', 'null'] } } };
const error = { description: 'refused' };

/** `/pets` whose items have an `ownerId`, and `/owners`, both below a path. */
function clientOf(refusals: object, before = '') {
  const above = before === '' ? [] : [inPath('org')];
  const pair = (name: string, schema: object, more: object, example?: object) => ({
    [`${before}/${name}`]: {
      parameters: above,
      post: { requestBody: json(schema, { ...(example && { example }) }), responses: { 201: json(schema), ...more } },
    },
    [`${before}/${name}/{id}`]: {
      parameters: [...above, inPath('id')],
      get: { responses: { 200: json(schema), 404: error } },
      put: { requestBody: json(schema), responses: { 200: json(schema), 404: error, ...more } },
      patch: { requestBody: json(schema), responses: { 200: json(schema), 404: error, ...more } },
      delete: { responses: { 204: error, 404: error } },
    },
  });
  const paths = { ...pair('owners', owner, {}), ...pair('pets', pet, refusals, { ownerId: 'documented' }) };
  return createApiClient(compileDocument({ paths }));
}

test.each([
  [{ 422: error, 409: error, 404: error }, 422],
  [{ 409: error, 404: error }, 409],
  [{ 404: error }, 404],
])('what names an item that is not there is refused as %j says: %i', async (refusals, status) => {
  const ask = clientOf(refusals);
  await ask('POST', '/owners', { id: 'o1' });
  const reply = await ask('POST', '/pets', { id: 'p', ownerId: 'o2' });
  expect(reply).toMatchObject({
    status,
    headers: { 'standin-note': 'body/ownerId names no item of /owners' },
    violations: [{ location: 'body', pointer: '/ownerId', keyword: 'reference' }],
  });
  expect(await ask('GET', '/pets/p')).not.toMatchObject({ reason: 'state' });
  expect(await ask('POST', '/pets', { id: 'p', ownerId: 'o1' })).toMatchObject({ status: 201 });
});

test.each([
  ['names nothing', {}],
  ['names null', { ownerId: null }],
  ['names what the document shows', { ownerId: 'documented' }],
])('what %s is created', async (_what, sent) => {
  const ask = clientOf({ 422: error });
  await ask('POST', '/owners', { id: 'o1' });
  expect(await ask('POST', '/pets', { id: 'p', ...sent })).toMatchObject({ status: 201, reason: 'state' });
});

test('nobody knows what there is in a collection that clients have created nothing in, or where no refusal is documented', async () => {
  expect(await clientOf({ 422: error })('POST', '/pets', { id: 'p', ownerId: 'o2' })).toMatchObject({ status: 201 });
  const ask = clientOf({});
  await ask('POST', '/owners', { id: 'o1' });
  expect(await ask('POST', '/pets', { id: 'p', ownerId: 'o2' })).toMatchObject({ status: 201 });
});

test('a change is refused as well, of an item that is there, and changes nothing', async () => {
  const ask = clientOf({ 422: error });
  await ask('POST', '/owners', { id: 'o1' });
  await ask('POST', '/pets', { id: 'p', ownerId: 'o1' });
  expect(await ask('PATCH', '/pets/p', { ownerId: 'o2' })).toMatchObject({ status: 422 });
  expect(await ask('PUT', '/pets/p', { ownerId: 'o2' })).toMatchObject({ status: 422 });
  expect(await ask('PUT', '/pets/other', { ownerId: 'o2' })).toMatchObject({ status: 404 });
  expect(jsonOf(await ask('GET', '/pets/p'))).toEqual({ id: 'p', ownerId: 'o1' });
});

test('what is referred to is below the same item', async () => {
  const ask = clientOf({ 422: error }, '/orgs/{org}');
  await ask('POST', '/orgs/a/owners', { id: 'o1' });
  await ask('POST', '/orgs/b/owners', { id: 'o2' });
  expect(await ask('POST', '/orgs/a/pets', { id: 'p', ownerId: 'o2' })).toMatchObject({ status: 422 });
  expect(await ask('POST', '/orgs/b/pets', { id: 'p', ownerId: 'o2' })).toMatchObject({ status: 201 });
});
