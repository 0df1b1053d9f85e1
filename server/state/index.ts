export { createMemoryStore, createMemoryStores } from './memory-store.js';
export { createRemoteSessions, type RemoteSessions } from './remote-sessions.js';
export type { StoreChannel } from './remote-store.js';
export {
  createSessions,
  defaultSessionLimits,
  type SessionInfo,
  type SessionLimits,
  type Sessions,
  sharedSession,
} from './sessions.js';
export { createSessionsHub, type SessionsHub } from './sessions-hub.js';
export { openStateFile, type StateFile, StateFileError } from './state-file.js';
export type {
  Allowance,
  ChangeOutcome,
  ChangeRequest,
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
