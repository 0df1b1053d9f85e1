export { andThen } from './and-then.js';
export type { ApiRequest, RequestContent } from './api-request.js';
export { challenges } from './credentials.js';
export { type DecisionContext, decide } from './decide.js';
export { findResponse, successResponse } from './documented.js';
export { toHeaderText } from './preferences.js';
export { type ProblemDetails, type ProblemName, problem, problems } from './problem.js';
export { type Reply, type ReplyReason, withHeaders } from './reply.js';
export { seedStore } from './seed.js';
