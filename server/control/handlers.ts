import type { Contract } from '../contract/index.js';
import type { ControlOptions } from './control.js';
import { coverageHandlers } from './coverage/handlers.js';
import { forcedHandlers } from './forced/handlers.js';
import type { Handlers } from './handler.js';
import { journalHandlers } from './journal/handlers.js';
import { metricsHandlers } from './metrics/handlers.js';
import { apiHandlers } from './resources/apis.js';
import { collectionHandlers } from './resources/collections.js';
import { processHandlers } from './resources/process.js';
import { sessionHandlers } from './resources/sessions.js';
import { snapshotHandlers } from './resources/snapshot.js';
import { webhookHandlers } from './resources/webhooks.js';

/**
 * What does the work of each operation of the control API.
 *
 * @throws Error where the document and the handlers differ in what there is.
 */
export function createHandlers(options: ControlOptions, document: Contract): Handlers {
  const { contracts, version, sessions, recorder, webhooks, metrics } = options;
  const handlers: Handlers = {
    ...processHandlers(options, document.description.source.value),
    ...metricsHandlers(metrics),
    ...apiHandlers(contracts),
    ...collectionHandlers(contracts),
    ...snapshotHandlers(contracts, version),
    ...sessionHandlers(sessions),
    ...forcedHandlers(contracts),
    ...journalHandlers(recorder, version, sessions),
    ...webhookHandlers(webhooks),
    ...coverageHandlers(contracts, recorder),
  };
  const documented = new Set(document.operations.map(({ id }) => id));
  const differing = [
    ...[...documented].filter((id) => !Object.hasOwn(handlers, id)),
    ...Object.keys(handlers).filter((id) => !documented.has(id)),
  ];
  if (differing.length > 0) throw new Error(`the control API differs from its document in ${differing.join(', ')}`);
  return handlers;
}
