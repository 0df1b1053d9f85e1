import { isObject, toPointer, valueAt } from '../documents/index.js';
import type { Allowance, CollectionAddress, SaveOutcome, SaveRequest, Store } from './store.js';

interface Partition {
  readonly items: Map<string, unknown>;
  /** By declared pointer and value, the key of the item that has it. */
  readonly taken: Map<string, string>;
  /** By key, the declared pointers and values that the item has taken. */
  readonly held: Map<string, ReadonlyMap<string, readonly string[]>>;
  lastNumber: number;
}

interface Window {
  readonly endMs: number;
  count: number;
}

/** Ended windows are first swept once this many are kept; then whenever as many again have come as were left. */
const windowsMax = 10_000;

/** Everything in this process' memory. Answers synchronously, so that concurrent requests can't come between. */
export function createMemoryStore(): Store {
  const partitions = new Map<string, Partition>();
  const windows = new Map<string, Window>();
  let sweepAt = windowsMax;

  const partitionOf = ({ api, collection, scope }: CollectionAddress): Partition => {
    const name = JSON.stringify([api, collection, ...scope]);
    const known = partitions.get(name);
    if (known) return known;
    const made: Partition = { items: new Map(), taken: new Map(), held: new Map(), lastNumber: 0 };
    partitions.set(name, made);
    return made;
  };

  const current = (subject: string, nowMs: number): Window | undefined => {
    const window = windows.get(subject);
    return window && window.endMs > nowMs ? window : undefined;
  };

  return {
    save: (request) => save(partitionOf(request.address), request),
    find: (address, key) => partitionOf(address).items.get(key),
    peek: (subject, requests, windowMs, nowMs): Allowance => {
      const window = current(subject, nowMs);
      const count = window?.count ?? 0;
      return {
        allowed: count < requests,
        remaining: Math.max(0, requests - count),
        resetMs: window?.endMs ?? nowMs + windowMs,
      };
    },
    count: (subject, requests, windowMs, nowMs): Allowance => {
      if (windows.size >= sweepAt) {
        for (const [name, { endMs }] of windows) if (endMs <= nowMs) windows.delete(name);
        sweepAt = Math.max(windowsMax, 2 * windows.size);
      }
      const window = current(subject, nowMs) ?? { endMs: nowMs + windowMs, count: 0 };
      windows.set(subject, window);
      const allowed = window.count < requests;
      if (allowed) window.count++;
      return { allowed, remaining: requests - window.count, resetMs: window.endMs };
    },
  };
}

function save(partition: Partition, { item, key, keyValue, unique, upsert }: SaveRequest): SaveOutcome {
  const value = keyValue ?? nextNumber(partition);
  const name = String(value);
  const existing = partition.items.get(name);
  if (existing !== undefined && !upsert) return { kind: 'conflict', pointer: toPointer(key), item: existing };
  for (const { pointer, values } of unique) {
    for (const wanted of values) {
      const owner = partition.taken.get(takenName(pointer, wanted));
      if (owner !== undefined && owner !== name) return { kind: 'conflict', pointer, item: partition.items.get(owner) };
    }
  }
  const merged = existing !== undefined && isObject(existing) && isObject(item) ? { ...existing, ...item } : item;
  const stored = withKey(merged, key, value);
  partition.items.set(name, stored);
  take(partition, name, unique);
  if (typeof value === 'number' && Number.isSafeInteger(value))
    partition.lastNumber = Math.max(partition.lastNumber, value);
  return { kind: existing === undefined ? 'created' : 'found', item: stored };
}

/** Clients that choose their keys may have chosen the number. */
function nextNumber({ items, lastNumber }: Partition): number {
  let next = lastNumber + 1;
  while (items.has(String(next))) next++;
  return next;
}

/** Takes the unique values for an item, and releases those that it had in their place. */
function take({ taken, held }: Partition, name: string, unique: SaveRequest['unique']): void {
  const holding = new Map(held.get(name));
  for (const { pointer, values } of unique) {
    for (const value of holding.get(pointer) ?? []) taken.delete(takenName(pointer, value));
    for (const value of values) taken.set(takenName(pointer, value), name);
    holding.set(pointer, values);
  }
  if (holding.size > 0) held.set(name, holding);
}

const takenName = (pointer: string, value: string) => JSON.stringify([pointer, value]);

/** The item with its key in place; the item itself is left alone. */
function withKey(item: unknown, key: readonly string[], value: string | number): unknown {
  const [name, ...rest] = key;
  if (name === undefined) return value;
  const base = isObject(item) ? item : {};
  return { ...base, [name]: rest.length === 0 ? value : withKey(valueAt(base, toPointer([name])), rest, value) };
}
