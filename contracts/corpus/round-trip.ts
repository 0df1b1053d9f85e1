import { isDeepStrictEqual } from 'node:util';
import {
  bare,
  type Chance,
  type Contract,
  createChance,
  isJson,
  itemForm,
  type Operation,
  type RequestMediaType,
  singularOf,
} from '../../server/contract/index.js';
import { isObject, toPointer, valueAt } from '../../server/documents/index.js';
import { findResponse } from '../../server/replies/index.js';
import type { CaseRequest } from '../case.js';
import { type Draft, draftValid, toRequest } from '../derive/draft.js';
import { freshen } from '../derive/freshen.js';
import { memberCalled } from '../derive/member-called.js';
import { mostItems } from '../derive/most-items.js';
import { type Prepared, prepare } from '../derive/preparation.js';
import { withValueAt } from '../derive/with-value-at.js';
import { type Answer, ask } from '../run/answer.js';
import { judge } from '../run/judge.js';
import type { Target } from '../run/target.js';
import { withTaken } from '../run/with-taken.js';
import type { FullCollection } from './full-collections.js';

/** Why a round trip ended early: `cause` is one of few, `message` tells of this one. */
export class Broken extends Error {
  constructor(
    override readonly cause: string,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Creates an item, and then reads, lists, changes, reads, deletes and misses it. Each answer must be a documented success with
 * a valid body and no `standin-note`; that the item is gone is the documented 404, or a note where none is documented.
 *
 * @throws Broken where one is not.
 */
export async function roundTrip(contract: Contract, target: Target, full: FullCollection): Promise<void> {
  const { create, read, list, update, remove } = full;
  const named = { create, read, list, change: update, delete: remove };
  const unknown = Object.entries(named).filter(([, { resource }]) => resource?.collection === undefined);
  if (unknown.length > 0) throw new Broken('not inferred', unknown.map(([name, { id }]) => `${name} ${id}`).join(', '));
  const chance = createChance(undefined, Date.now);
  const draft = draftFor(contract, read, chance);
  const trip: Trip = {
    contract,
    target,
    chance,
    read,
    prepared: prepare({ contract, operation: read, chance }, draft),
    answers: [],
  };
  await createAll(trip, create);
  const found = await readItem(trip);
  await demandListed(trip, list, found);
  const change = changeOf(trip, update, found);
  await demandSuccess(trip, 'change', update, await send(trip, change.request));
  const changed = await readItem(trip);
  if (change.name !== undefined && !isDeepStrictEqual(changed[change.name], change.value))
    throw new Broken(
      'change: it is not seen',
      `${change.name} is ${JSON.stringify(changed[change.name])}, not ${JSON.stringify(change.value)}`,
    );
  await demandSuccess(trip, 'delete', remove, await send(trip, requestOf(trip, remove)));
  await demandGone(trip);
}

interface Trip {
  readonly contract: Contract;
  readonly target: Target;
  readonly chance: Chance;
  readonly read: Operation;
  readonly prepared: Prepared;
  readonly answers: Answer[];
}

function draftFor(contract: Contract, operation: Operation, chance: Chance): Draft {
  const draft = draftValid({ contract, operation, chance });
  if (!draft) throw new Broken('no valid request was found', operation.id);
  return draft;
}

async function createAll(trip: Trip, create: Operation): Promise<void> {
  const { steps, hasItem, taken } = trip.prepared;
  const last = steps.at(-1);
  if (!hasItem || !last || last.request.method !== create.method)
    throw new Broken('create: no request was found whose answer says where the item is', create.id);
  for (const { request } of steps) {
    const answer = await send(trip, withTaken(request, trip.answers));
    trip.answers.push(answer);
    if (answer.status >= 300) throw new Broken('create: refused', told(answer));
  }
  await demandSuccess(trip, 'create', create, trip.answers.at(-1) as Answer);
  const { length } = trip.read.path.split('/');
  if (!taken.some(({ segment }) => segment === length - 1) && trip.prepared.draft.path === undefined)
    throw new Broken('create: the answer does not say where the item is', create.id);
}

/** The request for an operation on the collection or the item, with what the answers before it said. */
function requestOf(
  trip: Trip,
  operation: Operation,
  draft = draftFor(trip.contract, operation, trip.chance),
): CaseRequest {
  const { contract, chance, prepared, read, answers } = trip;
  // Parameters may be called otherwise here: what counts is where they stand.
  const theirs = read.path.split('/');
  const segments = operation.path.split('/');
  const places = segments.flatMap((segment, index) => {
    const value = prepared.draft.path[(theirs[index] ?? '').slice(1, -1)];
    return segment.startsWith('{') && value !== undefined ? [[segment.slice(1, -1), value] as const] : [];
  });
  const placed = { ...draft, path: { ...draft.path, ...Object.fromEntries(places) } };
  const taken = prepared.taken.filter(({ segment }) => segments[segment]?.startsWith('{'));
  return withTaken({ ...toRequest({ contract, operation, chance }, placed), taken }, answers);
}

const send = ({ target, contract }: Trip, request: CaseRequest) =>
  ask(target.baseUrlOf(contract), request, { reuse: true });

async function demandSuccess({ contract }: Trip, what: string, operation: Operation, answer: Answer): Promise<void> {
  if (answer.status >= 300) throw new Broken(`${what}: refused`, told(answer));
  const found = findResponse(operation, answer.status);
  if (!found) throw new Broken(`${what}: an undocumented status`, told(answer));
  const note = answer.headers['standin-note'];
  if (note !== undefined) throw new Broken(`${what}: not done`, String(note));
  const expect = { status: answer.status, response: found.response.status, headers: [] };
  const [finding] = await judge(contract, operation.id, expect, answer, { values: false });
  if (finding) throw new Broken(`${what}: an invalid answer`, finding.message);
}

type Item = Readonly<Record<string, unknown>>;

async function readItem(trip: Trip): Promise<Item> {
  const { read } = trip;
  const answer = await send(trip, requestOf(trip, read));
  await demandSuccess(trip, 'read', read, answer);
  const mediaType = findResponse(read, answer.status)?.response.content.find((one) => isJson(one.mediaType));
  if (!mediaType) return {};
  const form = itemForm(mediaType, read.resource?.key ?? [], singularOf(trip.read.path.replace(/\/[^/]*\/?$/, '')));
  const item = valueAt(JSON.parse(answer.body.toString('utf8')), toPointer(form?.within ?? []));
  if (!isObject(item)) throw new Broken('read: shows no item', told(answer));
  return item;
}

async function demandListed(trip: Trip, list: Operation, item: Item): Promise<void> {
  const answer = await send(trip, requestOf(trip, list, listDraft(trip, list, item)));
  await demandSuccess(trip, 'list', list, answer);
  const key = valueAt(item, toPointer(list.resource?.key ?? []));
  const text = answer.body.toString('utf8');
  // The schema of the list may have the key as a number where that of the item has it as a text.
  if (key !== undefined && !new RegExp(`[":]\\s*${escaped(String(key))}[",}\\s]`).test(text))
    throw new Broken('list: lacks the item', `${JSON.stringify(key)} is not in ${told(answer)}`);
}

/** Asks for what the item is among: as many as there may be, and what has to be filtered by is what the item has. */
function listDraft({ contract, chance }: Trip, list: Operation, item: Item): Draft {
  const draft = draftFor(contract, list, chance);
  const query = { ...draft.query, ...mostItems(list) };
  for (const { name, in: place, required, validator } of list.parameters) {
    if (place !== 'query' || !required) continue;
    const value = memberCalled(item, bare(name));
    if (value !== undefined && validator.check(value)) query[name] = value;
  }
  return { ...draft, query };
}

interface Change {
  readonly request: CaseRequest;
  /** The property that the request gives another value; absent where it documents none that the item shows. */
  readonly name?: string;
  readonly value?: unknown;
}

function changeOf(trip: Trip, update: Operation, item: Item): Change {
  const { chance, contract } = trip;
  const draft = draftFor(contract, withoutJsonPatch(update), chance);
  const { mediaType, body } = draft;
  if (!mediaType) return { request: requestOf(trip, update, draft) };
  if (isJsonPatch(mediaType.documented)) return patchOf(trip, update, draft, item);
  const within = wrapperOf(body, update);
  const sent = valueAt(body, toPointer(within));
  if (!isObject(sent)) return { request: requestOf(trip, update, draft) };
  const keyed = withKey(mediaType, body, within, update, item);
  for (const [name, value] of candidates(mediaType, sent, item, update)) {
    const isValid = (tried: unknown) => mediaType.validator.check(withValueAt(keyed, [...within, name], tried));
    const made = typeof value === 'boolean' ? !value : freshen(value, isValid, chance);
    if (made === value || !isValid(made)) continue;
    const changed = { ...draft, body: withValueAt(keyed, [...within, name], made) };
    return { request: requestOf(trip, update, changed), name, value: made };
  }
  return { request: requestOf(trip, update, { ...draft, body: keyed }) };
}

/** JSON Patch is taken where there is nothing else: documents seldom say what a patch is. */
function withoutJsonPatch(update: Operation): Operation {
  const { requestBody } = update;
  const content = requestBody?.content.filter(({ documented }) => !isJsonPatch(documented)) ?? [];
  if (!requestBody || content.length === 0) return update;
  // Spread, an operation that is compiled when asked for is complete.
  return { ...update, requestBody: { ...requestBody, content } };
}

const isJsonPatch = ({ essence }: RequestMediaType['documented']) => essence.startsWith('application/json-patch');

/** `{"user": {…}}` is sent as it is documented: the item is inside. */
function wrapperOf(body: unknown, { path }: Operation): readonly string[] {
  if (!isObject(body)) return [];
  const [name, ...others] = Object.keys(body);
  const singular = singularOf(path.replace(/\/[^/]*\/?$/, '')).toLowerCase();
  const isWrapper = name !== undefined && others.length === 0 && isObject(body[name]);
  return isWrapper && [singular, 'data'].includes(name.toLowerCase().replace(/[-_]/g, '')) ? [name] : [];
}

/** The properties that are sent and shown, texts first. */
function candidates(mediaType: RequestMediaType, sent: Item, item: Item, { resource }: Operation) {
  const stamps = [
    ...(resource?.collection?.timestamps.created ?? []),
    ...(resource?.collection?.timestamps.updated ?? []),
  ];
  const own = new Set([resource?.key[0], ...stamps.map(({ name, within }) => within ?? name)]);
  const known = Object.entries(sent).filter(
    ([name, value]) => !own.has(name) && name in item && typeof value === typeof item[name] && !isObject(value),
  );
  const rest = Object.entries(item).filter(
    ([name, value]) =>
      !own.has(name) && !(name in sent) && mediaType.properties()?.has(name) && typeof value === 'string',
  );
  return [...known, ...rest].sort(([, a], [, b]) => Number(typeof b === 'string') - Number(typeof a === 'string'));
}

/** Where the key is sent again, it is that of the item. */
function withKey(
  mediaType: RequestMediaType,
  body: unknown,
  within: readonly string[],
  { resource }: Operation,
  item: Item,
) {
  const key = resource?.key ?? [];
  const at = [...within, ...key];
  if (valueAt(body, toPointer(at)) === undefined) return body;
  const made = withValueAt(body, at, valueAt(item, toPointer(key)));
  return mediaType.validator.check(made) ? made : body;
}

/** JSON Patch (RFC 6902): a text of the item is replaced by another. */
function patchOf(trip: Trip, update: Operation, draft: Draft, item: Item): Change {
  const key = update.resource?.key[0];
  const [name, value] = Object.entries(item).find(([one, text]) => one !== key && typeof text === 'string') ?? [];
  if (name === undefined) return { request: requestOf(trip, update, draft) };
  const made = freshen(value, () => true, trip.chance);
  const body = [{ op: 'replace', path: toPointer([name]), value: made }];
  return { request: requestOf(trip, update, { ...draft, body }), name, value: made };
}

async function demandGone(trip: Trip): Promise<void> {
  const { read } = trip;
  const answer = await send(trip, requestOf(trip, read));
  const isDocumented = findResponse(read, 404) !== undefined;
  const note = answer.headers['standin-note'];
  if (isDocumented ? answer.status !== 404 : note === undefined)
    throw new Broken('delete: the item is still there', told(answer));
  if (!findResponse(read, answer.status)) throw new Broken('delete: an undocumented status', told(answer));
}

const escaped = (text: string) =>
  JSON.stringify(text)
    .slice(1, -1)
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const told = ({ status, body }: Answer) => `${status} ${body.toString('utf8').replace(/\s+/g, ' ').slice(0, 200)}`;
