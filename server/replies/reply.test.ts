import { expect, test } from '@jest/globals';
import { createClient } from '../testing/client.js';
import { compileDocument } from '../testing/compile-document.js';

/** `POST /things`, whose items have an id; it tells of its events where something follows them. */
function clientOf(fires: Readonly<Record<string, unknown>>) {
  const contract = compileDocument({
    webhooks: { made: { post: {} } },
    paths: {
      '/things': {
        post: {
          'x-standin-resource': { name: 'things' },
          requestBody: {
            content: {
              'application/json': { schema: { required: ['id'], properties: { id: { type: 'string' } } } },
            },
          },
          responses: { 201: { description: '' }, 409: { description: '' }, 422: { description: '' } },
          ...fires,
        },
      },
    },
  });
  return createClient(contract);
}

test('a reply says what led to it, where webhooks may follow', async () => {
  const client = clientOf({ 'x-standin-fires': { webhook: 'made' } });
  expect(await client({ json: { id: 'a' } })).toMatchObject({ status: 201, event: 'resource.created' });
  expect(await client({ json: { id: 'a' } })).toMatchObject({ status: 409, event: 'resource.conflict' });
  expect(await client({ json: {} })).toMatchObject({ status: 422, event: 'request.invalid' });
});

test('otherwise nobody would ask', async () => {
  expect(await clientOf({})({ json: { id: 'a' } })).not.toHaveProperty('event');
});
