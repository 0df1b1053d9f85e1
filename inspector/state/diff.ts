/** What of an item is not as it was. */
export interface ItemChange {
  /** JSON Pointer; empty for the whole. */
  readonly pointer: string;
  /** Absent where there was, or is, nothing. */
  readonly before?: unknown;
  readonly after?: unknown;
}

export interface ItemDifference {
  readonly key: string;
  readonly kind: 'added' | 'removed' | 'changed';
  readonly changes: readonly ItemChange[];
}

/** How items differ from what a collection starts with, by the key that a JSON Pointer leads to. */
export function diffItems(seed: readonly unknown[], items: readonly unknown[], key: string): ItemDifference[] {
  const before = new Map(seed.map((item) => [keyOfItem(item, key), item]));
  const after = new Map(items.map((item) => [keyOfItem(item, key), item]));
  const removed = [...before].flatMap(([name, item]): ItemDifference[] =>
    after.has(name) ? [] : [{ key: name, kind: 'removed', changes: [{ pointer: '', before: item }] }],
  );
  const others = [...after].flatMap(([name, item]): ItemDifference[] => {
    if (!before.has(name)) return [{ key: name, kind: 'added', changes: [{ pointer: '', after: item }] }];
    const changes = changesBetween(before.get(name), item);
    return changes.length === 0 ? [] : [{ key: name, kind: 'changed', changes }];
  });
  return [...removed, ...others];
}

export function keyOfItem(item: unknown, pointer: string): string {
  const tokens = pointer.split('/').slice(1);
  const found = tokens.reduce<unknown>(
    (value, token) =>
      (value as Record<string, unknown> | undefined)?.[token.replaceAll('~1', '/').replaceAll('~0', '~')],
    item,
  );
  return String(found);
}

export function changesBetween(before: unknown, after: unknown, pointer = ''): ItemChange[] {
  const [old, now] = [membersOf(before), membersOf(after)];
  if (!old || !now || Array.isArray(before) !== Array.isArray(after))
    return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ pointer, before, after }];
  const names = new Set([...Object.keys(old), ...Object.keys(now)]);
  return Array.from(names).flatMap((name) => {
    const at = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (!Object.hasOwn(now, name)) return [{ pointer: at, before: old[name] }];
    if (!Object.hasOwn(old, name)) return [{ pointer: at, after: now[name] }];
    return changesBetween(old[name], now[name], at);
  });
}

const membersOf = (value: unknown) =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
