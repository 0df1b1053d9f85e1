import { expect, test } from '@jest/globals';
import { createChannel } from '../testing/channel.js';
import { describeStore } from '../testing/store-suite.js';
import { createMemoryStore } from './memory-store.js';
import { answerCalls, callStore, createAsk, createRemoteStore } from './remote-store.js';
import type { Store } from './store.js';

function share(store: Store): Store {
  const [near, far] = createChannel();
  answerCalls(far, (_, method, parameters) => callStore(store, method, parameters));
  return createRemoteStore(createAsk(near), 'session');
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
