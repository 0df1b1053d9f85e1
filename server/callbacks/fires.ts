import type { Chance, Contract, Fire, Operation } from '../contract/index.js';
import { lazy } from '../contract/index.js';
import {
  type ApiRequest,
  andThen,
  decodeParameters,
  fill,
  findResponse,
  type Reply,
  readBody,
  type Scope,
} from '../replies/index.js';
import { type FollowUp, isDelivery } from './callbacks.js';
import type { Delivery } from './delivery.js';
import type { Dispatch } from './dispatch.js';
import { namedByClient } from './named-by-client.js';
import { replyBody } from './resolve-url.js';
import { urlsOf, type WebhookUrls } from './webhook-urls.js';

interface FiresOptions {
  readonly contracts: readonly Contract[];
  readonly urls: WebhookUrls;
  readonly dispatch: Dispatch;
  readonly chance: Chance;
  /** Told of what is not sent for want of a URL. */
  readonly onDelivery: (delivery: Delivery) => void;
}

/** Sends the webhooks that operations declare to follow their replies (`x-standin-fires`). */
export function createFires({ contracts, urls, dispatch, chance, onDelivery }: FiresOptions): FollowUp {
  const contractOf = lazy(
    () =>
      new Map(contracts.flatMap((contract) => contract.operations.map((operation) => [operation, contract] as const))),
  );
  const send = (
    operation: Operation,
    { webhook: name, body }: Fire,
    scope: Scope,
    example: string | undefined,
    session: string | undefined,
  ) => {
    const value = body && fill(body, scope);
    const found = contractOf()
      .get(operation)
      ?.webhooks()
      .filter((webhook) => webhook.name === name);
    for (const request of found ?? []) {
      const about = { operation: operation.id, webhook: name, method: request.method };
      const targets = urlsOf(urls, name);
      if (targets.length === 0)
        onDelivery({ ...about, error: `it has no URL; give it one with --webhook-url ${name}=URL` });
      for (const target of targets)
        dispatch({
          kind: 'webhook',
          request,
          target,
          body: { example, ...(value !== undefined && { value }) },
          operation: operation.id,
          session,
        }).catch(() => {});
    }
  };
  return (operation, request, reply, session) => {
    if (operation.fires.length === 0 || reply.reason === 'problem' || isDelivery(request)) return;
    const due = operation.fires.filter((fire) => isDue(fire, operation, reply));
    if (due.length === 0) return;
    return andThen(readBody(operation.requestBody, request), (body) => {
      const scope = scopeOf(operation, request, reply, body.kind === 'read' ? body.value : undefined, chance);
      for (const fire of due) send(operation, fire, scope, namedByClient(request), session);
    });
  };
}

function isDue({ response, when }: Fire, operation: Operation, { status, event }: Reply): boolean {
  if (response !== undefined && findResponse(operation, status)?.response.status !== response) return false;
  if (when.length === 0) return response !== undefined || status < 400;
  return when.some((condition) =>
    'event' in condition
      ? condition.event === event
      : condition.status === String(status) || condition.status === `${String(status)[0]}XX`,
  );
}

function scopeOf(operation: Operation, request: ApiRequest, reply: Reply, body: unknown, chance: Chance): Scope {
  const { violations: _, ...parameters } = decodeParameters(operation, request);
  return {
    request: { method: request.method, url: request.url, ...parameters, body },
    reply: { status: reply.status, header: reply.headers, body: replyBody(reply) },
    chance,
  };
}
