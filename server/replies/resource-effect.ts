import {
  type Chance,
  type Contract,
  isList,
  jsonType,
  type Operation,
  type Resource,
  type Shape,
  type Unique,
} from '../contract/index.js';
import { isObject, toPointer } from '../documents/index.js';
import type { CollectionAddress, MaybePromise, SaveOutcome, UniqueValues } from '../state/index.js';
import { andThen } from './and-then.js';
import type { DecodedRequest } from './api-request.js';
import { isKey } from './collection-seeds.js';
import type { DecisionContext } from './decide.js';
import { firstExample } from './documented.js';
import { at } from './evaluate.js';
import { completed } from './item-body.js';
import { assumed, notValid, placed, saidOfItem, sentItem, stamped } from './stored-item.js';
import { withMember } from './with-member.js';

/** What came of working on the collection. */
export type ResourceOutcome =
  /** `instead`: why what was kept is not what was sent. */
  | (SaveOutcome & { readonly instead?: string })
  /** The item has no key and none may be made. */
  | { readonly kind: 'unkeyed'; readonly pointer: string }
  /** No item can be made of the request. */
  | { readonly kind: 'unfit'; readonly why: string; readonly statuses?: readonly number[] }
  /** It is no longer the item that the request's preconditions were judged by. */
  | { readonly kind: 'stale' }
  /** The item is in another state than the operation asks for. */
  | { readonly kind: 'unmet'; readonly item: unknown }
  /** The item is not there; of a collection that never held any, nobody knows. */
  | { readonly kind: 'missing' }
  | { readonly kind: 'unknown' };

/** Made keys are taken as seldom as their schema has it: some have room for few. */
const triesMax = 8;

/** Creates the item that the request describes, or finds it. */
export function applyResource(
  context: DecisionContext,
  operation: Operation,
  resource: Resource,
  request: DecodedRequest,
  tries = 1,
): MaybePromise<ResourceOutcome> {
  const { contract, store, chance } = context;
  const said = saidOfItem(operation, resource, request);
  const sent = resource.isInferred ? assumed(operation, said, sentItem(resource, said)) : (said ?? {});
  const keyValue = keyOf(operation, resource, sent, chance);
  if (keyValue === undefined) return { kind: 'unkeyed', pointer: toPointer(resource.key) };
  const address = addressOf(contract, resource, request);
  const made = resource.isInferred ? madeItem(context, resource, sent, keyValue, address.scope) : sent;
  const item = made ?? itemInstead(resource, keyValue);
  if (item === undefined) return { kind: 'unfit', why: notValid };
  const saved = store.save({
    address,
    item,
    json: item === request.body ? request.json : undefined,
    key: resource.key,
    keyValue: keyValue === 'next' ? undefined : keyValue.value,
    unique: saidUniqueValues(resource.unique, sent),
    upsert: resource.effect === 'upsert',
  });
  const outcome: MaybePromise<ResourceOutcome> =
    made === undefined ? andThen(saved, (one) => ({ ...one, instead: notValid })) : saved;
  if (keyValue === 'next' || !keyValue.isMade) return outcome;
  return andThen(outcome, (one) =>
    one.kind === 'conflict' && one.pointer === toPointer(resource.key) && tries < triesMax
      ? applyResource(context, operation, resource, request, tries + 1)
      : one,
  );
}

/** The item with what its schema requires. */
function madeItem(
  { now }: DecisionContext,
  resource: Resource,
  sent: unknown,
  keyValue: KeyValue,
  scope: readonly string[],
): unknown {
  const { collection, key } = resource;
  if (!collection || !isObject(sent)) return sent;
  const keyed = withMember(placed(collection, sent, scope), key, keyIn(keyValue)) as typeof sent;
  return completed(collection, stamped(collection, keyed, ['created', 'updated'], now(), sent));
}

/** Better the documented item under its own key than none: it can be read and removed. */
function itemInstead({ collection, key }: Resource, keyValue: KeyValue): unknown {
  if (!collection?.item) return undefined;
  const { mediaType, within } = collection.item;
  const example = at(firstExample(mediaType).value, within);
  if (!isObject(example)) return undefined;
  return completed(collection, withMember(example, key, keyIn(keyValue)) as typeof example);
}

