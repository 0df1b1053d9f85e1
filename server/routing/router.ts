import { type Contract, type Operation, parsePathKey } from '../contract/index.js';
import { type BasePath, basePathsOf } from './base-path.js';
import { type Carried, type Conditions, compileConditions } from './conditions.js';
import { nearestPath } from './nearest.js';
import { createPathTree, type PathTree } from './path-tree.js';

/** Where a request leads. */
export type Route =
  | {
      readonly kind: 'operation';
      readonly contract: Contract;
      readonly operation: Operation;
      readonly pathParameters: Readonly<Record<string, string>>;
      /** Others of the same method, whose templates differ from this one's in the names of parameters alone. */
      readonly equals?: readonly Candidate[];
    }
  /** The path is documented, the method is not. */
  | { readonly kind: 'method-not-allowed'; readonly contract: Contract; readonly allow: readonly string[] }
  | { readonly kind: 'not-found' };

/** An operation that a request may be for. */
export interface Candidate {
  readonly operation: Operation;
  readonly pathParameters: Readonly<Record<string, string>>;
}

export interface Router {
  /**
   * @param method upper case
   * @param host the `Host` header
   * @param path starts with a slash, percent-encoded, without query
   * @param carried the query and headers, for paths that are told apart by them
   */
  readonly route: (method: string, host: string | undefined, path: string, carried?: Carried) => Route;
  /** The documented path most like one that leads nowhere, as a client would write it. */
  readonly nearest: (path: string) => string | undefined;
  /** The path under which a contract is served: `/prelude`, or nothing where it is alone. */
  readonly prefixOf: (contract: Contract) => string;
}

interface Entry {
  readonly operation: Operation;
  readonly conditions: Conditions;
  /** Later ones of the same method and an equal template. */
  readonly equals: Operation[];
}

interface Mounted {
  readonly contract: Contract;
  readonly tree: PathTree<Entry>;
  readonly basePaths: readonly BasePath[];
  readonly hosts: ReadonlySet<string>;
}

const nothingCarried: Carried = { query: '', headers: {} };

/**
 * Several contracts are served under `/<name>`, one at the root; with and without the base path of their servers. A
 * request whose `Host` is a documented server's reaches its contract with no prefix.
 */
export function createRouter(contracts: readonly Contract[]): Router {
  const mounted = contracts.map(mount);
  const byName = new Map(mounted.map((api) => [api.contract.name, api]));
  const [first] = mounted;
  const only = mounted.length === 1 ? first : undefined;
  const prefixOf = (contract: Contract) => (only ? '' : `/${contract.name}`);
  const byHost = (host: string) => mounted.filter((api) => isHostOf(api, host));

  return {
    prefixOf,
    nearest: (path) => nearestPath(path, contracts, prefixOf),
    route(method, host, path, carried = nothingCarried) {
      if (only) return routeIn(only, method, path, carried);
      let refused: Route | undefined;
      const end = path.indexOf('/', 1);
      const named = byName.get(end === -1 ? path.slice(1) : path.slice(1, end));
      if (named) {
        const route = routeIn(named, method, end === -1 ? '/' : path.slice(end), carried);
        if (route.kind === 'operation') return route;
        if (route.kind === 'method-not-allowed') refused = route;
      }
      for (const api of host === undefined ? [] : byHost(host.toLowerCase())) {
        const route = routeIn(api, method, path, carried);
        if (route.kind === 'operation') return route;
        if (route.kind === 'method-not-allowed') refused ??= route;
      }
      return refused ?? notFound;
    },
  };
}

const notFound: Route = { kind: 'not-found' };

function mount(contract: Contract): Mounted {
  const tree = createPathTree<Entry>();
  const entries = contract.operations.map((operation) => {
    const key = parsePathKey(operation.path);
    return { template: key.template, entry: { operation, conditions: compileConditions(key), equals: [] } as Entry };
  });
  if (entries.some(({ entry }) => entry.conditions.weight > 0))
    entries.sort((a, b) => b.entry.conditions.weight - a.entry.conditions.weight);
  for (const { template, entry } of entries) {
    const { operation, conditions } = entry;
    const before = tree.add(template, entry);
    if (conditions.weight > 0) continue;
    const first = before.find((one) => one.operation.method === operation.method && one.conditions.weight === 0);
    first?.equals.push(operation);
  }
  const servers = [...contract.servers, ...contract.operations.flatMap((operation) => operation.servers)];
  return {
    contract,
    tree,
    basePaths: basePathsOf(contract),
    hosts: new Set(servers.flatMap(({ host }) => (host ? [host] : []))),
  };
}

/**
 * A documented host counts on any port where it can only mean that API; a loopback host is this machine's, and counts
 * only with its port.
 */
function isHostOf({ hosts }: Mounted, host: string): boolean {
  if (hosts.has(host)) return true;
  const name = host.replace(/:\d+$/, '');
  return name !== host && hosts.has(name) && !/^(?:localhost|127\.[\d.]+|\[::1\])$/.test(name);
}

function routeIn({ contract, tree, basePaths }: Mounted, method: string, path: string, carried: Carried): Route {
  let found: Route | undefined;
  for (const basePath of basePaths) {
    const below = basePath.below(path);
    if (below === undefined) continue;
    tree.find(below, ({ operation, conditions, equals }, inPath) => {
      if (operation.method !== method && !(method === 'HEAD' && operation.method === 'GET' && !found)) return false;
      const inQuery = basePath.serves(operation) ? conditions.meet(carried) : undefined;
      if (!inQuery) return false;
      const pathParameters = Object.assign(inPath, inQuery);
      found =
        equals.length === 0
          ? { kind: 'operation', contract, operation, pathParameters }
          : {
              kind: 'operation',
              contract,
              operation,
              pathParameters,
              equals: equals
                .filter((other) => basePath.serves(other))
                .map((other) => ({ operation: other, pathParameters: renamed(operation, pathParameters, other) })),
            };
      return operation.method === method;
    });
    if (found) return found;
  }
  const allow = methodsAt(tree, basePaths, path, carried);
  return allow.size === 0
    ? notFound
    : { kind: 'method-not-allowed', contract, allow: [...allow.add('OPTIONS')].sort() };
}

const namesOf = ({ path }: Operation) => [...path.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name as string);

/** The values of an operation's path parameters by the names that another has for them. */
function renamed(
  operation: Operation,
  values: Readonly<Record<string, string>>,
  other: Operation,
): Readonly<Record<string, string>> {
  const names = namesOf(operation);
  return Object.fromEntries(namesOf(other).map((name, index) => [name, values[names[index] as string] as string]));
}

function methodsAt(tree: PathTree<Entry>, basePaths: readonly BasePath[], path: string, carried: Carried): Set<string> {
  const methods = new Set<string>();
  for (const basePath of basePaths) {
    const below = basePath.below(path);
    if (below === undefined) continue;
    tree.find(below, ({ operation, conditions }) => {
      if (basePath.serves(operation) && conditions.meet(carried)) methods.add(operation.method);
      return false;
    });
  }
  if (methods.has('GET')) methods.add('HEAD');
  return methods;
}
