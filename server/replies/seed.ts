import type { Contract, Unique } from '../contract/index.js';
import type { Store } from '../state/index.js';
import { at } from './evaluate.js';
import { uniqueValues } from './resource-effect.js';

/** Puts into the store what the contract's collections start with. */
export async function seedStore(contract: Contract, store: Store): Promise<void> {
  const done = new Set<string>();
  for (const { resource } of contract.operations) {
    if (!resource || done.has(resource.name)) continue;
    done.add(resource.name);
    for (const { scope, item } of resource.seed) {
      const address = {
        api: contract.name,
        collection: resource.name,
        scope: resource.scope.map((name) => scope[name] ?? ''),
      };
      await save(store, address, item, resource.key, resource.unique);
    }
    const { parent } = resource;
    if (!parent || done.has(parent.name)) continue;
    done.add(parent.name);
    for (const { item } of parent.seed)
      await save(store, { api: contract.name, collection: parent.name, scope: [] }, item, parent.key, []);
  }
}

async function save(
  store: Store,
  address: Parameters<Store['save']>[0]['address'],
  item: unknown,
  key: readonly string[],
  unique: readonly Unique[],
): Promise<void> {
  const keyValue = at(item, key) as string | number | undefined;
  await store.save({
    address,
    item,
    key,
    ...(keyValue !== undefined && { keyValue }),
    unique: unique.map((one) => ({ pointer: one.pointer, values: uniqueValues(one, item) })),
    upsert: true,
  });
}
