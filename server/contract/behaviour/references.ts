import type { Contract, Operation } from '../contract.js';
import { lazyOf } from '../lazy.js';
import type { Shape } from '../shape.js';
import { bare } from './item-form.js';
import { pathParameters, singularOf, templateOf } from './path-pair.js';
import type { Resource } from './resource.js';

/** A property of what a client sends that names an item of another collection: `ownerId` where there is `/owners/{id}`. */
export interface Reference {
  readonly name: string;
  /** The collection that it names an item of. */
  readonly resource: Resource;
  /** The path parameters of the operation that say which partition of it. */
  readonly scope: readonly string[];
}

/** The references in the body of an operation. */
export const referencesOf = (contract: Contract, operation: Operation): readonly Reference[] =>
  ofContract(contract)(operation);

const ofContract = lazyOf((contract: Contract) => lazyOf((operation: Operation) => find(contract, operation)));

function find({ operations }: Contract, operation: Operation): readonly Reference[] {
  const found = new Map<string, Reference>();
  for (const { shape } of operation.requestBody?.content ?? []) {
    for (const [name] of sentProperties(shape, singularOf(operation.resource?.collection?.path ?? operation.path))) {
      const [, thing] = /^(.+)id$/.exec(bare(name)) ?? [];
      // `valid` and `grid` name no item: an id is a word of its own.
      if (thing === undefined || !/(?:[a-z\d]I[dD]|[-_ ](?:id|Id|ID))$/.test(name) || found.has(name)) continue;
      const reference = referenceTo(operations, operation, name, thing);
      if (reference) found.set(name, reference);
    }
  }
  return [...found.values()];
}

/** Those of the item, also where it is sent within a member called like it. */
function sentProperties(shape: Shape, singular: string): readonly (readonly [string, Shape])[] {
  const properties = [...shape.properties()];
  const [only, ...others] = properties;
  const isWrapper = only && others.length === 0 && (only[0] === 'data' || bare(only[0]) === bare(singular));
  return isWrapper ? [...only[1].properties()] : properties;
}

/** The nearest collection of the name: those that are below the same items as the operation is, at most. */
function referenceTo(
  operations: readonly Operation[],
  operation: Operation,
  name: string,
  thing: string,
): Reference | undefined {
  const own = templateOf(operation.path);
  const near = operations
    .filter(({ path }) => {
      const template = templateOf(path);
      const isOnCollection = !template.endsWith('}') && bare(singularOf(path)) === thing;
      const before = template.slice(0, template.lastIndexOf('/') + 1);
      // What the path says itself is no reference, nor is the item's own key.
      return isOnCollection && own.startsWith(before) && own !== template && !own.startsWith(`${template}/{}`);
    })
    .sort((a, b) => b.path.length - a.path.length);
  for (const { path, resource } of near) {
    if (!resource?.isInferred || resource.collection?.canGrow !== true || resource.seed.length > 0) continue;
    return { name, resource, scope: pathParameters(operation.path).slice(0, pathParameters(path).length) };
  }
  return undefined;
}
