export {
  type Delivery,
  type WebhookOutcome,
  type WebhookRequest,
  type WebhookSummary,
  type Webhooks,
  WebhookUrlError,
  type WebhookUrls,
} from './callbacks/index.js';
export { type Contract, compile, type Operation, type Violation } from './contract/index.js';
export { controlPath, createControl } from './control/index.js';
export {
  type Description,
  type Diagnostic,
  DocumentError,
  type FetchOptions,
  fetchTexts,
  formatDiagnostic,
  type LoadOptions,
  loadDescriptions,
} from './documents/index.js';
export { type Middleware, type RunningServer, serve } from './http/index.js';
export { type Standin, type StandinOptions, serveContracts, standin } from './standin.js';
