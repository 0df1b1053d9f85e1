import type { Contract } from '../../contract/index.js';
import { toPointer } from '../../documents/index.js';

/** A collection that standin keeps, and where it knows it from. */
export interface KnownCollection {
  readonly name: string;
  readonly origin: 'declared' | 'inferred';
  readonly key: string;
  readonly generate?: string;
  readonly scope: readonly string[];
  readonly parent?: string;
  /** Where the schema of an item stands. */
  readonly schema?: string;
  /** What the key was found by. */
  readonly from?: string;
  readonly operations: readonly {
    readonly effect: string;
    readonly id: string;
    readonly method: string;
    readonly path: string;
  }[];
}

/** The collections of a contract, in the order of its operations. */
export function collectionsOf({ operations }: Pick<Contract, 'operations'>): KnownCollection[] {
  const names = [...new Set(operations.flatMap(({ resource }) => resource?.name ?? []))];
  return names.map((name) => {
    const members = operations.filter(({ resource }) => resource?.name === name);
    const declared = members.find(({ resource }) => resource && !resource.isInferred)?.resource;
    const widest = members
      .map(({ resource }) => resource)
      .sort((a, b) => (a?.effect === 'create' ? -1 : b?.effect === 'create' ? 1 : 0))[0];
    const { key = [], generate, scope = [], parent, collection } = declared ?? widest ?? {};
    return {
      name,
      origin: declared ? 'declared' : 'inferred',
      key: toPointer(key),
      ...(generate && { generate: generate.kind === 'sample' ? 'by its schema' : generate.kind }),
      scope,
      ...(parent && { parent: parent.name }),
      ...(collection && { schema: collection.itemPointer, from: collection.keyFrom }),
      operations: members.map(({ resource, id, method, path }) => ({
        effect: resource?.effect ?? '',
        id,
        method,
        path,
      })),
    };
  });
}

/** A row for each collection, and below it one for each of its operations. */
export function stateTable(collections: readonly KnownCollection[]): string {
  if (collections.length === 0) return 'no collections: no path is that of a list of items, and none is declared\n';
  const rows = collections.flatMap(({ name, origin, key, generate, parent, from, operations }) => [
    [
      name,
      origin,
      `${key}${generate ? ` (${generate})` : ''}`,
      parent ? `below ${parent}` : '',
      from ? `key from ${from}` : '',
    ],
    ...operations.map(({ effect, method, path, id }) => [
      `  ${effect}`,
      method,
      path,
      id === `${method} ${path}` ? '' : id,
      '',
    ]),
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}
