import { type Description, toPointer, valueAt } from '../../documents/index.js';
import type { Operation, ResponseMediaType } from '../contract.js';
import type { Shape } from '../media/index.js';
import { createSampler, flatten, type Validators } from '../schema/index.js';
import type { Collection, Form } from './collection.js';
import { inferEffect } from './infer-effect.js';
import { inferKey } from './infer-key.js';
import { itemForm, listForm } from './item-form.js';
import { exampleValues, keyGeneration } from './key-property.js';
import { type PathPair, pathPairs, pathParameters, pluralOf, singularOf, templateOf } from './path-pair.js';
import type { KeyGeneration, Parent, Resource } from './resource.js';
import { successOf } from './success-of.js';
import { timestampsOf } from './timestamps.js';

export interface InferContext {
  readonly description: Description;
  readonly validators: Validators;
}

/** What is known of a collection besides what its operations do. */
type Basis = Pick<Resource, 'name' | 'key' | 'generate' | 'unique' | 'seed' | 'scope' | 'parent'> & {
  readonly isDeclared: boolean;
  readonly collection: Collection;
};

/**
 * The resource of each operation for which none is declared, wherever its path is that of a collection with items, or of an
 * item. Reads schemas and nothing else: no validator is compiled and no example made.
 *
 * @param silent the operations that are to have none (`x-standin-resource: false`)
 */
export function inferResources(
  context: InferContext,
  operations: readonly Operation[],
  silent: ReadonlySet<Operation>,
): ReadonlyMap<Operation, Resource> {
  const found = new Map<Operation, Resource>();
  const bases = new Map<string, Basis>();
  for (const [template, pair] of pathPairs(operations)) {
    const all = [...pair.onCollection, ...pair.onItem].filter((operation) => !silent.has(operation));
    const basis = inferBasis(context, pair, all);
    if (!basis) continue;
    bases.set(template, basis);
    for (const operation of all) {
      if (operation.resource) {
        found.set(operation, { ...operation.resource, collection: basis.collection });
        continue;
      }
      const isOnItem = pair.onItem.includes(operation);
      const effect = inferEffect(operation, isOnItem, basis.key[0] as string, pair);
      if (effect) found.set(operation, resourceOf(operation, basis, effect, isOnItem, bases));
    }
  }
  return found;
}

function resourceOf(
  operation: Operation,
  { isDeclared, ...basis }: Basis,
  effect: Resource['effect'],
  isOnItem: boolean,
  bases: ReadonlyMap<string, Basis>,
): Resource {
  const parameters = pathParameters(operation.path);
  const outer = isOnItem ? parameters.slice(0, -1) : parameters;
  const parent = isDeclared ? basis.parent : inferParent(operation.path, outer, bases);
  const { parent: _, ...rest } = basis;
  return {
    ...rest,
    effect,
    scope: isDeclared ? basis.scope : outer,
    ...(isOnItem && { parameter: parameters.at(-1) as string }),
    ...(parent && { parent }),
    isInferred: true,
  };
}

/** The item that the path names last before the collection, where that is of a collection itself. */
function inferParent(path: string, outer: readonly string[], bases: ReadonlyMap<string, Basis>): Parent | undefined {
  const parameter = outer.at(-1);
  if (parameter === undefined) return undefined;
  const basis = bases.get(templateOf(path.slice(0, path.indexOf(`{${parameter}}`) + parameter.length + 2)));
  if (!basis) return undefined;
  const { name, key, isDeclared, collection } = basis;
  const scope = isDeclared ? basis.scope : outer.slice(0, -1);
  return { name, parameter, key, scope, isInferred: true, collection, seed: [] };
}

function inferBasis(context: InferContext, pair: PathPair, operations: readonly Operation[]): Basis | undefined {
  const names = { singular: singularOf(pair.path), plural: pluralOf(pair.path) };
  const ofMethod = (on: readonly Operation[], method: string) =>
    on.find((operation) => operation.method === method && operations.includes(operation));
  const read = contentOf(ofMethod(pair.onItem, 'GET'));
  const list = contentOf(ofMethod(pair.onCollection, 'GET'));
  const create = contentOf(ofMethod(pair.onCollection, 'POST'));
  const declared = operations.find(({ resource }) => resource)?.resource;
  const key = declared?.key[0] ?? inferKey({ read, list, create }, pair, operations, names)?.key;
  if (key === undefined) return undefined;
  const forms = (content: readonly ResponseMediaType[]) =>
    content.flatMap((mediaType) => itemForm(mediaType, key, names.singular) ?? []);
  const reads = forms(read);
  const lists = list.flatMap((mediaType) => listForm(mediaType, key, names.plural) ?? []);
  const item = reads[0] ?? forms(create)[0];
  const shape = item ? shapeIn(item) : lists[0] && shapeIn(lists[0]).items();
  const property = shape?.properties().get(key);
  if (!shape || !property) return undefined;
  const examples = [
    ...reads.map((form) => ({ ...form, isList: false })),
    ...lists.map((form) => ({ ...form, isList: true })),
  ];
  const collection: Collection = {
    path: pair.path,
    itemPath: pair.itemPath,
    key: [key],
    canGrow: pair.onCollection.some((operation) => inferEffect(operation, false, key, pair) === 'create'),
    ...(item && { item }),
    examples,
    timestamps: timestampsOf(shape),
    keyFrom: `${toPointer([key])} in the ${reads[0] ? 'item' : item ? 'created item' : 'list'}`,
    itemPointer: shape.pointer,
  };
  if (declared) return { ...declared, collection, isDeclared: true };
  const documented = reads.flatMap(({ mediaType, within }) =>
    exampleValues(valueAt(context.description.root, mediaType.pointer), [...within, key]),
  );
  const sample = sampleOf(context, property, key);
  return {
    name: pair.path,
    key: [key],
    generate: generationFor(context, pair, keyGeneration(property, documented, sample)),
    scope: [],
    unique: [],
    seed: [],
    collection,
    isDeclared: false,
  };
}

/** The key has to fit into the path as well. */
function generationFor(
  { description }: InferContext,
  { onItem, parameter }: PathPair,
  made: KeyGeneration,
): KeyGeneration {
  const found = onItem
    .flatMap(({ parameters }) => parameters)
    .find(({ in: place, name }) => place === 'path' && name === parameter);
  if (!found) return made;
  const { types } = found.shape();
  if (types.length === 1 && types[0] === 'integer') return { kind: 'increment' };
  const at = `${found.pointer}/schema`;
  const schema = flatten(description, { schema: valueAt(description.root, at), pointer: at });
  if (schema.format === 'uuid') return { kind: 'uuid' };
  const isNarrow = ['pattern', 'enum', 'const', 'maxLength', 'format'].some((keyword) => keyword in schema);
  return isNarrow && made.kind !== 'sample'
    ? { kind: 'sample', sample: (chance) => found.sample('fresh', chance, parameter) }
    : made;
}

function sampleOf({ description, validators }: InferContext, property: Shape, name: string) {
  const located = { schema: property.schema(), pointer: property.pointer };
  const sample = createSampler(description, located, 'response', validators);
  return (chance: Parameters<typeof sample>[1]) => sample('fresh', chance, name);
}

const shapeIn = ({ mediaType, within }: Form): Shape =>
  within.reduce((shape, name) => shape.properties().get(name) ?? shape, mediaType.shape);

/** What an operation answers with where all goes well. */
function contentOf(operation: Operation | undefined): readonly ResponseMediaType[] {
  return (operation && successOf(operation)?.content) ?? [];
}
