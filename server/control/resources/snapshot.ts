import type { Contract } from '../../contract/index.js';
import { restoreStore } from '../../replies/index.js';
import type { PartitionSnapshot } from '../../state/index.js';
import { type ControlRequest, done, type Handlers } from '../handler.js';

/** All that a document's collections hold, to be kept and put back. */
export function snapshotHandlers(contracts: readonly Contract[], version: string): Handlers {
  return {
    readSnapshot: async ({ store }) => ({
      status: 200,
      body: { standin: version, collections: await store.snapshot() },
    }),
    restoreSnapshot: async ({
      store,
      body,
    }: ControlRequest<{ readonly collections: readonly PartitionSnapshot[] }>) => {
      await restoreStore(contracts, store, body.collections);
      return done;
    },
  };
}
