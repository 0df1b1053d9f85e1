import { toPointer } from '../documents/index.js';
import {
  createPacker,
  type Entry,
  itemOf,
  namesOf,
  type Packer,
  pointerOf,
  storedOf,
  uniqueOf,
} from './memory-entry.js';
import { createMemoryForced } from './memory-forced.js';
import { createMemoryRecords } from './memory-records.js';
import { createMemoryWindows } from './memory-windows.js';
import { createRecordBudget, type RecordBudget } from './record-budget.js';
import type {
  ChangeOutcome,
  ChangeRequest,
  CollectionAddress,
  CollectionStore,
  PartitionSnapshot,
  SaveOutcome,
  SaveRequest,
  Store,
  Stored,
  UniqueValues,
} from './store.js';
import { createTextMap, type TextMap } from './text-map.js';
import { mergedItem, withKey } from './with-key.js';

interface Partition {
  readonly pack: Packer;
  readonly address: CollectionAddress;
  readonly entries: TextMap<Entry>;
  /** By the name of a unique value, the key of the item that has it. */
  readonly taken: TextMap<string>;
  lastNumber: number;
  lastVersion: number;
  hasBegun: boolean;
  hasLived: boolean;
}

/** Everything in this process' memory. Answers synchronously, so that concurrent requests can't come between. */
export function createMemoryStore(): Store {
  return withBudget(createRecordBudget());
}

function withBudget(budget: RecordBudget): Store {
  return {
    ...createMemoryCollections(),
    ...createMemoryWindows(),
    ...createMemoryForced(),
    ...createMemoryRecords(budget),
  };
}

/** Makes stores whose journals have their limits together. */
export function createMemoryStores(): () => Store {
  const budget = createRecordBudget();
  return () => withBudget(budget);
}

function createMemoryCollections(): CollectionStore {
  const partitions = new Map<string, Partition>();
  const pack = createPacker();

  /** Those that were spoken of last: a request speaks of one or two, several times, and the next mostly of the same. */
  let recent: readonly Partition[] = [];

  const partitionOf = (address: CollectionAddress): Partition => {
    for (const partition of recent) if (isSame(partition.address, address)) return partition;
    const partition = partitionAt(address);
    recent = [partition, ...recent.slice(0, recentMax - 1)];
    return partition;
  };

  const partitionAt = (address: CollectionAddress): Partition => {
    const { api, collection, scope } = address;
    const name = scope.reduce((all, value) => `${all}\0${value.length}:${value}`, `${api}\0${collection}`);
    const known = partitions.get(name);
    if (known) return known;
    const made: Partition = {
      pack,
      address,
      entries: createTextMap(),
      taken: createTextMap(),
      lastNumber: 0,
      lastVersion: 0,
      hasBegun: false,
      hasLived: false,
    };
    partitions.set(name, made);
    return made;
  };

  const replace = (snapshots: readonly PartitionSnapshot[]): void => {
    for (const { entries, hasBegun, hasLived, lastNumber, api, collection, scope } of snapshots) {
      const address = { api, collection, scope };
      const partition = partitionOf(address);
      partition.entries.clear();
      partition.taken.clear();
      for (const { key, item, unique } of entries)
        save(partition, { address, item, key: [], keyValue: key, unique, upsert: true });
      Object.assign(partition, { hasBegun, hasLived, lastNumber });
    }
  };

  return {
    save: (request) => save(partitionOf(request.address), request),
    find: (address, key) => storedOf(partitionOf(address).entries.get(key)),
    hasBegun: (address) => partitionOf(address).hasBegun,
    begin: (address, seeds) => {
      const partition = partitionOf(address);
      if (partition.hasBegun) return;
      partition.hasBegun = true;
      partition.hasLived ||= seeds !== undefined;
      for (const seed of seeds ?? []) save(partition, { ...seed, address, key: [], upsert: false });
    },
    hasLived: (address) => partitionOf(address).hasLived,
    list: (address) => Array.from(partitionOf(address).entries.values(), itemOf),
    change: (request) => change(partitionOf(request.address), request),
    remove: (address, key, version) => remove(partitionOf(address), key, version),
    snapshot: () => Array.from(partitions.values(), snapshotOf),
    restore: (snapshots) => {
      partitions.clear();
      recent = [];
      replace(snapshots);
    },
    replace,
  };
}

