import { type Description, isObject, resolve, toPointer } from '../documents/index.js';
import { orNone } from './callback.js';
import { compileOutgoingRequests, type OutgoingContext, type OutgoingRequest } from './outgoing-request.js';

/** A request that the API makes of whoever has told it a URL by other means (OpenAPI 3.1.1 §4.8.1). */
export type Webhook = OutgoingRequest;

/** `x-webhooks` is what stands for them in OpenAPI 3.0. */
const fields = ['webhooks', 'x-webhooks'];

/** Names of the webhooks of a document, in its order. */
export function webhookNames({ root }: Description): string[] {
  return [...new Set(fields.flatMap((field) => entriesOf(root[field]).map(([name]) => name)))];
}

/** The webhooks of a document: each method of each name. */
export function compileWebhooks(context: OutgoingContext): Webhook[] {
  const { description, diagnostics } = context;
  const known = new Set<string>();
  return fields.flatMap((field) =>
    entriesOf(description.root[field]).flatMap(([name, entry]) => {
      if (known.has(name)) return [];
      known.add(name);
      return orNone(diagnostics, () =>
        compileOutgoingRequests(context, name, resolve(description, entry, toPointer([field, name]))),
      );
    }),
  );
}

function entriesOf(webhooks: unknown): [string, unknown][] {
  return Object.entries(isObject(webhooks) ? webhooks : {}).filter(([name]) => !name.startsWith('x-'));
}
