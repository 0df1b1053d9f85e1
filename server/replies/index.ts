export { andThen } from './and-then.js';
export type { ApiRequest, DecodedReply, DecodedRequest, RequestContent } from './api-request.js';
export { challenges } from './challenges.js';
export { beginPartition, seedsOf } from './collection-seeds.js';
export { bodyAllowed, transportHeaders } from './compose.js';
export { type DecisionContext, decide } from './decide.js';
export { type DecodedParameters, decodeParameters } from './decode-parameters.js';
export { type Documented, findResponse, successResponse } from './documented.js';
export { at, evaluate, fill, holds, isMet, type Scope } from './evaluate.js';
export { fits } from './fits.js';
export { checkForced, type ForcedReply, forcedKey } from './forced.js';
export {
  bindHandlers,
  type CreateOutcome,
  type Handler,
  type HandlerContext,
  type HandlerHeader,
  type HandlerReply,
  type HandlerRequest,
  type HandlerState,
  type Handlers,
  HandlersError,
  type Handling,
  type Item,
  type OperationTypes,
  type PartitionOptions,
  type RequestOf,
  type Status,
  type StatusOf,
  type UpdateOutcome,
} from './handler/index.js';
export { documentedItem, faultsOfItem } from './item-body.js';
export { type ListParameter, type ListParameters, listParameters } from './list-parameters.js';
export { preferenceApplied, readPreferences, toHeaderText } from './preferences.js';
export { type ProblemDetails, type ProblemName, problem, problems } from './problem.js';
export { readBody } from './read-body.js';
export { type Reply, type ReplyReason, withHeaders } from './reply.js';
export { allUniqueValues } from './resource-effect.js';
export { resetPartitions, restoreStore, seedStore } from './seed.js';
