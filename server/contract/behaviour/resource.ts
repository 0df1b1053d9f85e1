import { fromPointer, isObject } from '../../documents/index.js';

type Keys = readonly string[];

/** The collection that an operation works on (`x-standin-resource`). */
export interface Resource {
  readonly name: string;
  readonly effect: 'create' | 'upsert';
  readonly key: Keys;
  readonly generate?: KeyGeneration;
  /** Path parameters that partition the collection. */
  readonly scope: readonly string[];
  readonly unique: readonly Unique[];
  readonly parent?: Parent;
  readonly seed: readonly SeedItem[];
}

export type KeyGeneration =
  | { readonly kind: 'uuid' | 'increment' }
  | { readonly kind: 'ulid'; readonly prefix: string };

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
    name: value.name as string,
    effect: value.effect === 'upsert' ? 'upsert' : 'create',
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
  if (value === 'uuid' || value === 'increment') return { kind: value };
  const prefix = isObject(value) && isObject(value.ulid) ? value.ulid.prefix : undefined;
  return { kind: 'ulid', prefix: typeof prefix === 'string' ? prefix : '' };
}

function parseParent(value: Record<string, unknown>): Parent {
  return {
    name: value.name as string,
    parameter: value.parameter as string,
    key: fromPointer((value.key as string | undefined) ?? '/id'),
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
