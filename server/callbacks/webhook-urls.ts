import type { Contract } from '../contract/index.js';
import { whyNotAllowed } from './allowed.js';

/** Where webhooks go, by their names; those of `*` are for each that has none of its own. */
export type WebhookUrls = Readonly<Record<string, string | readonly string[]>>;

export const anyWebhook = '*';

/** The URLs that a webhook goes to. */
export function urlsOf(urls: WebhookUrls, name: string): readonly string[] {
  const given = Object.hasOwn(urls, name) ? urls[name] : urls[anyWebhook];
  return given === undefined ? [] : [given].flat();
}

/** A URL for webhooks that can't be used. */
export class WebhookUrlError extends Error {
  readonly code = 'webhook-url-invalid';

  constructor(message: string) {
    super(message);
    this.name = 'WebhookUrlError';
  }
}

/**
 * Looks whether each URL may be sent to, and each name is one of a webhook.
 *
 * @throws WebhookUrlError where it may not, or is none.
 */
export function checkWebhookUrls(
  contracts: readonly Pick<Contract, 'webhooks'>[],
  urls: WebhookUrls,
  allowedHosts: readonly string[],
): void {
  for (const [name, given] of Object.entries(urls)) {
    for (const url of [given].flat()) {
      const why = whyNotAllowed(url, allowedHosts);
      if (why !== undefined) throw new WebhookUrlError(`webhooks can't go to "${url}": ${why}`);
    }
    if (name === anyWebhook) continue;
    const known = new Set(contracts.flatMap(({ webhooks }) => webhooks().map((webhook) => webhook.name)));
    if (!known.has(name))
      throw new WebhookUrlError(
        `there is no webhook "${name}"; ${known.size === 0 ? 'the documents have none' : `there are: ${[...known].join(', ')}`}`,
      );
  }
}
