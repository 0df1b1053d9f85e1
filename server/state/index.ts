export { createMemoryStore } from './memory-store.js';
export { answerStore, createRemoteStore, type StoreChannel } from './remote-store.js';
export type {
  Allowance,
  ChangeOutcome,
  CollectionAddress,
  MaybePromise,
  SaveOutcome,
  SaveRequest,
  Seed,
  Store,
  Stored,
  UniqueValues,
} from './store.js';
