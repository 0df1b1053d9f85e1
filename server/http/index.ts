export { corsHeaders, isPreflight, preflight } from './cors.js';
export type { Exchange } from './exchange.js';
export { failure } from './failure.js';
export { createMiddleware, type Middleware, type MiddlewareOptions } from './middleware.js';
export { received } from './receive.js';
export { send } from './send.js';
export { type Address, type RunningServer, serve } from './server.js';
export { parseTarget } from './target.js';
