import type { Contract, Operation } from '../contract/index.js';

/** A way to the operations of some servers. */
export interface BasePath {
  /** The path below it, starting with a slash; `undefined` where the path does not lead here. */
  readonly below: (path: string) => string | undefined;
  readonly serves: (operation: Operation) => boolean;
}

/**
 * The base paths of a contract's servers, in the order they are tried: the longest first, then none at all, which serves
 * every operation, then those with variables that may have any value, so that they take nothing from the others.
 */
export function basePathsOf({ operations }: Contract): BasePath[] {
  const served = new Map<string, Set<Operation>>();
  for (const operation of operations) {
    for (const { basePath } of operation.servers) {
      const known = served.get(basePath) ?? new Set();
      served.set(basePath, known.add(operation));
    }
  }
  served.delete('');
  const found = [...served].sort(([a], [b]) => b.length - a.length);
  const isOpen = ([basePath]: (typeof found)[number]) => basePath.includes('{');
  return [
    ...found.filter((entry) => !isOpen(entry)).map(([basePath, those]) => fixed(basePath, those)),
    { below: (path) => path, serves: () => true },
    ...found.filter(isOpen).map(([basePath, those]) => open(basePath, those)),
  ];
}

function fixed(basePath: string, those: ReadonlySet<Operation>): BasePath {
  return {
    below: (path) => {
      if (!path.startsWith(basePath)) return undefined;
      if (path.length === basePath.length) return '/';
      return path[basePath.length] === '/' ? path.slice(basePath.length) : undefined;
    },
    serves: (operation) => those.has(operation),
  };
}

function open(basePath: string, those: ReadonlySet<Operation>): BasePath {
  const source = basePath
    .split(/\{[^{}]*\}/)
    .map((text) => text.replace(/[.*+?^$()|[\]\\{}]/g, '\\$&'))
    .join('[^/]+');
  const pattern = new RegExp(`^${source}(?=/|$)`);
  return {
    below: (path) => {
      const match = pattern.exec(path);
      return match ? path.slice(match[0].length) || '/' : undefined;
    },
    serves: (operation) => those.has(operation),
  };
}
