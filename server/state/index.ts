import type { createRedisSessions as create } from './redis-sessions.js';

export { recordsMax } from './memory-records.js';
export { createMemoryStore, createMemoryStores } from './memory-store.js';
export { recordsSizeMax } from './record-budget.js';
export type { RecordPage } from './record-page.js';
export type { RedisSessions, RedisSessionsOptions } from './redis-sessions.js';
export { parseRedisUrl } from './redis-url.js';
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
export { StateUnavailable } from './unavailable.js';

/** See `createRedisSessions` of redis-sessions.ts: loaded by those alone who use it. */
export const createRedisSessions: typeof create = async (...parameters) =>
  (await import('./redis-sessions.js')).createRedisSessions(...parameters);