/** A number stands for the one that the store will give. */
const keyIn = (keyValue: KeyValue) => (keyValue === 'next' ? 1 : keyValue.value);

export function addressOf(
  contract: Contract,
  resource: Pick<Resource, 'name' | 'scope'>,
  request: DecodedRequest,
): CollectionAddress {
  return {
    api: contract.name,
    collection: resource.name,
    scope: resource.scope.map((name) => String(request.path[name] ?? '')),
  };
}

type KeyValue = { readonly value: string | number; readonly isMade?: true } | 'next';

/** The client's key where the request documents one, else a made one; `next` leaves the number to the store. */
function keyOf(operation: Operation, { key, generate }: Resource, body: unknown, chance: Chance): KeyValue | undefined {
  if (!generate || isKeyDocumented(operation, key)) {
    const sent = at(body, key);
    if ((typeof sent === 'string' && sent !== '') || typeof sent === 'number') return { value: sent };
  }
  if (!generate) return undefined;
  if (generate.kind === 'increment') return 'next';
  if (generate.kind === 'ulid') {
    const made = chance.ulid();
    return { value: `${generate.prefix}${generate.isUpperCase ? made.toUpperCase() : made}`, isMade: true };
  }
  const value = generate.kind === 'sample' ? generate.sample(chance) : chance.uuid();
  return isKey(value) ? { value, isMade: true } : undefined;
}

function isKeyDocumented({ requestBody }: Operation, [name]: readonly string[]): boolean {
  if (name === undefined) return false;
  return (
    requestBody?.content.some(({ properties, shape }) =>
      isList(shape) ? canSay(shape.items().properties().get(name)) : properties()?.has(name),
    ) ?? false
  );
}

const canSay = (property: Shape | undefined) => property !== undefined && property.schema().readOnly !== true;

/** Whether an item says anything of a place: merged into another, it leaves the rest as it is. */
function speaksOf(item: unknown, [name]: readonly string[]): boolean {
  return name === undefined || !isObject(item) || Object.hasOwn(item, name);
}

/** What must not be shared, as texts that are equal just where the values are. */
export function uniqueValues({ keys, by, ignoreCase }: Unique, body: unknown): string[] {
  const value = at(body, keys);
  if (value === undefined || value === null) return [];
  const members: readonly unknown[] = Array.isArray(value) ? value : [value];
  const texts = members.map((member) =>
    by.length === 0
      ? canonical(member, ignoreCase)
      : canonicalList(
          by.map((part) => at(member, part)),
          ignoreCase,
        ),
  );
  return texts.length > 1 ? [...new Set(texts)] : texts;
}

/** Of those places that an item speaks of. */
function saidUniqueValues(unique: readonly Unique[], item: unknown): UniqueValues {
  const said: UniqueValues[number][] = [];
  for (const one of unique)
    if (speaksOf(item, one.keys)) said.push({ pointer: one.pointer, values: uniqueValues(one, item) });
  return said;
}

/** Of an item that is to have these and no others. */
export function allUniqueValues(unique: readonly Unique[], item: unknown): UniqueValues {
  return unique.map((one) => ({ pointer: one.pointer, values: uniqueValues(one, item) }));
}

/** JSON, with the members of objects in the order of their names. */
function canonical(value: unknown, ignoreCase: boolean): string {
  if (typeof value === 'string') return quoted(ignoreCase ? value.toLowerCase() : value);
  if (Array.isArray(value)) return canonicalList(value, ignoreCase);
  if (jsonType(value) !== 'object') return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value as object).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, member]) => `${quoted(name)}:${canonical(member, ignoreCase)}`).join()}}`;
}

function canonicalList(values: readonly unknown[], ignoreCase: boolean): string {
  let text = '';
  for (const value of values) text += (text === '' ? '' : ',') + canonical(value, ignoreCase);
  return `[${text}]`;
}

/** What JSON writes as it is: no quotation mark, backslash, control character or surrogate. */
const plain = /^[ !#-[\]-\ud7ff\ue000-\uffff]*$/;

/** As JSON writes it, which takes several times as long to find that there is nothing to escape. */
const quoted = (text: string) => (plain.test(text) ? `"${text}"` : JSON.stringify(text));
