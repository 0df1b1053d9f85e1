import type { RecordPage } from './record-page.js';

/** Answered at once where the store is in memory; awaited where it is elsewhere. */
export type MaybePromise<T> = T | Promise<T>;

/** One partition of a collection. */
export interface CollectionAddress {
  readonly api: string;
  readonly collection: string;
  /** The values of the scope's path parameters, in their order. */
  readonly scope: readonly string[];
}

/** Values that no other item of the partition may have, by the pointer they are declared under. */
export type UniqueValues = readonly { readonly pointer: string; readonly values: readonly string[] }[];

/** An item that is there from the start. */
export interface Seed {
  readonly item: unknown;
  readonly keyValue: string | number;
  readonly unique: UniqueValues;
}

/** An item as it is kept. */
export interface Stored {
  readonly item: unknown;
  /** Another one after each change. */
  readonly version: number;
}

/** What an item is to become, provided that it is still the one that was read. Its unique values are all that it has then. */
export interface ChangeRequest {
  readonly address: CollectionAddress;
  readonly key: string;
  readonly version: number;
  readonly item: unknown;
  readonly unique: UniqueValues;
}

export type ChangeOutcome =
  | { readonly kind: 'updated'; readonly item: unknown }
  | { readonly kind: 'missing' }
  /** Another request came between. */
  | { readonly kind: 'stale' }
  | { readonly kind: 'conflict'; readonly pointer: string; readonly item: unknown };

export interface SaveRequest {
  readonly address: CollectionAddress;
  readonly item: unknown;
  /** The item as JSON in UTF-8, where it is at hand: for who keeps it as that. Whoever takes it makes a copy. */
  readonly json?: Buffer | undefined;
  /** Where the item carries its key. */
  readonly key: readonly string[];
  /** The key itself; absent: the next number. */
  readonly keyValue?: string | number | undefined;
  /**
   * Values that no other item of the partition may have. They replace those that the item had there; of a pointer that is
   * not listed, it keeps them.
   */
  readonly unique: UniqueValues;
  /** Merge into an item that has the key already, rather than refuse. */
  readonly upsert: boolean;
}

export type SaveOutcome =
  | { readonly kind: 'created' | 'found'; readonly item: unknown }
  /** `pointer`: of the key, or of the unique value that another item has. */
  | { readonly kind: 'conflict'; readonly pointer: string; readonly item: unknown };

/** What is left of a limit after a request. */
export interface Allowance {
  readonly allowed: boolean;
  readonly remaining: number;
  /** When the window ends, in milliseconds since 1970. */
  readonly resetMs: number;
}

/** A partition with all that is in it, as data that JSON can hold. */
export interface PartitionSnapshot {
  readonly api: string;
  readonly collection: string;
  readonly scope: readonly string[];
  /** Whether what it starts with is in it. */
  readonly hasBegun: boolean;
  readonly hasLived: boolean;
  /** The highest number given as a key. */
  readonly lastNumber: number;
  readonly entries: readonly { readonly key: string; readonly item: unknown; readonly unique: UniqueValues }[];
}

/** A reply that somebody asked for in advance. What it says is nobody's concern here. */
export interface Forced {
  readonly id: string;
  /** The operation it is for, by the name of its API and its id. */
  readonly operation: string;
  /** How many requests are to get it yet; `undefined`: all. */
  readonly times?: number;
  readonly reply: unknown;
}

/** An entry of the journal, with its place in it: numbers that count up from 1. */
export interface Recorded {
  readonly number: number;
  readonly entry: unknown;
}

/** Where collections, counts and records of one session are kept. Each call is atomic, and what goes in and out is data. */
export interface Store {
  /** Stores an item, or nothing at all where anything about it is taken. */
  readonly save: (request: SaveRequest) => MaybePromise<SaveOutcome>;
  readonly find: (address: CollectionAddress, key: string) => MaybePromise<Stored | undefined>;
  /** Whether `begin` was called; where a store is shared, one may be told of no other's calls, and `begin` in vain. */
  readonly hasBegun: (address: CollectionAddress) => MaybePromise<boolean>;
  /**
   * Puts in what a partition starts with; `undefined` leaves it as one that never held an item, which an empty list does
   * not. Does nothing where that was done before.
   */
  readonly begin: (address: CollectionAddress, seeds: readonly Seed[] | undefined) => MaybePromise<void>;
  /** Whether the partition has ever held an item. */
  readonly hasLived: (address: CollectionAddress) => MaybePromise<boolean>;
  /** All items of a partition, in the order in which they came. */
  readonly list: (address: CollectionAddress) => MaybePromise<readonly unknown[]>;
  readonly change: (request: ChangeRequest) => MaybePromise<ChangeOutcome>;
  /** Takes an item out, and gives back its unique values; `undefined` where there is none, or none of the `version` that is given. */
  readonly remove: (address: CollectionAddress, key: string, version?: number) => MaybePromise<Stored | undefined>;
  /** All partitions that anything was asked of, with what is in them. */
  readonly snapshot: () => MaybePromise<readonly PartitionSnapshot[]>;
  /** Replaces all partitions by those of a snapshot; those that it lacks begin anew. */
  readonly restore: (partitions: readonly PartitionSnapshot[]) => MaybePromise<void>;
  /** Puts partitions in the place of those of the same address, all at once; the others stay as they are. */
  readonly replace: (partitions: readonly PartitionSnapshot[]) => MaybePromise<void>;
  /** Counts one request against a limit of `requests` in fixed windows of `windowMs`. */
  readonly count: (subject: string, requests: number, windowMs: number, nowMs: number) => MaybePromise<Allowance>;
  /** What `count` would leave, without counting. */
  readonly peek: (subject: string, requests: number, windowMs: number, nowMs: number) => MaybePromise<Allowance>;
  /** Forgets all counts. */
  readonly forgetCounts: () => MaybePromise<void>;
  /** Forced replies, in the order in which they are to be used: of one operation, or all. */
  readonly forced: (operation?: string) => MaybePromise<readonly Forced[]>;
  readonly addForced: (forced: Forced) => MaybePromise<void>;
  /** Uses a forced reply once; `false` where no use is left, or it is gone. */
  readonly useForced: (id: string) => MaybePromise<boolean>;
  /** Takes out one, or all; tells how many. */
  readonly removeForced: (id?: string) => MaybePromise<number>;
  /** Writes entries into the journal, which keeps the last 10,000. */
  readonly record: (entries: RecordPage | readonly unknown[]) => MaybePromise<void>;
  /** Up to `most` entries after a number, the oldest first. */
  readonly recorded: (after: number, most: number) => MaybePromise<readonly Recorded[]>;
  readonly forgetRecorded: () => MaybePromise<void>;
  /** Adds to named counts, as of coverage. */
  readonly tally: (additions: Readonly<Record<string, number>>) => MaybePromise<void>;
  readonly tallies: () => MaybePromise<Readonly<Record<string, number>>>;
  readonly forgetTallies: () => MaybePromise<void>;
}

/** The part of a store that keeps collections. */
export type CollectionStore = Pick<
  Store,
  | 'save'
  | 'find'
  | 'hasBegun'
  | 'begin'
  | 'hasLived'
  | 'list'
  | 'change'
  | 'remove'
  | 'snapshot'
  | 'restore'
  | 'replace'
>;
