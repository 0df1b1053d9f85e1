import { type Chance, type Contract, jsonType, type Operation, type Resource, type Unique } from '../contract/index.js';
import { isObject, toPointer } from '../documents/index.js';
import type { CollectionAddress, MaybePromise, SaveOutcome, Store } from '../state/index.js';
import type { DecodedRequest } from './api-request.js';
import { at } from './evaluate.js';

/** What came of working on the collection; `unkeyed` where the item has no key and none may be made. */
export type ResourceOutcome = SaveOutcome | { readonly kind: 'unkeyed'; readonly pointer: string };

/** Creates the item that the request describes, or finds it. */
export function applyResource(
  contract: Contract,
  operation: Operation,
  resource: Resource,
  request: DecodedRequest,
  store: Store,
  chance: Chance,
): MaybePromise<ResourceOutcome> {
  const keyValue = keyOf(operation, resource, request.body, chance);
  if (keyValue === undefined) return { kind: 'unkeyed', pointer: toPointer(resource.key) };
  return store.save({
    address: addressOf(contract, resource, request),
    item: request.body ?? {},
    key: resource.key,
    ...(keyValue !== 'next' && { keyValue: keyValue.value }),
    unique: resource.unique
      .filter(({ keys }) => speaksOf(request.body, keys))
      .map((unique) => ({ pointer: unique.pointer, values: uniqueValues(unique, request.body) })),
    upsert: resource.effect === 'upsert',
  });
}

export function addressOf(contract: Contract, resource: Resource, request: DecodedRequest): CollectionAddress {
  return {
    api: contract.name,
    collection: resource.name,
    scope: resource.scope.map((name) => String(request.path[name] ?? '')),
  };
}

/** The client's key where the request documents one, else a made one; `next` leaves the number to the store. */
function keyOf(
  operation: Operation,
  { key, generate }: Resource,
  body: unknown,
  chance: Chance,
): { value: string | number } | 'next' | undefined {
  if (!generate || isKeyDocumented(operation, key)) {
    const sent = at(body, key);
    if ((typeof sent === 'string' && sent !== '') || typeof sent === 'number') return { value: sent };
  }
  if (!generate) return undefined;
  if (generate.kind === 'increment') return 'next';
  return { value: generate.kind === 'ulid' ? `${generate.prefix}${chance.ulid()}` : chance.uuid() };
}

function isKeyDocumented({ requestBody }: Operation, [name]: readonly string[]): boolean {
  if (name === undefined) return false;
  return requestBody?.content.some(({ properties }) => properties()?.has(name)) ?? false;
}

/** Whether an item says anything of a place: merged into another, it leaves the rest as it is. */
function speaksOf(item: unknown, [name]: readonly string[]): boolean {
  return name === undefined || !isObject(item) || Object.hasOwn(item, name);
}

/** What must not be shared, as texts that are equal just where the values are. */
export function uniqueValues({ keys, by, ignoreCase }: Unique, body: unknown): string[] {
  const value = at(body, keys);
  if (value === undefined || value === null) return [];
  const members = Array.isArray(value) ? value : [value];
  return [
    ...new Set(
      members.map((member) => canonical(by.length === 0 ? member : by.map((part) => at(member, part)), ignoreCase)),
    ),
  ];
}

function canonical(value: unknown, ignoreCase: boolean): string {
  if (typeof value === 'string') return JSON.stringify(ignoreCase ? value.toLowerCase() : value);
  if (Array.isArray(value)) return `[${value.map((member) => canonical(member, ignoreCase)).join()}]`;
  if (jsonType(value) !== 'object') return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value as object).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member, ignoreCase)}`).join()}}`;
}
