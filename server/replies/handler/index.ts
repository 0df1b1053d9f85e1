export { bindHandlers, HandlersError } from './bind.js';
export { type Handling, handle } from './handle.js';
export type {
  Handler,
  HandlerContext,
  HandlerHeader,
  HandlerReply,
  HandlerRequest,
  Handlers,
  OperationTypes,
  RequestOf,
} from './handler.js';
export type { CreateOutcome, HandlerState, Item, PartitionOptions, UpdateOutcome } from './state.js';
export type { Status, StatusOf } from './status.js';
