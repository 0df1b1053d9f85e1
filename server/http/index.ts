export { isPreflight, preflight } from './cors.js';
export { createMiddleware, type Middleware, type MiddlewareOptions } from './middleware.js';
export { send } from './send.js';
export { type Address, type RunningServer, serve } from './server.js';
