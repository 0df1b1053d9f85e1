export { createMemoryStore } from './memory-store.js';
export { answerStore, createRemoteStore, type StoreChannel } from './remote-store.js';
export { createSessions, type SessionInfo, type SessionLimits, type Sessions, sharedSession } from './sessions.js';
export type {
  Allowance,
  ChangeOutcome,
  CollectionAddress,
  Forced,
  MaybePromise,
  PartitionSnapshot,
  Recorded,
  SaveOutcome,
  SaveRequest,
  Seed,
  Store,
  Stored,
  UniqueValues,
} from './store.js';
