import { expect, test } from '@jest/globals';
import { compileDocument } from '../testing/compile-document.js';
import type { Consignment } from './dispatch.js';
import type { WebhookUrls } from './webhook-urls.js';
import { createWebhooks } from './webhooks.js';

const webhook = {
  post: {
    requestBody: {
      content: {
        'application/json': {
          schema: { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } },
          examples: { one: { value: { id: 1 } }, two: { value: { id: 2 } } },
        },
      },
    },
    responses: { 200: { description: '' } },
  },
};

function create(urls: WebhookUrls = {}, allowedHosts: readonly string[] = []) {
  const sent: Consignment[] = [];
  const contracts = [compileDocument({ webhooks: { made: webhook, gone: { delete: {} } } })];
  const webhooks = createWebhooks({
    contracts,
    urls,
    allowedHosts,
    dispatch: async (consignment) => {
      sent.push(consignment);
      return { method: consignment.request.method, url: consignment.target, status: 200 };
    },
  });
  return { webhooks, targets: () => sent.map(({ request, target }) => [request.name, target]), sent };
}

test('a webhook goes to the URLs of its name, else to those for all', async () => {
  const { webhooks, targets } = create({ '*': ['http://localhost/1', 'http://localhost/2'], gone: 'http://[::1]/' });
  expect(await webhooks.fire('made')).toMatchObject({ kind: 'sent', deliveries: [{}, {}] });
  await webhooks.fire('gone');
  await webhooks.fire('gone', { url: 'http://127.0.0.1/asked' });
  expect(targets()).toEqual([
    ['made', 'http://localhost/1'],
    ['made', 'http://localhost/2'],
    ['gone', 'http://[::1]/'],
    ['gone', 'http://127.0.0.1/asked'],
  ]);
});

test('what there is to send is listed', () => {
  expect(create({ made: 'http://localhost/' }).webhooks.list()).toEqual([
    { api: 'api', name: 'made', method: 'POST', urls: ['http://localhost/'], examples: ['one', 'two'] },
    { api: 'api', name: 'gone', method: 'DELETE', urls: [], examples: [] },
  ]);
});

test.each([
  ['an unknown name', 'unknown', {}, { kind: 'unknown', webhooks: ['made', 'gone'] }],
  ['an API that has none of the name', 'made', { api: 'other' }, { kind: 'unknown' }],
  ['no URL', 'made', {}, { kind: 'no-url' }],
  ['another machine', 'made', { url: 'http://203.0.113.1' }, { kind: 'url-refused' }],
  [
    'an unknown example',
    'made',
    { url: 'http://localhost', example: 'three' },
    { kind: 'no-example', examples: ['one', 'two'] },
  ],
  [
    'a body that its schema refuses',
    'made',
    { url: 'http://localhost', body: { id: 'x' } },
    { kind: 'invalid', violations: [{ pointer: '/id', keyword: 'type' }] },
  ],
])('nothing is sent for %s', async (_, name, request, outcome) => {
  const { webhooks, sent } = create();
  expect(await webhooks.fire(name, request)).toMatchObject(outcome);
  expect(sent).toEqual([]);
});

test.each<[WebhookUrls, RegExp]>([
  [{ made: 'http://203.0.113.1' }, /not on this machine; allow it with --allow-callbacks 203\.0\.113\.1/],
  [{ made: 'nowhere' }, /no absolute http or https URL/],
  [{ other: 'http://localhost' }, /there is no webhook "other"; there are: made, gone/],
])('%j is refused at the start', (urls, message) => {
  expect(() => create(urls)).toThrow(message);
});

test('a host that is allowed may be named', () => {
  expect(() => create({ made: 'http://203.0.113.1' }, ['203.0.113.1'])).not.toThrow();
});
