import type { CollectionAddress, PartitionSnapshot, Seed, UniqueValues } from './store.js';

/** A partition's name among those of its session. JSON has no NUL, which ends it. */
export function partitionName({ api, collection, scope }: CollectionAddress): string {
  return JSON.stringify([api, collection, ...scope]);
}

export function partitionAddress(name: string): CollectionAddress {
  const [api = '', collection = '', ...scope] = JSON.parse(name) as string[];
  return { api, collection, scope };
}

/** Pointers and values in turn. */
export function uniqueTexts(unique: UniqueValues): readonly string[] {
  return unique.flatMap(({ pointer, values }) => values.flatMap((value) => [pointer, value]));
}

export function uniqueOf(texts: readonly string[]): UniqueValues {
  const values = new Map<string, string[]>();
  for (let index = 0; index + 1 < texts.length; index += 2) {
    const pointer = texts[index] as string;
    values.set(pointer, [...(values.get(pointer) ?? []), texts[index + 1] as string]);
  }
  return Array.from(values, ([pointer, those]) => ({ pointer, values: those }));
}

/** A list among the parameters of a script. */
export const counted = (texts: readonly string[]): readonly string[] => [String(texts.length), ...texts];

/** As numbers that count up go on from them. */
export function numberOf(keyValue: unknown): string {
  return typeof keyValue === 'number' && Number.isSafeInteger(keyValue) && keyValue > 0 ? String(keyValue) : '0';
}

/** What a value that JSON has none for becomes in a list. */
export function jsonOf(item: unknown): string {
  return JSON.stringify(item) ?? 'null';
}

export function seedParameters(seeds: readonly Seed[] | undefined): readonly string[] {
  const those = (seeds ?? []).flatMap(({ keyValue, item, unique }) => [
    String(keyValue),
    numberOf(keyValue),
    jsonOf(item),
    ...counted(uniqueTexts(unique)),
  ]);
  return [seeds === undefined ? '0' : '1', String(seeds?.length ?? 0), ...those];
}

export function snapshotParameters(partitions: readonly PartitionSnapshot[]): readonly string[] {
  const those = partitions.flatMap(({ entries, hasBegun, hasLived, lastNumber, ...address }) => [
    partitionName(address),
    hasBegun ? '1' : '0',
    hasLived ? '1' : '0',
    String(lastNumber),
    String(entries.length),
    ...entries.flatMap(({ key, item, unique }) => [key, jsonOf(item), ...counted(uniqueTexts(unique))]),
  ]);
  return [String(partitions.length), ...those];
}
