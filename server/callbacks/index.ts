export { isHost } from './allowed.js';
export { createCallbacks, type FollowUp } from './callbacks.js';
export type { Delivery } from './delivery.js';
export { createDispatch, type DispatchOptions } from './dispatch.js';
export { createFires } from './fires.js';
export { anyWebhook, checkWebhookUrls, WebhookUrlError, type WebhookUrls } from './webhook-urls.js';
export {
  createWebhooks,
  type WebhookOutcome,
  type WebhookRequest,
  type WebhookSummary,
  type Webhooks,
} from './webhooks.js';
