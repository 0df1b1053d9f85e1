export { createMemoryStore } from './memory-store.js';
export { answerStore, createRemoteStore, type StoreChannel } from './remote-store.js';
export type { Allowance, CollectionAddress, MaybePromise, SaveOutcome, SaveRequest, Store } from './store.js';
