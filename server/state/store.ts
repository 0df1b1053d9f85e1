/** Answered at once where the store is in memory; awaited where it is elsewhere. */
export type MaybePromise<T> = T | Promise<T>;

/** One partition of a collection. */
export interface CollectionAddress {
  readonly api: string;
  readonly collection: string;
  /** The values of the scope's path parameters, in their order. */
  readonly scope: readonly string[];
}

export interface SaveRequest {
  readonly address: CollectionAddress;
  readonly item: unknown;
  /** Where the item carries its key. */
  readonly key: readonly string[];
  /** The key itself; absent: the next number. */
  readonly keyValue?: string | number;
  /**
   * Values that no other item of the partition may have, by the pointer they are declared under. They replace those that
   * the item had there; of a pointer that is not listed, it keeps them.
   */
  readonly unique: readonly { readonly pointer: string; readonly values: readonly string[] }[];
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

/** Where collections and counts are kept. Each call is atomic. */
export interface Store {
  /** Stores an item, or nothing at all where anything about it is taken. */
  readonly save: (request: SaveRequest) => MaybePromise<SaveOutcome>;
  readonly find: (address: CollectionAddress, key: string) => MaybePromise<unknown>;
  /** Counts one request against a limit of `requests` in fixed windows of `windowMs`. */
  readonly count: (subject: string, requests: number, windowMs: number, nowMs: number) => MaybePromise<Allowance>;
  /** What `count` would leave, without counting. */
  readonly peek: (subject: string, requests: number, windowMs: number, nowMs: number) => MaybePromise<Allowance>;
}