const recentMax = 4;

const isSame = (a: CollectionAddress, b: CollectionAddress) =>
  a === b ||
  (a.api === b.api &&
    a.collection === b.collection &&
    a.scope.length === b.scope.length &&
    a.scope.every((value, index) => value === b.scope[index]));

const snapshotOf = ({ address, entries, hasBegun, hasLived, lastNumber }: Partition): PartitionSnapshot => ({
  api: address.api,
  collection: address.collection,
  scope: address.scope,
  hasBegun,
  hasLived,
  lastNumber,
  entries: Array.from(entries.entries(), ([key, entry]) => ({
    key,
    item: itemOf(entry),
    unique: uniqueOf(entry.held),
  })),
});

function save(partition: Partition, { item, json, key, keyValue, unique, upsert }: SaveRequest): SaveOutcome {
  const { entries, taken } = partition;
  const value = keyValue ?? nextNumber(partition);
  const name = String(value);
  const existing = entries.get(name);
  if (existing !== undefined && !upsert) return { kind: 'conflict', pointer: toPointer(key), item: itemOf(existing) };
  const wanted = namesOf(unique);
  const conflict = conflictOf(partition, name, wanted);
  if (conflict) return conflict;
  const merged = existing ? mergedItem(itemOf(existing), item) : item;
  const stored = key.length === 0 ? merged : withKey(merged, key, value);
  partition.hasLived = true;
  const kept = existing ? release(taken, existing.held, unique) : [];
  for (const one of wanted) taken.set(one, name);
  const held = kept.length === 0 ? wanted : [...kept, ...wanted];
  const sent = json && !existing ? { json, key, keyValue: value } : undefined;
  entries.set(name, partition.pack(stored, ++partition.lastVersion, held, sent));
  if (typeof value === 'number' && Number.isSafeInteger(value))
    partition.lastNumber = Math.max(partition.lastNumber, value);
  return { kind: existing === undefined ? 'created' : 'found', item: stored };
}

function conflictOf({ taken, entries }: Partition, key: string, wanted: readonly string[]) {
  for (const name of wanted) {
    const owner = taken.get(name);
    if (owner === undefined || owner === key) continue;
    return { kind: 'conflict', pointer: pointerOf(name), item: storedOf(entries.get(owner))?.item } as const;
  }
  return undefined;
}

function change(partition: Partition, { key, version, item, unique }: ChangeRequest): ChangeOutcome {
  const { entries, taken } = partition;
  const existing = entries.get(key);
  if (!existing) return { kind: 'missing' };
  if (existing.version !== version) return { kind: 'stale' };
  const wanted = namesOf(unique);
  const conflict = conflictOf(partition, key, wanted);
  if (conflict) return conflict;
  for (const name of existing.held) taken.delete(name);
  for (const name of wanted) taken.set(name, key);
  entries.set(key, partition.pack(item, ++partition.lastVersion, wanted));
  return { kind: 'updated', item };
}

function remove({ entries, taken }: Partition, name: string, version?: number): Stored | undefined {
  const existing = entries.get(name);
  if (!existing || (version !== undefined && version !== existing.version)) return undefined;
  for (const one of existing.held) taken.delete(one);
  entries.delete(name);
  return storedOf(existing);
}

/** Clients that choose their keys may have chosen the number. */
function nextNumber({ entries, lastNumber }: Partition): number {
  let next = lastNumber + 1;
  while (entries.has(String(next))) next++;
  return next;
}

/** Releases what an item held where it is to hold something else; what it goes on holding is returned. */
function release(taken: TextMap<string>, held: readonly string[], wanted: UniqueValues): readonly string[] {
  return held.filter((name) => {
    if (!wanted.some(({ pointer }) => pointer === pointerOf(name))) return true;
    taken.delete(name);
    return false;
  });
}
