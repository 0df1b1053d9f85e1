import type { Stored, UniqueValues } from './store.js';
import { withKey } from './with-key.js';

/**
 * An item as it is kept: as octets until it is read. The garbage collector goes through objects again and again, and most items
 * that a test run makes are never asked for.
 */
export interface Entry {
  /** JSON in UTF-8, among that of other items: it goes when all of them do. */
  octets: Buffer | undefined;
  readonly start: number;
  readonly end: number;
  /** Where the key is to be put that the octets lack; empty: nowhere. */
  readonly key: readonly string[];
  readonly keyValue: string | number;
  /** Once it was read. */
  item: unknown;
  readonly version: number;
  /** Names of the unique values that it holds. */
  readonly held: readonly string[];
}

/** An item as a client sent it: JSON in UTF-8, and the key that belongs in it. */
export interface SentItem {
  readonly json: Buffer;
  readonly key: readonly string[];
  readonly keyValue: string | number;
}

/** Makes the entries of a store. */
export type Packer = (item: unknown, version: number, held: readonly string[], sent?: SentItem) => Entry;

const firstBytes = 4 * 1024;
const mostBytes = 256 * 1024;
const unkeyed: Pick<SentItem, 'key' | 'keyValue'> = { key: [], keyValue: 0 };

export function createPacker(): Packer {
  let octets = Buffer.alloc(0);
  let end = 0;
  const room = (bytes: number): void => {
    if (end + bytes <= octets.length) return;
    octets = Buffer.allocUnsafeSlow(Math.max(bytes, Math.min(mostBytes, Math.max(firstBytes, 2 * octets.length))));
    end = 0;
  };
  return (item, version, held, sent) => {
    const { key, keyValue } = sent ?? unkeyed;
    const json = sent ? sent.json : JSON.stringify(item);
    if (json === undefined) return { octets: undefined, start: 0, end: 0, key, keyValue, item, version, held };
    // A character of a string is three octets at most.
    room(typeof json === 'string' ? 3 * json.length : json.length);
    const start = end;
    end += typeof json === 'string' ? octets.write(json, start) : json.copy(octets, start);
    return { octets, start, end, key, keyValue, item: undefined, version, held };
  };
}

export function itemOf(entry: Entry): unknown {
  const { octets, start, end, key, keyValue } = entry;
  if (octets) {
    const item: unknown = JSON.parse(octets.toString('utf8', start, end));
    entry.item = key.length === 0 ? item : withKey(item, key, keyValue);
    entry.octets = undefined;
  }
  return entry.item;
}

export const storedOf = (entry: Entry | undefined): Stored | undefined =>
  entry && { item: itemOf(entry), version: entry.version };

/** Pointers come from documents, and have no such character. */
const separator = '\0';

/** Unique values as one text each. */
export function namesOf(unique: UniqueValues): readonly string[] {
  // Of the right length from the start: what grows takes more than it needs.
  const names = new Array<string>(unique.reduce((sum, { values }) => sum + values.length, 0));
  let count = 0;
  for (const { pointer, values } of unique)
    for (const value of values) names[count++] = flattened(pointer + separator + value);
  return names;
}

/** To read a character of a string that was put together makes one of its parts; those would be kept as long as it is. */
function flattened(text: string): string {
  text.charCodeAt(0);
  return text;
}

export const pointerOf = (name: string): string => name.slice(0, name.indexOf(separator));

export function uniqueOf(names: readonly string[]): UniqueValues {
  const byPointer = new Map<string, string[]>();
  for (const name of names) {
    const pointer = pointerOf(name);
    const values = byPointer.get(pointer) ?? [];
    values.push(name.slice(pointer.length + separator.length));
    byPointer.set(pointer, values);
  }
  return Array.from(byPointer, ([pointer, values]) => ({ pointer, values }));
}
