export { createMiddleware, type Middleware, type MiddlewareOptions } from './middleware.js';
export { type Address, type RunningServer, serve } from './server.js';
