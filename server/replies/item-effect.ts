import { jsonType, type Operation, type Resource } from '../contract/index.js';
import { toPointer } from '../documents/index.js';
import type { ChangeOutcome, CollectionAddress, MaybePromise, Store, UniqueValues } from '../state/index.js';
import { andThen } from './and-then.js';
import type { ApiRequest, DecodedRequest } from './api-request.js';
import { removeBelow } from './cascade.js';
import { isKey } from './collection-seeds.js';
import type { DecisionContext } from './decide.js';
import { at } from './evaluate.js';
import { completed } from './item-body.js';
import { patched, Unpatchable } from './patch.js';
import { allUniqueValues, type ResourceOutcome } from './resource-effect.js';
import { keysOf, notValid, placed, saidOfItem, sentItem, stamped } from './stored-item.js';
import { withMember } from './with-member.js';

/** The item that the path names, of a collection. */
export interface Addressed {
  readonly address: CollectionAddress;
  readonly key: string;
  /** Only in this version, where it must; `undefined`: only where there is none. */
  readonly expected?: { readonly version: number | undefined };
}

/** What an item is to become; a refusal leaves it as it is. */
export type ItemChange =
  | { readonly kind: 'change'; readonly item: unknown; readonly unique: UniqueValues }
  | { readonly kind: 'refuse'; readonly why: string; readonly statuses?: readonly number[] }
  /** The item is in another state than it has to be in. */
  | { readonly kind: 'unmet'; readonly item: unknown };

type UpdateOutcome = ChangeOutcome | Exclude<ItemChange, { kind: 'change' }>;

/** Does what an operation does to the item that its path names. */
export function applyToItem(
  context: DecisionContext,
  operation: Operation,
  resource: Resource,
  request: ApiRequest,
  decoded: DecodedRequest,
  addressed: Addressed,
): MaybePromise<ResourceOutcome> {
  const { store } = context;
  const { address, key, expected } = addressed;
  const said = saidOfItem(operation, resource, decoded);
  const orAbsent = (item: unknown): MaybePromise<ResourceOutcome> =>
    item === undefined ? absent(context, address) : { kind: 'found', item };
  switch (resource.effect) {
    case 'delete':
      return andThen(store.remove(address, key, expected?.version), (removed) =>
        removed === undefined
          ? expected?.version === undefined
            ? orAbsent(undefined)
            : { kind: 'stale' }
          : andThen(removeBelow(store, context.contract, resource, address, key), () => orAbsent(removed.item)),
      );
    case 'merge':
      return andThen(
        update(store, addressed, (item) => mergeInto(context, resource, request, said, item)),
        (outcome) => toOutcome(context, address, outcome),
      );
    case 'replace':
      return andThen(
        update(store, addressed, (item) => replacementOf(context, resource, said, item)),
        (outcome) =>
          outcome.kind === 'missing' && documentsCreation(operation)
            ? createAt(context, resource, decoded, addressed)
            : toOutcome(context, address, outcome),
      );
    default:
      return andThen(store.find(address, key), (found) => orAbsent(found?.item));
  }
}

/** Changes an item that is there; once more where another request came between, unless a version is expected. */
export function update(
  store: Store,
  addressed: Addressed,
  change: (item: unknown) => ItemChange,
): MaybePromise<UpdateOutcome> {
  const { address, key, expected } = addressed;
  return andThen(store.find(address, key), (found): MaybePromise<UpdateOutcome> => {
    if (expected && found?.version !== expected.version) return { kind: 'stale' };
    if (!found) return { kind: 'missing' };
    const made = change(found.item);
    if (made.kind !== 'change') return made;
    const { item, unique } = made;
    return andThen(store.change({ address, key, version: found.version, item, unique }), (outcome) =>
      outcome.kind === 'stale' && !expected ? update(store, addressed, change) : outcome,
    );
  });
}

/** What is not there is missing where there ever was anything, else nobody knows. */
function absent({ store }: DecisionContext, address: CollectionAddress): MaybePromise<ResourceOutcome> {
  return andThen(store.hasLived(address), (hasLived) => (hasLived ? { kind: 'missing' } : { kind: 'unknown' }));
}

