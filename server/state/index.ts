export { createMemoryStore } from './memory-store.js';
export type {
  Allowance,
  Change,
  CollectionAddress,
  MaybePromise,
  SaveOutcome,
  SaveRequest,
  Seed,
  Store,
  UniqueValues,
  UpdateOutcome,
} from './store.js';
