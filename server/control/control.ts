import express, { type Express } from 'express';
import type { Contract } from '../contract/index.js';

/** Everything standin says of itself is under this path. */
export const controlPath = '/_standin';

export interface ControlOptions {
  readonly contracts: readonly Contract[];
  /** Of standin itself. */
  readonly version: string;
  /** Resolves once requests can be answered. */
  readonly ready: Promise<void>;
}

/** The control plane: `GET /_standin/health` says that standin is ready, and what it serves. */
export function createControl({ contracts, version, ready }: ControlOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.get(`${controlPath}/health`, async (_request, response) => {
    await ready;
    response.set('Cache-Control', 'no-store').json({
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
  return app;
}
