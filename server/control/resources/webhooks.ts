import type { WebhookOutcome, WebhookRequest, Webhooks } from '../../callbacks/index.js';
import type { Violation } from '../../contract/index.js';
import { problem } from '../../replies/index.js';
import type { ControlReply, ControlRequest, Handlers } from '../handler.js';

/** What the API sends unasked. */
export function webhookHandlers(webhooks: Webhooks | undefined): Handlers {
  return {
    listWebhooks: () => ({ status: 200, body: { webhooks: webhooks?.list() ?? [] } }),
    fireWebhook: async ({ path, body, session }: ControlRequest<WebhookRequest | undefined>) => {
      const name = path.name as string;
      return replyTo(name, (await webhooks?.fire(name, body ?? {}, session)) ?? { kind: 'unknown', webhooks: [] });
    },
  };
}

function replyTo(name: string, outcome: WebhookOutcome): ControlReply {
  switch (outcome.kind) {
    case 'sent':
      return { status: 202, body: { deliveries: outcome.deliveries } };
    case 'unknown': {
      const { webhooks } = outcome;
      const there = webhooks.length === 0 ? 'the documents have none' : `there are: ${webhooks.join(', ')}`;
      return {
        problem: problem('webhook-unknown', {
          detail: `there is no webhook "${name}"; ${there}`,
          extensions: { webhooks },
        }),
      };
    }
    case 'no-url':
      return {
        problem: problem('webhook-nowhere', {
          detail: `"${name}" has no URL; start standin with --webhook-url ${name}=URL, or send {"url": "URL"}`,
        }),
      };
    case 'url-refused':
      return invalid([violation('/url', 'url', outcome.why)]);
    case 'no-example': {
      const { examples } = outcome;
      const there = examples.length === 0 ? 'has no named examples' : `has the examples ${examples.join(', ')}`;
      return invalid([violation('/example', 'enum', `names none: "${name}" ${there}`)], { examples });
    }
    case 'invalid':
      return invalid(outcome.violations.map((one) => ({ ...one, pointer: `/body${one.pointer}` })));
  }
}

function violation(pointer: string, keyword: string, message: string): Violation {
  return { location: 'body', pointer, keyword, message };
}

function invalid(violations: readonly Violation[], extensions: Readonly<Record<string, unknown>> = {}): ControlReply {
  const [first] = violations as [Violation];
  return {
    problem: problem('request-invalid', { detail: `body${first.pointer} ${first.message}`, violations, extensions }),
  };
}
