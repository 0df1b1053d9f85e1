import { type Collection, lazyOf, type Resource } from '../contract/index.js';
import { isObject } from '../documents/index.js';
import type { CollectionAddress, MaybePromise, Seed, Store } from '../state/index.js';
import { andThen } from './and-then.js';
import { at } from './evaluate.js';
import { completed } from './item-body.js';

/** Puts the items of the documented examples into a partition that nobody has worked on yet. */
export function beginPartition(
  store: Store,
  { collection, seed }: Pick<Resource, 'collection' | 'seed'>,
  address: CollectionAddress,
  isOfClients = false,
): MaybePromise<void> {
  if (!collection || seed.length > 0) return;
  return andThen(store.hasBegun(address), (hasBegun) => {
    if (hasBegun) return;
    if (isOfClients && collection.canGrow) return store.begin(address, []);
    const seeds = seedsOf(collection);
    return store.begin(address, seeds.length === 0 ? undefined : seeds);
  });
}

/** The items in the documented examples that are valid; where several have one key, the first: that of the item itself. */
export const seedsOf = lazyOf((collection: Collection): readonly Seed[] => {
  const found = new Map<string, Seed>();
  for (const { mediaType, within, isList } of collection.examples) {
    for (const { origin, state, value } of mediaType.examples()) {
      if (origin !== 'documented' || state.kind === 'invalid') continue;
      const shown = at(value, within);
      for (const item of isList ? (Array.isArray(shown) ? shown : []) : [shown]) {
        const keyValue = at(item, collection.key);
        if (!isObject(item) || !isKey(keyValue) || found.has(String(keyValue))) continue;
        const whole = completed(collection, item);
        if (whole) found.set(String(keyValue), { item: whole, keyValue, unique: [] });
      }
    }
  }
  return [...found.values()];
});

export function isKey(value: unknown): value is string | number {
  return (typeof value === 'string' && value !== '') || typeof value === 'number';
}
