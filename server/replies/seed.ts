import { type Contract, lazyOf, type Unique } from '../contract/index.js';
import type { CollectionAddress, MaybePromise, PartitionSnapshot, SaveRequest, Store } from '../state/index.js';
import { andThen } from './and-then.js';
import { at } from './evaluate.js';
import { uniqueValues } from './resource-effect.js';

/** Puts into the store what the contract's collections start with: all of them, or one. Done at once where the store answers at once. */
export function seedStore(contract: Contract, store: Store, collection?: string): MaybePromise<void> {
  const requests = seedsOfContract(contract);
  return saveFrom(
    collection === undefined ? requests : requests.filter(({ address }) => address.collection === collection),
    store,
    0,
  );
}

/**
 * Replaces all collections by those of a snapshot. Those that it says nothing of start with what they do.
 */
export function restoreStore(
  contracts: readonly Contract[],
  store: Store,
  partitions: readonly PartitionSnapshot[],
): MaybePromise<void> {
  const known = new Set(partitions.map(({ api, collection }) => `${api}\0${collection}`));
  const requests = contracts
    .flatMap(seedsOfContract)
    .filter(({ address }) => !known.has(`${address.api}\0${address.collection}`));
  return andThen(store.restore(partitions), () => saveFrom(requests, store, 0));
}

/** Has those partitions begin anew, with what is declared of them; the others stay as they are. */
export function resetPartitions(
  contracts: readonly Contract[],
  store: Store,
  isMeant: (address: CollectionAddress) => boolean,
): MaybePromise<void> {
  const requests = contracts.flatMap(seedsOfContract).filter(({ address }) => isMeant(address));
  const fresh = { hasBegun: false, hasLived: false, lastNumber: 0, entries: [] };
  return andThen(store.snapshot(), (partitions) =>
    andThen(
      store.replace(
        partitions.filter(isMeant).map(({ api, collection, scope }) => ({ api, collection, scope, ...fresh })),
      ),
      () => saveFrom(requests, store, 0),
    ),
  );
}

function saveFrom(requests: readonly SaveRequest[], store: Store, start: number): MaybePromise<void> {
  for (let index = start; index < requests.length; index++) {
    const saved = store.save(requests[index] as SaveRequest);
    if (saved instanceof Promise) return saved.then(() => saveFrom(requests, store, index + 1));
  }
}

const seedsOfContract = lazyOf((contract: Contract): readonly SaveRequest[] => {
  const done = new Set<string>();
  const requests: SaveRequest[] = [];
  for (const { resource } of contract.declaring) {
    if (!resource || done.has(resource.name)) continue;
    done.add(resource.name);
    for (const { scope, item } of resource.seed) {
      const address = {
        api: contract.name,
        collection: resource.name,
        scope: resource.scope.map((name) => scope[name] ?? ''),
      };
      requests.push(requestOf(address, item, resource.key, resource.unique));
    }
    const { parent } = resource;
    if (!parent || done.has(parent.name)) continue;
    done.add(parent.name);
    for (const { item } of parent.seed)
      requests.push(requestOf({ api: contract.name, collection: parent.name, scope: [] }, item, parent.key, []));
  }
  return requests;
});

function requestOf(
  address: SaveRequest['address'],
  item: unknown,
  key: readonly string[],
  unique: readonly Unique[],
): SaveRequest {
  const keyValue = at(item, key) as string | number | undefined;
  return {
    address,
    item,
    key,
    ...(keyValue !== undefined && { keyValue }),
    unique: unique.map((one) => ({ pointer: one.pointer, values: uniqueValues(one, item) })),
    upsert: true,
  };
}
