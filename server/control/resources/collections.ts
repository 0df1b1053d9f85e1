import { type Contract, lazyOf, type Resource, type Violation } from '../../contract/index.js';
import { toPointer } from '../../documents/index.js';
import {
  allUniqueValues,
  at,
  beginPartition,
  documentedItem,
  faultsOfItem,
  problem,
  resetPartitions,
  restoreStore,
} from '../../replies/index.js';
import { type CollectionAddress, createMemoryStore, type PartitionSnapshot, type Store } from '../../state/index.js';
import { type ControlReply, type ControlRequest, done, type Handlers } from '../handler.js';
import { findApi, missing } from '../missing.js';

type Known = Pick<Resource, 'name' | 'key' | 'scope' | 'unique' | 'seed' | 'collection' | 'isInferred'>;

/** The collections of an API by their names: as their operations say, else as those below them do. */
const collectionsOf = lazyOf(({ operations }: Contract): ReadonlyMap<string, Known> => {
  const resources = operations.flatMap(({ resource }) => resource ?? []);
  const parents = resources.flatMap(({ parent }) => (parent ? [{ ...parent, unique: [] }] : []));
  // Where several operations share a collection, the one that says more of it comes last.
  const bySaying = [...parents, ...resources].sort((a, b) => weight(a) - weight(b));
  const declared = new Set([...parents, ...resources].filter(({ isInferred }) => !isInferred).map(({ name }) => name));
  return new Map(
    bySaying.map(({ isInferred: _, ...known }) => [
      known.name,
      { ...known, ...(!declared.has(known.name) && { isInferred: true }) } as Known,
    ]),
  );
});

const weight = (known: { readonly unique: readonly unknown[]; readonly seed: readonly unknown[]; effect?: string }) =>
  (known.effect === undefined ? 0 : 1) + 2 * known.unique.length + 4 * known.seed.length;

/** What is remembered: read, replaced, reset. */
export function collectionHandlers(contracts: readonly Contract[]): Handlers {
  const find = (
    { path, query }: ControlRequest,
    isWhole = false,
  ): { known: Known; address: CollectionAddress } | Extract<ControlReply, { problem: unknown }> => {
    const contract = findApi(contracts, path.api as string);
    if ('problem' in contract) return contract;
    const known = collectionsOf(contract).get(path.collection as string);
    if (!known)
      return missing(`${contract.name} keeps no collection "${path.collection}"`, [...collectionsOf(contract).keys()]);
    const scope = (query.scope as readonly string[] | undefined) ?? [];
    if (scope.length !== known.scope.length && !(isWhole && scope.length === 0)) {
      const wanted = known.scope.map((name) => `scope={${name}}`).join('&') || 'no scope';
      const wrong = {
        location: 'query',
        pointer: '/scope',
        keyword: 'maxItems',
        message: `must be: ${wanted}`,
      } as const;
      return { problem: problem('request-invalid', { detail: `query/scope ${wrong.message}`, violations: [wrong] }) };
    }
    return { known, address: { api: contract.name, collection: known.name, scope } };
  };

  return {
    listCollections: async ({ store }) => {
      const partitions = await store.snapshot();
      const collections = contracts.flatMap((contract) =>
        Array.from(collectionsOf(contract).values(), (known) => describe(contract, known, partitions)),
      );
      return { status: 200, body: { collections } };
    },
    resetCollections: async ({ store }) => {
      await restoreStore(contracts, store, []);
      return done;
    },
    readCollection: async (request) => {
      const found = find(request);
      return 'problem' in found ? found : readPartition(request.store, found.known, found.address);
    },
    readSeed: async (request) => {
      const found = find(request);
      if ('problem' in found) return found;
      const store = createMemoryStore();
      await restoreStore(contracts, store, []);
      return readPartition(store, found.known, found.address);
    },
    replaceCollection: async (request: ControlRequest<{ readonly items: readonly unknown[] }>) => {
      const found = find(request);
      if ('problem' in found) return found;
      const wrong = await replacePartition(request.store, found.known, found.address, request.body.items);
      if (wrong.length > 0)
        return {
          problem: problem('request-invalid', {
            detail: `body${wrong[0]?.pointer} ${wrong[0]?.message}`,
            violations: wrong,
          }),
        };
      return readPartition(request.store, found.known, found.address);
    },
    resetCollection: async (request) => {
      const found = find(request, true);
      if ('problem' in found) return found;
      const { api, collection, scope } = found.address;
      const isMeant = (one: CollectionAddress) =>
        one.api === api &&
        one.collection === collection &&
        (scope.length === 0 || scope.every((value, index) => one.scope[index] === value));
      await resetPartitions(contracts, request.store, isMeant);
      return done;
    },
  };
}

function describe(
  { name: api }: Contract,
  { name: collection, key, scope, isInferred }: Known,
  all: readonly PartitionSnapshot[],
) {
  const partitions = all.filter((partition) => partition.api === api && partition.collection === collection);
  return {
    api,
    collection,
    key: toPointer(key),
    scope,
    isInferred: isInferred === true,
    partitions: partitions.map((partition) => ({ scope: partition.scope, items: partition.entries.length })),
  };
}

async function readPartition(store: Store, known: Known, address: CollectionAddress): Promise<ControlReply> {
  await beginPartition(store, known, address);
  return { status: 200, body: { ...address, items: await store.list(address) } };
}

/** Nothing is changed where anything is wrong with what is to be there. */
async function replacePartition(
  store: Store,
  known: Known,
  address: CollectionAddress,
  items: readonly unknown[],
): Promise<readonly Violation[]> {
  const wrong = faultsOf(known, items);
  if (wrong.length > 0) return wrong;
  const entries = items.map((sent) => {
    const item = documentedItem(known.collection, sent);
    return { key: String(at(item, known.key)), item, unique: allUniqueValues(known.unique, item) };
  });
  const numbers = items.map((item) => at(item, known.key)).filter((key): key is number => Number.isSafeInteger(key));
  const lastNumber = numbers.reduce((most, one) => Math.max(most, one), 0);
  await store.replace([{ ...address, hasBegun: true, hasLived: true, lastNumber, entries }]);
  return [];
}

function faultsOf({ key, unique, collection }: Known, items: readonly unknown[]): Violation[] {
  const taken = new Set<string>();
  return items.flatMap((item, index) => {
    const violation = (at: string, keyword: string, message: string): Violation => ({
      location: 'body',
      pointer: `/items/${index}${at}`,
      keyword,
      message,
    });
    const value = at(item, key);
    if ((typeof value !== 'string' && typeof value !== 'number') || value === '')
      return [violation(toPointer(key), 'required', 'must be the key of the item: a text or a number')];
    const names: readonly (readonly [pointer: string, value: string])[] = [
      ['', String(value)],
      ...allUniqueValues(unique, item).flatMap(({ pointer, values }) => values.map((one) => [pointer, one] as const)),
    ];
    const doubled = names.flatMap(([pointer, one]) => {
      const name = `${pointer}\0${one}`;
      if (taken.has(name)) return [violation(pointer || toPointer(key), 'uniqueItems', 'is that of an item before it')];
      taken.add(name);
      return [];
    });
    const faults = faultsOfItem(collection, item).map(({ pointer, keyword, message }) =>
      violation(pointer, keyword, message),
    );
    return [...doubled, ...faults];
  });
}
