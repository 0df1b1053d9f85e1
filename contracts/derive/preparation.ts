import {
  type Chance,
  isJson,
  itemForm,
  listForm,
  type Operation,
  pluralOf,
  singularOf,
} from '../../server/contract/index.js';
import { toPointer, valueAt } from '../../server/documents/index.js';
import { seedsOf, successResponse } from '../../server/replies/index.js';
import type { Step, Taken } from '../case.js';
import { type Draft, type DraftContext, draftValid, toRequest } from './draft.js';
import { withValueAt } from './with-value-at.js';

/** A draft that speaks of items which are there, and the steps that put them there. */
export interface Prepared {
  readonly draft: Draft;
  readonly steps: readonly Step[];
  readonly taken: readonly Taken[];
  /** Whether the item that the path names is there. */
  readonly hasItem: boolean;
  /** What the request is for. */
  readonly operation: Operation;
  /** What was sent to create the item that the path names. */
  readonly created?: Draft;
}

/**
 * What the path names has to be there where the collection is known to have other items: each is created first, the outer
 * before the inner, or is one of those that are there from the start.
 *
 * @param turn which of the documented bodies the items have; by default each in turn.
 */
export function prepare(context: DraftContext, draft: Draft, turn?: number): Prepared {
  const { operation } = context;
  const unprepared: Prepared = { draft, steps: [], taken: [], hasItem: false, operation };
  if (operation.resource && !operation.resource.isInferred && !isOnItem(operation)) return unprepared;
  const segments = operation.path.split('/');
  let prepared = unprepared;
  for (const [index, segment] of segments.entries()) prepared = prepareSegment(context, prepared, segment, index, turn);
  return prepared;
}

const isOnItem = ({ resource }: Operation) => /^(?:read|replace|merge|delete)$/.test(resource?.effect ?? '');

function prepareSegment(
  context: DraftContext,
  before: Prepared,
  segment: string,
  index: number,
  turn: number | undefined,
): Prepared {
  const { operation, contract } = context;
  const [, name] = /^\{([^{}]+)\}$/.exec(segment) ?? [];
  if (name === undefined) return before;
  const segments = operation.path.split('/');
  const above = templateOf(segments.slice(0, index).join('/'));
  const collection = contract.operations.filter(({ resource }) => resource?.collection !== undefined);
  const create = contract.operations.find(
    ({ path, resource }) => /^create/.test(resource?.effect ?? '') && templateOf(path) === above,
  );
  const made = create && created(context, create, before, index, name, turn);
  if (made) return made;
  const known = collection.find(({ path }) => templateOf(path) === `${above}/{}`)?.resource?.collection;
  const [seed] = known ? seedsOf(known) : [];
  const path = { ...before.draft.path, ...(seed && { [name]: seed.keyValue }) };
  return { ...before, draft: { ...before.draft, path }, hasItem: seed !== undefined };
}

const templateOf = (path: string) => path.replace(/\{[^{}]*\}/g, '{}').replace(/\/$/, '');

function created(
  context: DraftContext,
  create: Operation,
  before: Prepared,
  segment: number,
  name: string,
  turn: number | undefined,
): Prepared | undefined {
  const itsContext: DraftContext = { ...context, operation: create };
  const draft = keyedFor(context, name, draftValid(itsContext, turn ?? nextTurn(context.chance)), sentKey(create));
  const success = successResponse(create);
  if (!draft || !success) return undefined;
  // Of several that are made at once, the first is the one.
  const ofSeveral = create.resource?.effect === 'create-all';
  const { key = [] } = create.resource ?? {};
  // The outer items are those of the operation, whatever the parameters are called here.
  const outer =
    before.steps.length > 0 ? draft.path : { ...draft.path, ...samePlaces(create, context.operation, before) };
  const request = { ...toRequest(itsContext, { ...draft, path: outer }), taken: before.taken };
  const step = before.steps.length;
  const steps = [...before.steps, { request }];
  const [mediaType] = success.response.content;
  const form =
    mediaType &&
    isJson(mediaType.mediaType) &&
    (ofSeveral ? listForm(mediaType, key, pluralOf(create.path)) : itemForm(mediaType, key, singularOf(create.path)));
  const isLocated = success.response.headers.some((header) => header.name.toLowerCase() === 'location');
  const sent = valueAt(draft.body, toPointer(sentKey(create)));
  if (!form && !isLocated && sent === undefined) return undefined;
  const path = { ...before.draft.path, ...(sent !== undefined && { [name]: sent }) };
  const known = form
    ? [{ segment, step, keys: [...form.within, ...(ofSeveral ? ['0'] : []), ...key] }]
    : isLocated
      ? [{ segment, step }]
      : [];
  return {
    ...before,
    draft: { ...before.draft, path },
    steps,
    taken: [...before.taken, ...known],
    hasItem: true,
    created: draft,
  };
}

/** Where the body that creates an item has its key. */
const sentKey = ({ resource }: Operation) => [
  ...(resource?.effect === 'create-all' ? ['0'] : []),
  ...(resource?.key ?? []),
];

/** Items are of each documented form in turn: what goes well with one may not with another. */
const turns = new WeakMap<Chance, number>();

function nextTurn(chance: Chance): number {
  const turn = turns.get(chance) ?? 0;
  turns.set(chance, turn + 1);
  return turn;
}

/** What is sent to create one more item. `name`: of the path parameter that names it elsewhere. */
export function preparedItem(context: DraftContext, name: string): Draft | undefined {
  const { contract, operation, chance } = context;
  const item = contract.operations.find(
    ({ path, resource }) => resource && templateOf(path) === `${templateOf(operation.path)}/{}`,
  );
  const draft = draftValid(context, nextTurn(chance));
  return item ? keyedFor({ ...context, operation: item }, name, draft, operation.resource?.key ?? []) : draft;
}

/** A key that the client chooses has to fit into the path. */
function keyedFor({ operation, chance }: DraftContext, name: string, draft: Draft | undefined, key: readonly string[]) {
  const parameter = operation.parameters.find((one) => one.in === 'path' && one.name === name);
  const sent = draft && valueAt(draft.body, toPointer(key));
  if (!draft || !parameter || sent === undefined || parameter.validator.check(sent)) return draft;
  const body = withValueAt(draft.body, key, parameter.sample('fresh', chance));
  return draft.mediaType?.validator.check(body) ? { ...draft, body } : draft;
}

function samePlaces(create: Operation, operation: Operation, { draft }: Prepared): Record<string, unknown> {
  const theirs = operation.path.split('/');
  const found = create.path.split('/').map((part, index): [string, unknown] => {
    const [, name = ''] = /^\{([^{}]+)\}$/.exec(part) ?? [];
    return [name, draft.path[(theirs[index] ?? '').slice(1, -1)]];
  });
  return Object.fromEntries(found.filter(([name, value]) => name !== '' && value !== undefined));
}