export function toOutcome(
  context: DecisionContext,
  address: CollectionAddress,
  outcome: UpdateOutcome,
): MaybePromise<ResourceOutcome> {
  switch (outcome.kind) {
    case 'updated':
      return { kind: 'found', item: outcome.item };
    case 'missing':
      return absent(context, address);
    case 'refuse':
      return { ...outcome, kind: 'unfit' };
    default:
      return outcome;
  }
}

function mergeInto(
  context: DecisionContext,
  resource: Resource,
  request: ApiRequest,
  body: unknown,
  item: unknown,
): ItemChange {
  const isWrapped = !Array.isArray(body);
  const made = patched(item, isWrapped ? sentItem(resource, body) : body, request);
  if (made instanceof Unpatchable) return { kind: 'refuse', why: made.why, statuses: made.statuses };
  return changeTo(context, resource, made, item, body);
}

function replacementOf(context: DecisionContext, resource: Resource, body: unknown, item: unknown): ItemChange {
  // What the server owns, and what the client can not say, stays.
  const sent = sentItem(resource, body);
  const { timestamps, outer = [], readOnly = [] } = resource.collection ?? {};
  const names = [...outer.map(({ name }) => name), ...readOnly].map((name) => [name]);
  const made = [...(timestamps?.created ?? []).map(keysOf), ...names].reduce<unknown>((to, keys) => {
    const value = at(item, keys);
    return value === undefined || at(to, keys) !== undefined ? to : withMember(to, keys, value);
  }, sent);
  return changeTo(context, resource, made, item, sent);
}

/** The change to what was made of an item, with what its schema requires, and what only the server says. */
export function changeTo(
  { now }: DecisionContext,
  resource: Resource,
  made: unknown,
  item: unknown,
  sent: unknown,
): ItemChange {
  const { collection, key, unique } = resource;
  const keyed = withMember(made, key, at(item, key)) as Readonly<Record<string, unknown>>;
  const stampedItem = stamped(collection, keyed, ['updated'], now(), sentItem(resource, sent));
  const whole = collection ? completed(collection, stampedItem, item) : stampedItem;
  if (!whole) return { kind: 'refuse', why: notValid };
  return { kind: 'change', item: whole, unique: allUniqueValues(unique, whole) };
}

/** Whether what is not there is created (RFC 9110 §9.3.4). */
export const documentsCreation = ({ responses }: Operation) => responses.some(({ status }) => status === '201');

function createAt(
  { store, now }: DecisionContext,
  resource: Resource,
  { body, path }: DecodedRequest,
  { address, key, expected }: Addressed,
): MaybePromise<ResourceOutcome> {
  const { collection, unique } = resource;
  const sent = sentItem(resource, body);
  const named = path[resource.parameter ?? ''];
  const inBody = at(sent, resource.key);
  const keyValue = isKey(inBody) && String(inBody) === key ? inBody : isKey(named) ? named : key;
  const item = withMember(sent, resource.key, keyValue) as Readonly<Record<string, unknown>>;
  const stampedItem = stamped(collection, placed(collection, item, address.scope), ['created', 'updated'], now(), sent);
  const whole = collection ? completed(collection, stampedItem) : stampedItem;
  if (!whole) return { kind: 'unfit', why: notValid };
  if (jsonType(at(whole, resource.key)) !== jsonType(keyValue) && String(at(whole, resource.key)) !== key)
    return { kind: 'unfit', why: `${toPointer(resource.key)} can not be "${key}"` };
  const saved = store.save({
    address,
    item: whole,
    key: resource.key,
    keyValue,
    unique: allUniqueValues(unique, whole),
    upsert: false,
  });
  if (!expected) return saved;
  return andThen(saved, (outcome) =>
    outcome.kind === 'conflict' && outcome.pointer === toPointer(resource.key) ? { kind: 'stale' } : outcome,
  );
}
