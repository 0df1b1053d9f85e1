import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type express from 'express';
import type { Express } from 'express';
import type { Webhooks } from '../callbacks/index.js';
import type { Contract } from '../contract/index.js';
import { isPreflight, preflight, send } from '../http/index.js';
import { problem, type Reply } from '../replies/index.js';
import { fireWebhook } from './fire-webhook.js';

/** It takes longer to load than all the rest, and no request of an API needs it. */
const loadExpress = () => createRequire(import.meta.url)('express') as typeof express;

/** Everything standin says of itself is under this path. */
export const controlPath = '/_standin';

/** Whether a request target is standin's own, and no API's. */
export function isControl(target: string | undefined): boolean {
  return (
    target === controlPath ||
    target?.startsWith(`${controlPath}/`) === true ||
    target?.startsWith(`${controlPath}?`) === true
  );
}

export interface ControlOptions {
  readonly contracts: readonly Contract[];
  /** Of standin itself. */
  readonly version: string;
  /** Resolves once requests can be answered. */
  readonly ready: Promise<void>;
  /** Of the middleware whose contracts these are; without, none can be sent. */
  readonly webhooks?: Webhooks;
}

/**
 * The control plane: `GET /_standin/health` says that standin is ready, and what it serves; `GET /_standin/webhooks` lists
 * the webhooks, and `POST /_standin/webhooks/NAME` sends one.
 */
export function createControl({ contracts, version, ready, webhooks }: ControlOptions): Express {
  const app = loadExpress()();
  app.disable('x-powered-by');
  app.disable('etag');
  app.get(`${controlPath}/health`, async (request, response) => {
    await ready;
    sendJson(request, response, {
      status: 'pass',
      standin: version,
      apis: contracts.map(({ name, title, version: apiVersion, operations }) => ({
        name,
        title,
        version: apiVersion,
        operations: operations.length,
      })),
    });
  });
  if (webhooks) {
    app.get(`${controlPath}/webhooks`, (request, response) =>
      sendJson(request, response, { webhooks: webhooks.list() }),
    );
    app.post(`${controlPath}/webhooks/:name`, async (request, response) => {
      await ready;
      send(request, response, noStore(await fireWebhook(webhooks, request.params.name, request)));
    });
  }
  app.use((request, response) => {
    const allow = methodsOf(request.path, webhooks !== undefined);
    const { headers, method, path } = request;
    if (isPreflight(method, headers)) send(request, response, preflight(headers, allow));
    else if (allow.length > 0)
      send(
        request,
        response,
        problem('method-not-allowed', {
          detail: `use ${allow[0]} for ${path}`,
          headers: { allow: allow.join(', ') },
        }),
      );
    else
      send(
        request,
        response,
        problem('path-not-found', {
          detail: `standin has no ${path} of its own; it has ${controlPath}/health${webhooks ? ` and ${controlPath}/webhooks` : ''}`,
        }),
      );
  });
  return app;
}

/** The methods of a path of the control plane; none where there is nothing. */
function methodsOf(path: string, hasWebhooks: boolean): readonly string[] {
  if (path === `${controlPath}/health`) return ['GET', 'HEAD'];
  if (!hasWebhooks) return [];
  if (path === `${controlPath}/webhooks`) return ['GET', 'HEAD'];
  return /^\/webhooks\/[^/]+$/.test(path.slice(controlPath.length)) ? ['POST'] : [];
}

function sendJson(request: IncomingMessage, response: ServerResponse, value: unknown): void {
  const headers = { 'content-type': 'application/json' };
  const reply: Reply = { status: 200, headers, body: Buffer.from(JSON.stringify(value)), reason: 'example' };
  send(request, response, noStore(reply));
}

function noStore(reply: Reply): Reply {
  return { ...reply, headers: { ...reply.headers, 'cache-control': 'no-store' } };
}
