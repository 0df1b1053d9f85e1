import { fromPointer, isObject } from '../../documents/index.js';
import type { Chance } from '../chance.js';
import { type Change, parseChange } from './change.js';
import type { Collection } from './collection.js';

type Keys = readonly string[];

/** What an operation does to its collection: the last five to the item that the path names. */
export const effects = ['create', 'upsert', 'list', 'read', 'replace', 'merge', 'delete', 'change'] as const;

/** `create-all` is only inferred: it creates each item of the list that is sent. */
export type Effect = (typeof effects)[number] | 'create-all';

/** The collection that an operation works on (`x-standin-resource`), declared or inferred. */
export interface Resource {
  /** Empty, until it is known, where a `change` leaves it to the path. */
  readonly name: string;
  readonly effect: Effect;
  /** The path parameter that names the item; by default the last in the path. */
  readonly parameter?: string;
  /** What the document itself says of the collection; absent where it says nothing. */
  readonly collection?: Collection;
  /** Whether nobody declared it. */
  readonly isInferred?: true;
  /** Of the effect `change`. */
  readonly change?: Change;
  readonly key: Keys;
  readonly generate?: KeyGeneration;
  /** Path parameters that partition the collection. */
  readonly scope: readonly string[];
  readonly unique: readonly Unique[];
  readonly parent?: Parent;
  readonly seed: readonly SeedItem[];
}

export type KeyGeneration =
  | { readonly kind: 'uuid' }
  | { readonly kind: 'increment' }
  /** Lower case, unless it says otherwise. */
  | { readonly kind: 'ulid'; readonly prefix: string; readonly isUpperCase?: true }
  /** Any value that the key's schema accepts. */
  | { readonly kind: 'sample'; readonly sample: (chance: Chance) => unknown };

export interface Unique {
  readonly pointer: string;
  readonly keys: Keys;
  /** Within an element of a list: what identifies it. Empty: all of it. */
  readonly by: readonly Keys[];
  readonly ignoreCase: boolean;
  /** Name of the example to answer with. */
  readonly example?: string;
}

export interface Parent {
  readonly name: string;
  readonly parameter: string;
  readonly key: Keys;
  /** Path parameters that partition the parent's collection. */
  readonly scope: readonly string[];
  /** Whether anything is taken for a parent as long as its collection has never held an item. */
  readonly isInferred?: true;
  readonly collection?: Collection;
  readonly seed: readonly SeedItem[];
}

export interface SeedItem {
  readonly scope: Readonly<Record<string, string>>;
  readonly item: unknown;
}

/** `x-standin-resource`, already checked against its schema; `undefined` for `false`. */
export function parseResource(value: unknown): Resource | undefined {
  if (!isObject(value)) return undefined;
  const scope = (value.scope as string[] | undefined) ?? [];
  const generate = parseGeneration(value.generate);
  return {
    name: (value.name as string | undefined) ?? '',
    effect: (value.effect as Effect | undefined) ?? 'create',
    ...(typeof value.parameter === 'string' && { parameter: value.parameter }),
    ...(value.effect === 'change' && { change: parseChange(value) }),
    key: fromPointer((value.key as string | undefined) ?? '/id'),
    ...(generate && { generate }),
    scope,
    unique: ((value.unique as Record<string, unknown>[] | undefined) ?? []).map((entry) => ({
      pointer: entry.pointer as string,
      keys: fromPointer(entry.pointer as string),
      by: ((entry.by as string[] | undefined) ?? []).map(fromPointer),
      ignoreCase: entry.ignoreCase === true,
      ...(typeof entry.example === 'string' && { example: entry.example }),
    })),
    ...(isObject(value.parent) && { parent: parseParent(value.parent) }),
    seed: parseSeed(value.seed, scope.length > 0),
  };
}

function parseGeneration(value: unknown): KeyGeneration | undefined {
  if (value === undefined) return undefined;
  if (value === 'uuid') return { kind: 'uuid' };
  if (value === 'increment') return { kind: 'increment' };
  const prefix = isObject(value) && isObject(value.ulid) ? value.ulid.prefix : undefined;
  return { kind: 'ulid', prefix: typeof prefix === 'string' ? prefix : '' };
}

function parseParent(value: Record<string, unknown>): Parent {
  return {
    name: value.name as string,
    parameter: value.parameter as string,
    key: fromPointer((value.key as string | undefined) ?? '/id'),
    scope: [],
    seed: parseSeed(value.seed, false),
  };
}

function parseSeed(value: unknown, scoped: boolean): SeedItem[] {
  return ((value as unknown[] | undefined) ?? []).map((entry) =>
    scoped && isObject(entry) && 'item' in entry
      ? {
          scope: Object.fromEntries(
            Object.entries((entry.scope ?? {}) as object).map(([name, part]) => [name, String(part)]),
          ),
          item: entry.item,
        }
      : { scope: {}, item: entry },
  );
}
