import type { Forced, Store } from './store.js';

/** Forced replies in the order in which they came. */
export function createMemoryForced(): Pick<Store, 'forced' | 'addForced' | 'useForced' | 'removeForced'> {
  const all = new Map<string, Forced>();
  const byOperation = new Map<string, readonly Forced[]>();

  const set = (id: string, forced: Forced | undefined) => {
    if (forced) all.set(id, forced);
    else all.delete(id);
    byOperation.clear();
    for (const one of all.values()) byOperation.set(one.operation, [...(byOperation.get(one.operation) ?? []), one]);
  };

  return {
    forced: (operation) => (operation === undefined ? [...all.values()] : (byOperation.get(operation) ?? none)),
    addForced: (forced) => set(forced.id, forced),
    useForced: (id) => {
      const forced = all.get(id);
      if (!forced) return false;
      const { times } = forced;
      if (times !== undefined) set(id, times > 1 ? { ...forced, times: times - 1 } : undefined);
      return true;
    },
    removeForced: (id) => {
      const before = all.size;
      if (id === undefined) {
        all.clear();
        byOperation.clear();
      } else set(id, undefined);
      return before - all.size;
    },
  };
}

const none: readonly Forced[] = [];
