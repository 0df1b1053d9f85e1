export { createMemoryStore } from './memory-store.js';
export type { Allowance, CollectionAddress, MaybePromise, SaveOutcome, SaveRequest, Store } from './store.js';
