import { type Contract, lazyOf, type Resource } from '../contract/index.js';
import type { CollectionAddress, MaybePromise, Store } from '../state/index.js';
import { andThen } from './and-then.js';
import { at } from './evaluate.js';

/** Removes what is below an item that is gone, at any depth, so that nobody finds it under another item of the same key. */
export function removeBelow(
  store: Store,
  contract: Contract,
  { collection }: Resource,
  { api, scope }: CollectionAddress,
  key: string,
): MaybePromise<void> {
  if (!collection) return undefined;
  const below = childrenOf(contract)(collection.itemPath).filter((child) => child.scope.length === scope.length + 1);
  return inTurn(below, (child) => {
    const address = { api, collection: child.name, scope: [...scope, key] };
    // Nothing comes from the examples any more, either.
    return andThen(store.begin(address, []), () =>
      andThen(store.list(address), (items) =>
        inTurn(items, (item) => {
          const name = String(at(item, child.key));
          return andThen(store.remove(address, name), () => removeBelow(store, contract, child, address, name));
        }),
      ),
    );
  });
}

/** The collections right below an item, by its path; found when first asked for, since that takes each of their operations. */
const childrenOf = lazyOf(({ operations }: Contract) => {
  const known = new Map<string, readonly Resource[]>();
  return (itemPath: string): readonly Resource[] => {
    const kept = known.get(itemPath);
    if (kept) return kept;
    const prefix = `${templateOf(itemPath)}/`;
    const found = new Map<string, Resource>();
    for (const operation of operations) {
      if (!templateOf(operation.path).startsWith(prefix)) continue;
      const { resource } = operation;
      if (resource?.isInferred) found.set(resource.name, resource);
    }
    known.set(itemPath, [...found.values()]);
    return [...found.values()];
  };
});

const templateOf = (path: string) => path.replace(/\{[^{}]*\}/g, '{}').replace(/(?<=.)\/$/, '');

function inTurn<T>(values: readonly T[], act: (value: T) => MaybePromise<void>, from = 0): MaybePromise<void> {
  for (let index = from; index < values.length; index++) {
    const done = act(values[index] as T);
    if (done instanceof Promise) return done.then(() => inTurn(values, act, index + 1));
  }
  return undefined;
}
