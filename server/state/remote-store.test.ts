import { expect, test } from '@jest/globals';
import { describeStore } from '../testing/store-suite.js';
import { createMemoryStore } from './memory-store.js';
import { answerStore, createRemoteStore, type StoreChannel } from './remote-store.js';
import type { Store } from './store.js';

/** The two ends of a channel that copies what it carries, as one between processes does. */
function createChannel(): [StoreChannel, StoreChannel] {
  const listeners: ((message: unknown) => void)[][] = [[], []];
  const end = (own: number): StoreChannel => ({
    send: (message) => {
      const copy = structuredClone(message);
      setImmediate(() => listeners[1 - own]?.forEach((listener) => void listener(copy)));
    },
    onMessage: (listener) => listeners[own]?.push(listener),
  });
  return [end(0), end(1)];
}

function share(store: Store): Store {
  const [near, far] = createChannel();
  answerStore(store, far);
  return createRemoteStore(near);
}

let kept: Store;
describeStore({
  name: 'at the other end of a channel',
  open: async () => {
    kept = createMemoryStore();
    return share(kept);
  },
  again: async () => share(kept),
});

test('an error of the store is that of the call', async () => {
  const broken = { ...createMemoryStore(), find: () => Promise.reject(new Error('gone')) };
  await expect(share(broken).find({ api: 'a', collection: 'b', scope: [] }, '1')).rejects.toThrow('gone');
});
