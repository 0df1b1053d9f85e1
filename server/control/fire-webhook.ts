import type { IncomingMessage } from 'node:http';
import type { WebhookOutcome, WebhookRequest, Webhooks } from '../callbacks/index.js';
import { essenceOf, isJson, type Violation } from '../contract/index.js';
import { isObject } from '../documents/index.js';
import { problem, type Reply } from '../replies/index.js';

/** What is said of a webhook to send is a few lines, besides its body. */
const bodyMaxBytes = 10 * 1024 * 1024;

/** Sends a webhook as the request's JSON says, and says how that went: 202, or a problem where nothing was sent. */
export async function fireWebhook(webhooks: Webhooks, name: string, request: IncomingMessage): Promise<Reply> {
  const asked = await readAsked(request);
  return 'refusal' in asked ? asked.refusal : replyTo(name, await webhooks.fire(name, asked.webhook));
}

function replyTo(name: string, outcome: WebhookOutcome): Reply {
  switch (outcome.kind) {
    case 'sent': {
      const body = Buffer.from(JSON.stringify({ deliveries: outcome.deliveries }));
      return { status: 202, headers: { 'content-type': 'application/json' }, body, reason: 'example' };
    }
    case 'unknown': {
      const { webhooks } = outcome;
      const there = webhooks.length === 0 ? 'the documents have none' : `there are: ${webhooks.join(', ')}`;
      return problem('webhook-unknown', {
        detail: `there is no webhook "${name}"; ${there}`,
        extensions: { webhooks },
      });
    }
    case 'no-url':
      return problem('webhook-nowhere', {
        detail: `"${name}" has no URL; start standin with --webhook-url ${name}=URL, or send {"url": "URL"}`,
      });
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

type Asked = { readonly webhook: WebhookRequest } | { readonly refusal: Reply };

async function readAsked(request: IncomingMessage & { readonly body?: unknown }): Promise<Asked> {
  // Somebody may have read and parsed it before us.
  if (isObject(request.body)) return judge(request.body);
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > bodyMaxBytes)
      return {
        refusal: problem('content-too-large', {
          detail: `the body is over ${bodyMaxBytes} bytes`,
          headers: { connection: 'close' },
        }),
      };
    chunks.push(chunk);
  }
  if (length === 0) return { webhook: {} };
  // A page of another origin may send any other type unasked.
  if (!isJson(essenceOf(request.headers['content-type'] ?? '') ?? ''))
    return {
      refusal: problem('media-type-unsupported', {
        detail: 'send JSON, with the Content-Type application/json',
        headers: { accept: 'application/json' },
      }),
    };
  let value: unknown;
  try {
    value = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch (error) {
    const found = violation('', 'syntax', `is no JSON: ${(error as Error).message}`);
    return { refusal: problem('request-malformed', { detail: `body ${found.message}`, violations: [found] }) };
  }
  return judge(value);
}

function judge(value: unknown): Asked {
  const wrong = faultsOf(value);
  return wrong.length > 0 ? { refusal: invalid(wrong) } : { webhook: value as WebhookRequest };
}

const members = ['api', 'url', 'example', 'body'];

function faultsOf(value: unknown): Violation[] {
  if (!isObject(value)) return [violation('', 'type', 'must be object')];
  return Object.entries(value).flatMap(([name, member]) => {
    if (!members.includes(name))
      return [violation(`/${name}`, 'additionalProperties', `is none of ${members.join(', ')}`)];
    return name === 'body' || typeof member === 'string' ? [] : [violation(`/${name}`, 'type', 'must be string')];
  });
}

function violation(pointer: string, keyword: string, message: string): Violation {
  return { location: 'body', pointer, keyword, message };
}

function invalid(violations: readonly Violation[], extensions: Readonly<Record<string, unknown>> = {}): Reply {
  const [first] = violations as [Violation];
  return problem('request-invalid', { detail: `body${first.pointer} ${first.message}`, violations, extensions });
}
