import { distance } from 'fastest-levenshtein';
import { type Contract, lazyOf, type Operation, type Resource } from '../../contract/index.js';
import type { CollectionAddress } from '../../state/index.js';
import type { ApiRequest, DecodedRequest } from '../api-request.js';
import { beginPartition } from '../collection-seeds.js';
import type { DecisionContext } from '../decide.js';
import { at } from '../evaluate.js';
import { applyToItem } from '../item-effect.js';
import { findParent, isOfClients } from '../parent.js';
import { addressOf, applyResource } from '../resource-effect.js';

/** An item of a collection. It is not to be changed: what is stored changes by `update`. */
export type Item = Readonly<Record<string, unknown>>;

export interface PartitionOptions {
  /** The values of the path parameters that partition the collection; by default those of the request. */
  readonly scope?: Readonly<Record<string, string | number>>;
}

export type CreateOutcome =
  | { readonly kind: 'created'; readonly item: Item }
  /** The key, or a unique value, is taken: by this item. */
  | { readonly kind: 'conflict'; readonly pointer: string; readonly item: Item }
  /** No item that its schema accepts can be made of it. */
  | { readonly kind: 'invalid'; readonly why: string };

export type UpdateOutcome =
  | { readonly kind: 'updated'; readonly item: Item }
  | { readonly kind: 'missing' }
  | Exclude<CreateOutcome, { kind: 'created' }>;

/**
 * The collections of an API, as `x-standin-resource` names them; inferred ones are named by their path, with or without the first
 * slash. `standin check --state` lists them. Each function throws an Error where there is no such collection.
 */
export interface HandlerState {
  readonly find: (collection: string, key: string | number, options?: PartitionOptions) => Promise<Item | undefined>;
  /** In the order in which they came. */
  readonly list: (collection: string, options?: PartitionOptions) => Promise<readonly Item[]>;
  /** With the key that the item has, else with a new one. */
  readonly create: (collection: string, item: Item, options?: PartitionOptions) => Promise<CreateOutcome>;
  /** Merges changes into an item (RFC 7396: `null` removes a member). */
  readonly update: (
    collection: string,
    key: string | number,
    changes: Item,
    options?: PartitionOptions,
  ) => Promise<UpdateOutcome>;
  /** Gives back what was removed; `undefined` where it was not there. */
  readonly remove: (collection: string, key: string | number, options?: PartitionOptions) => Promise<Item | undefined>;
}

export function createHandlerState(
  context: DecisionContext,
  request: ApiRequest,
  decoded: DecodedRequest,
): HandlerState {
  const open = async (name: string, { scope = {} }: PartitionOptions = {}) => {
    const { operation, resource } = collectionOf(context.contract, name);
    const inScope = { ...decoded, path: { ...decoded.path, ...scope } };
    const lacking = resource.scope.filter((parameter) => inScope.path[parameter] === undefined);
    if (lacking.length > 0)
      throw new Error(
        `the collection "${name}" is partitioned: say which one by { scope: { ${lacking.map((one) => `${one}: …`).join(', ')} } }`,
      );
    const parent = await findParent(context, resource, inScope);
    const address: CollectionAddress = addressOf(context.contract, resource, inScope);
    await beginPartition(context.store, resource, address, isOfClients(resource, parent));
    return { operation, resource, address, inScope };
  };
  return {
    find: async (name, key, options) => {
      const { address } = await open(name, options);
      return (await context.store.find(address, String(key)))?.item as Item | undefined;
    },
    list: async (name, options) => {
      const { address } = await open(name, options);
      return (await context.store.list(address)) as readonly Item[];
    },
    create: async (name, item, options) => {
      const { operation, resource, inScope } = await open(name, options);
      const { generate, ...given } = resource;
      const isKeyed = at(item, resource.key) !== undefined;
      const made = await applyResource(
        context,
        operation,
        { ...given, effect: 'create', ...(generate && !isKeyed && { generate }) },
        { ...inScope, body: item },
      );
      if (made.kind === 'created') return { kind: 'created', item: made.item as Item };
      if (made.kind === 'conflict') return { kind: 'conflict', pointer: made.pointer, item: made.item as Item };
      return { kind: 'invalid', why: made.kind === 'unfit' ? made.why : `it has no ${resource.key.join('/')}` };
    },
    update: async (name, key, changes, options) => {
      const { operation, resource, address, inScope } = await open(name, options);
      const made = await applyToItem(
        context,
        operation,
        { ...resource, effect: 'merge' },
        { ...request, headers: {} },
        { ...inScope, body: changes },
        { address, key: String(key) },
      );
      if (made.kind === 'found') return { kind: 'updated', item: made.item as Item };
      if (made.kind === 'conflict') return { kind: 'conflict', pointer: made.pointer, item: made.item as Item };
      return made.kind === 'unfit' ? { kind: 'invalid', why: made.why } : { kind: 'missing' };
    },
    remove: async (name, key, options) => {
      const { address } = await open(name, options);
      return (await context.store.remove(address, String(key)))?.item as Item | undefined;
    },
  };
}

interface Known {
  readonly operation: Operation;
  readonly resource: Resource;
}

/** What creates items knows most of them. */
const collectionsOf = lazyOf(({ operations }: Contract): ReadonlyMap<string, Known> => {
  const known = new Map<string, Known>();
  for (const operation of operations) {
    const { resource } = operation;
    if (resource && (!known.has(resource.name) || resource.effect === 'create'))
      known.set(resource.name, { operation, resource });
  }
  return known;
});

function collectionOf(contract: Contract, name: string): Known {
  const known = collectionsOf(contract);
  const found = known.get(name) ?? known.get(`/${name}`);
  if (found) return found;
  const [nearest] = [...known.keys()].sort((a, b) => distance(a, name) - distance(b, name));
  throw new Error(
    `${contract.name} has no collection "${name}"${nearest === undefined ? '' : `; the nearest name is "${nearest}"`}`,
  );
}
