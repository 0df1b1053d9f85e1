import { type Description, toPointer, valueAt } from '../../documents/index.js';
import type { Operation, ResponseMediaType } from '../contract.js';
import { lazy } from '../lazy.js';
import { createSampler, flatten, type Validators } from '../schema/index.js';
import type { Shape } from '../shape.js';
import type { Collection, Form } from './collection.js';
import { inferEffect } from './infer-effect.js';
import { inferKey } from './infer-key.js';
import { itemForm, listForm, shapeAt } from './item-form.js';
import { accepts, exampleValues, keyGeneration, sampleKey } from './key-property.js';
import { outerKeys } from './outer-keys.js';
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
 * Tells the resource of an operation: what is declared, else what is known where its path is that of a collection with items,
 * or of an item. Each collection is looked at when one of its operations is first asked about: it takes the schemas of them
 * all, but no validator and no example.
 *
 * @param declared what `x-standin-resource` says; `undefined` where it says that there is none
 */
export function createInference(
  context: InferContext,
  operations: readonly Operation[],
  declared: ReadonlyMap<Operation, Resource | undefined>,
): (operation: Operation) => Resource | undefined {
  const pairs = lazy(() => pathPairs(operations));
  const bases = new Map<string, Basis | undefined>();
  const basisAt = (template: string): Basis | undefined => {
    if (bases.has(template)) return bases.get(template);
    const pair = pairs().get(template);
    const basis = pair && inferBasis(context, pair, declared);
    bases.set(template, basis);
    return basis;
  };
  return (operation) => {
    const said = declared.get(operation);
    if (declared.has(operation) && !said) return undefined;
    if (said?.effect === 'change') return changeOf(operation.path, said, basisAt);
    for (const template of [templateOf(operation.path), `${templateOf(operation.path)}/{}`]) {
      const pair = pairs().get(template);
      const basis = pair && basisAt(template);
      if (!basis) continue;
      if (said) return { ...said, collection: basis.collection };
      const isOnItem = pair.onItem.includes(operation);
      const effect = inferEffect(operation, isOnItem, basis.key, pair);
      if (effect) return resourceOf(operation.path, basis, effect, isOnItem, basisAt);
    }
    return said;
  };
}

/** A change of an item that is known of already needs to say no more of it than its path. */
function changeOf(
  path: string,
  said: Resource,
  basisAt: (template: string) => Basis | undefined,
): Resource | undefined {
  for (const parameter of said.parameter === undefined ? pathParameters(path).reverse() : [said.parameter]) {
    const end = path.indexOf(`{${parameter}}`) + parameter.length + 2;
    const basis = basisAt(templateOf(path.slice(0, end)));
    if (!basis || (said.name !== '' && said.name !== basis.name)) continue;
    const known = resourceOf(path.slice(0, end), basis, 'change', true, basisAt);
    return { ...known, ...(said.change && { change: said.change }) };
  }
  return said.name === '' ? undefined : said;
}

function resourceOf(
  path: string,
  { isDeclared, ...basis }: Basis,
  effect: Resource['effect'],
  isOnItem: boolean,
  basisAt: (template: string) => Basis | undefined,
): Resource {
  const parameters = pathParameters(path);
  const outer = isOnItem ? parameters.slice(0, -1) : parameters;
  const parent = isDeclared ? basis.parent : inferParent(path, outer, basisAt);
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
function inferParent(
  path: string,
  outer: readonly string[],
  basisAt: (template: string) => Basis | undefined,
): Parent | undefined {
  for (const [index, parameter] of [...outer.entries()].reverse()) {
    const basis = basisAt(templateOf(path.slice(0, path.indexOf(`{${parameter}}`) + parameter.length + 2)));
    if (!basis) continue;
    const { name, key, isDeclared, collection } = basis;
    const scope = isDeclared ? basis.scope : outer.slice(0, index);
    return { name, parameter, key, scope, isInferred: true, collection, seed: [] };
  }
  return undefined;
}

function inferBasis(
  context: InferContext,
  pair: PathPair,
  resources: ReadonlyMap<Operation, Resource | undefined>,
): Basis | undefined {
  const operations = [...pair.onCollection, ...pair.onItem].filter(
    (operation) => !resources.has(operation) || resources.get(operation),
  );
  const names = { singular: singularOf(pair.path), plural: pluralOf(pair.path) };
  const ofMethod = (on: readonly Operation[], method: string) =>
    on.find((operation) => operation.method === method && operations.includes(operation));
  const read = contentOf(ofMethod(pair.onItem, 'GET'));
  const list = contentOf(ofMethod(pair.onCollection, 'GET'));
  const create = contentOf(ofMethod(pair.onCollection, 'POST'));
  const declared = operations
    .map((operation) => resources.get(operation))
    .find((resource) => resource && resource.effect !== 'change');
  const found = declared
    ? { key: declared.key, isLinked: false, isLocated: undefined }
    : inferKey({ read, list, create }, pair, operations, names);
  const key = found?.key;
  if (key === undefined) return undefined;
  const forms = (content: readonly ResponseMediaType[]) =>
    content.flatMap((mediaType) => itemForm(mediaType, key, names.singular) ?? []);
  const reads = forms(read);
  const lists = list.flatMap((mediaType) => listForm(mediaType, key, names.plural) ?? []);
  const item = reads[0] ?? forms(create)[0];
  const shape = item ? shapeIn(item) : lists[0] && shapeIn(lists[0]).items();
  const property = shape && shapeAt(shape, key);
  if (!shape || !property) return undefined;
  const examples = [
    ...reads.map((form) => ({ ...form, isList: false })),
    ...lists.map((form) => ({ ...form, isList: true })),
  ];
  const collection: Collection = {
    path: pair.path,
    itemPath: pair.itemPath,
    key,
    canGrow: pair.onCollection.some((operation) => /^create/.test(inferEffect(operation, false, key, pair) ?? '')),
    ...(item && { item }),
    examples,
    timestamps: timestampsOf(shape),
    outer: outerKeys(pair.path, shape, key),
    readOnly: [...shape.properties()].flatMap(([name, one]) => (one.schema().readOnly === true ? [name] : [])),
    keyFrom: `${found?.isLinked ? 'a link to ' : found?.isLocated ? 'the Location of ' : ''}${toPointer(key)} in the ${reads[0] ? 'item' : item ? 'created item' : 'list'}`,
    itemPointer: shape.pointer,
  };
  if (declared) return { ...declared, collection, isDeclared: true };
  const documented = reads.flatMap(({ mediaType, within }) =>
    exampleValues(valueAt(context.description.root, mediaType.pointer), [...within, ...key]),
  );
  const sample = sampleOf(context, property, key.at(-1) ?? '');
  return {
    name: pair.path,
    key,
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
  const types = found.shape().types();
  if (types.length === 1 && types[0] === 'integer') return { kind: 'increment' };
  const at = `${found.pointer}/schema`;
  const schema = flatten(description, { schema: valueAt(description.root, at), pointer: at });
  if (schema.format === 'uuid') return { kind: 'uuid' };
  return made.kind !== 'sample' && !accepts(schema, made) && !found.validator.check(sampleKey(made))
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
