import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type express from 'express';
import type { Express } from 'express';
import type { Contract } from '../contract/index.js';
import { isPreflight, preflight, send } from '../http/index.js';
import { problem } from '../replies/index.js';

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
}

/** The control plane: `GET /_standin/health` says that standin is ready, and what it serves. */
export function createControl({ contracts, version, ready }: ControlOptions): Express {
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
  app.use((request, response) => {
    const known = request.path === `${controlPath}/health`;
    const { headers, method, path } = request;
    if (isPreflight(method, headers)) send(request, response, preflight(headers, ['GET', 'HEAD']));
    else if (known)
      send(
        request,
        response,
        problem('method-not-allowed', { detail: `use GET for ${path}`, headers: { allow: 'GET, HEAD' } }),
      );
    else
      send(
        request,
        response,
        problem('path-not-found', { detail: `standin has no ${path} of its own; it has ${controlPath}/health` }),
      );
  });
  return app;
}

function sendJson(request: IncomingMessage, response: ServerResponse, value: unknown): void {
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };
  send(request, response, { status: 200, headers, body: Buffer.from(JSON.stringify(value)), reason: 'example' });
}
