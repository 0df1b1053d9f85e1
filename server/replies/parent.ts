import type { Resource } from '../contract/index.js';
import type { MaybePromise } from '../state/index.js';
import { andThen } from './and-then.js';
import type { DecodedRequest } from './api-request.js';
import { beginPartition, seedsOf } from './collection-seeds.js';
import type { DecisionContext } from './decide.js';
import { at } from './evaluate.js';
import { addressOf } from './resource-effect.js';

/** The item that a collection is below; `undefined` where it is below none, or nobody knows. */
export function findParent(
  { contract, store }: DecisionContext,
  resource: Resource,
  request: DecodedRequest,
): MaybePromise<unknown> {
  const { parent } = resource;
  if (!parent) return undefined;
  const address = addressOf(contract, parent, request);
  const begun = beginPartition(store, parent, address);
  return andThen(begun, () =>
    andThen(store.find(address, String(request.path[parent.parameter] ?? '')), (found) => {
      if (found || !parent.isInferred) return found ? found.item : 'missing';
      return andThen(store.hasLived(address), (hasLived) => (hasLived ? 'missing' : undefined));
    }),
  );
}

/** What is below an item that a client made starts empty: the documented examples belong to others. */
export function isOfClients({ parent }: Resource, item: unknown): boolean {
  if (!parent?.collection || item === undefined) return false;
  const key = String(at(item, parent.key));
  return !seedsOf(parent.collection).some(({ keyValue }) => String(keyValue) === key);
}
