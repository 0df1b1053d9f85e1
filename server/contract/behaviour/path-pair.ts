import type { Operation } from '../contract.js';

/** A collection's path and that of its items: `/things`, `/things/{id}`. */
export interface PathPair {
  readonly path: string;
  readonly itemPath: string;
  /** The path parameter that names the item. */
  readonly parameter: string;
  readonly onCollection: readonly Operation[];
  readonly onItem: readonly Operation[];
}

/** The pairs of an API by `templateOf` the item's path, the shorter first: parents come before their children. */
export function pathPairs(operations: readonly Operation[]): ReadonlyMap<string, PathPair> {
  const byTemplate = new Map<string, Operation[]>();
  for (const operation of operations) {
    if (/[?#]/.test(operation.path)) continue;
    const template = templateOf(operation.path);
    const known = byTemplate.get(template);
    if (known) known.push(operation);
    else byTemplate.set(template, [operation]);
  }
  const pairs = new Map<string, PathPair>();
  for (const template of [...byTemplate.keys()].sort((a, b) => a.length - b.length)) {
    const onItem = byTemplate.get(template) ?? [];
    const onCollection = template.endsWith('/{}') ? byTemplate.get(template.slice(0, -'/{}'.length)) : undefined;
    const [first] = onItem;
    const parameter = first && pathParameters(first.path).at(-1);
    const path = onCollection?.[0]?.path;
    if (!onCollection || parameter === undefined || path === undefined) continue;
    pairs.set(template, { path, itemPath: first?.path ?? '', parameter, onCollection, onItem });
  }
  return pairs;
}

/** `/a/{}/b`: what paths have in common that differ in the names of their parameters, and in a slash at their end. */
export const templateOf = (path: string) => path.replace(/\{[^{}]*\}/g, '{}').replace(/(?<=.)\/$/, '');

export const pathParameters = (path: string) => [...path.matchAll(/\{([^{}]+)\}/g)].map(([, name]) => name as string);

/** `pet` of `/store/{id}/pets`. */
export function singularOf(path: string): string {
  const last = pluralOf(path);
  if (/ies$/i.test(last)) return last.replace(/ies$/i, 'y');
  if (/(?:ss|x|ch|sh)es$/i.test(last)) return last.slice(0, -2);
  return /[^s]s$/i.test(last) ? last.slice(0, -1) : last;
}

export const pluralOf = (path: string) =>
  path
    .split('/')
    .filter((part) => part !== '' && !part.includes('{'))
    .at(-1) ?? '';
