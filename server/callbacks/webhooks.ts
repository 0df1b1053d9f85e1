import type { Contract, Violation, Webhook } from '../contract/index.js';
import { whyNotAllowed } from './allowed.js';
import { type BodyChoice, bodyViolations, exampleNames } from './compose-request.js';
import type { Delivery } from './delivery.js';
import type { Dispatch } from './dispatch.js';
import { checkWebhookUrls, urlsOf, type WebhookUrls } from './webhook-urls.js';

/** A webhook, and where it goes. */
export interface WebhookSummary {
  /** Name of the API. */
  readonly api: string;
  readonly name: string;
  readonly method: string;
  readonly summary?: string;
  readonly urls: readonly string[];
  /** Names of its examples. */
  readonly examples: readonly string[];
}

export interface WebhookRequest {
  /** Name of the API, where several have a webhook of the name; all of them by default. */
  readonly api?: string;
  /** Where to, in the place of the URLs that were given for it. */
  readonly url?: string;
  /** Name of the example to send. */
  readonly example?: string;
  /** What to send in the place of an example. */
  readonly body?: unknown;
}

export type WebhookOutcome =
  | { readonly kind: 'sent'; readonly deliveries: readonly Delivery[] }
  | { readonly kind: 'unknown'; readonly webhooks: readonly string[] }
  | { readonly kind: 'no-url' }
  | { readonly kind: 'url-refused'; readonly why: string }
  | { readonly kind: 'no-example'; readonly examples: readonly string[] }
  | { readonly kind: 'invalid'; readonly violations: readonly Violation[] };

export interface Webhooks {
  readonly list: () => readonly WebhookSummary[];
  /** Sends a webhook to its URLs, on behalf of a session. Resolves with how that went, or why it was not done. Never rejects. */
  readonly fire: (name: string, request?: WebhookRequest, session?: string) => Promise<WebhookOutcome>;
}

interface WebhooksOptions {
  readonly contracts: readonly Contract[];
  readonly urls: WebhookUrls;
  readonly allowedHosts: readonly string[];
  readonly dispatch: Dispatch;
}

/**
 * The webhooks of the contracts. No document says where they go: that is given, once and for all or with each request.
 *
 * @throws WebhookUrlError where a URL can't be used.
 */
export function createWebhooks({ contracts, urls, allowedHosts, dispatch }: WebhooksOptions): Webhooks {
  checkWebhookUrls(contracts, urls, allowedHosts);
  const find = (name: string, api: string | undefined): Webhook[] =>
    contracts
      .filter((contract) => api === undefined || contract.name === api)
      .flatMap(({ webhooks }) => webhooks().filter((webhook) => webhook.name === name));
  return {
    list: () =>
      contracts.flatMap(({ name: api, webhooks }) =>
        webhooks().map((webhook) => {
          const { name, method, summary } = webhook;
          const about = { api, name, method, ...(summary !== undefined && { summary }) };
          return { ...about, urls: urlsOf(urls, name), examples: exampleNames(webhook) };
        }),
      ),
    fire: async (name, { api, url, example, body } = {}, session) => {
      const found = find(name, api);
      if (found.length === 0) {
        const names = contracts.flatMap(({ webhooks }) => webhooks().map((webhook) => webhook.name));
        return { kind: 'unknown', webhooks: [...new Set(names)] };
      }
      const why = url === undefined ? undefined : whyNotAllowed(url, allowedHosts);
      if (why !== undefined) return { kind: 'url-refused', why };
      const targets = url === undefined ? urlsOf(urls, name) : [url];
      if (targets.length === 0) return { kind: 'no-url' };
      const examples = found.flatMap(exampleNames);
      if (example !== undefined && !examples.includes(example)) return { kind: 'no-example', examples };
      const violations = body === undefined ? [] : found.flatMap((webhook) => bodyViolations(webhook, body));
      if (violations.length > 0) return { kind: 'invalid', violations };
      const choice: BodyChoice = { example, ...(body !== undefined && { value: body }) };
      const sent = found.flatMap((request) =>
        targets.map((target) => dispatch({ kind: 'webhook', request, target, body: choice, isAwaited: true, session })),
      );
      return { kind: 'sent', deliveries: await Promise.all(sent) };
    },
  };
}
