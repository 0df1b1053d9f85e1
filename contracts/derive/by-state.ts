import { bare, flatten, isJson, type Operation, type Parameter } from '../../server/contract/index.js';
import { isObject, type JsonObject } from '../../server/documents/index.js';
import { successResponse } from '../../server/replies/index.js';
import type { ContractCase, ExpectedBody } from '../case.js';
import { deriveBeside } from './by-interference.js';
import { deriveLists } from './by-list.js';
import { type Draft, type DraftContext, draftValid, toRequest } from './draft.js';
import { withAllProperties } from './fullest.js';
import {
  changedFrom,
  echoIn,
  expectFound,
  expectMissing,
  itemBeside,
  itemFor,
  itemOperation,
  namesOf,
  remembered,
  type Sent,
  toCase,
  toItem,
} from './item-steps.js';
import { memberCalled } from './member-called.js';
import { mostItems } from './most-items.js';
import { mostShown } from './most-shown.js';
import { isSamePath } from './once-sent.js';
import type { Prepared } from './preparation.js';
import { sentBody } from './sent-body.js';

/**
 * What must be remembered from one request to the next, of the items that an operation of a collection creates: they are read,
 * listed, changed and removed. Each case makes the items that it needs.
 */
export function deriveState(context: DraftContext): ContractCase[] {
  const { contract, operation: create } = context;
  const { resource } = create;
  if (resource?.effect !== 'create') return [];
  const base = create.path.replace(/\/$/, '');
  const ofItem = contract.operations.filter(
    ({ path, resource: own }) => own && isSamePath({ path }, { path: `${base}/{item}` }),
  );
  const by = (effect: string) => ofItem.find((one) => one.resource?.effect === effect && one.method !== 'HEAD');
  const [read, replace, merge, remove] = [by('read'), by('replace'), by('merge'), by('delete')];
  const list = contract.operations.find((one) => one.resource?.effect === 'list' && isSamePath(one, create));
  const forms = formsOf(create);
  const made = [
    ...(read ? forms.map(({ turn, suffix }) => readYourWrite(context, read, suffix, turn)) : []),
    read && followTheLocation(context, read),
    ...[replace, merge].map((update) => update && read && updateThenRead(context, update, read)),
    ...(merge && read ? mergeApart(context, merge, read) : []),
    replace && replaceTwice(context, replace),
    ...[replace, merge].map((update) => update && list && updateThenList(context, update, list)),
    ...(list ? forms.map(({ turn, suffix }) => createThenList(context, list, suffix, turn)) : []),
    remove && read && removeThen(context, remove, read, 'read after it was deleted'),
    remove && removeThen(context, remove, remove, 'deleted twice'),
    ...[read, replace, merge, remove].map((one) => one && unknownItem(context, one)),
    ...(read ? deriveBeside(context, read, { replace, merge, remove }) : []),
    ...(list ? deriveLists(context, list, remove) : []),
  ];
  return made.filter((one) => one !== undefined);
}

/** More than these say nothing new. */
const formsMax = 6;

/** Each documented form of what is created; where there is but one, each is as good. */
function formsOf({ requestBody }: Operation): { readonly turn?: number; readonly suffix: string }[] {
  const mediaType = requestBody?.content.find((candidate) => isJson(candidate.mediaType)) ?? requestBody?.content[0];
  const examples = (mediaType?.examples() ?? []).filter(
    ({ state, origin }) => state.kind !== 'invalid' && origin !== 'generated',
  );
  if (examples.length < 2) return [{ suffix: '' }];
  return examples.slice(0, formsMax).map(({ name }, turn) => ({ turn, suffix: ` (${name ?? turn + 1})` }));
}

/** Twice, for what goes well once may not the next time. */
function readYourWrite(
  context: DraftContext,
  read: Operation,
  suffix: string,
  turn: number | undefined,
): ContractCase | undefined {
  const prepared = itemFor(context, read, turn);
  const sent = prepared && toItem(context, read, prepared);
  const expect = sent && expectFound(context, read, sent.draft);
  if (!prepared?.created || !sent || !expect) return undefined;
  const created = { draft: prepared.created, from: context.operation, step: prepared.steps.length - 1 };
  const body = remembered(read, expect, created);
  const steps = [...prepared.steps, { request: sent.request }, { request: sent.request }];
  return toCase(context, read, `what was created is read${suffix}`, steps, {
    ...expect,
    ...echoIn(read, expect, sentBody(prepared.created)),
    ...(body && { body }),
  });
}

/** RFC 9110 §15.3.2: a 201 names what was created by its `Location`. */
function followTheLocation(context: DraftContext, read: Operation): ContractCase | undefined {
  const success = successResponse(context.operation);
  const isLocated = success?.response.headers.some(({ name }) => name.toLowerCase() === 'location');
  const prepared = success?.status === 201 && isLocated ? itemFor(context, read) : undefined;
  const sent = prepared && toItem(context, read, prepared);
  const expect = sent && expectFound(context, read, sent.draft);
  if (!prepared?.created || !sent || !expect) return undefined;
  const step = prepared.steps.length - 1;
  const body = remembered(read, expect, { draft: prepared.created, from: context.operation, step });
  const steps = [...prepared.steps, { request: { ...sent.request, located: step } }];
  return toCase(context, read, 'what was created is where its Location says', steps, {
    ...expect,
    ...echoIn(read, expect, sentBody(prepared.created)),
    ...(body && { body }),
  });
}

function createThenList(
  context: DraftContext,
  list: Operation,
  suffix: string,
  turn: number | undefined,
): ContractCase | undefined {
  return listed(context, list, undefined, `what was created is in the list${suffix}`, turn);
}

function updateThenList(context: DraftContext, update: Operation, list: Operation): ContractCase | undefined {
  return listed(context, list, update, `what ${update.method} changed is in the list`);
}

function listed(
  context: DraftContext,
  list: Operation,
  update: Operation | undefined,
  title: string,
  turn?: number,
): ContractCase | undefined {
  const item = update ?? itemOperation(context);
  const prepared = item && itemFor(context, item, turn);
  const changing =
    update && prepared ? toItem(context, update, prepared, changedFrom(prepared.created?.body)) : undefined;
  const draft = draftValid({ ...context, operation: list });
  if (!prepared || !draft || (update && !changing)) return undefined;
  const outer = prepared.draft.path;
  const values = namesOf(prepared.operation).map((name) => outer[name]);
  const path = { ...draft.path, ...Object.fromEntries(namesOf(list).map((name, index) => [name, values[index]])) };
  // What a replacement leaves out is gone, or it is not.
  const isReplaced = update?.resource?.effect === 'replace';
  const sent = [isReplaced ? undefined : prepared.created?.body, changing?.draft.body]
    .filter(isObject)
    .reduce<JsonObject>((before, after) => Object.assign(before, after), {});
  // Lists take only what they are asked for.
  const most = mostItems(list);
  const ofItem = (name: string) => memberCalled(sent, bare(name));
  // Whether the item is among what a filter lets through is not known where the item does not say, or says what none may ask for.
  const isUnknown = ({ in: place, name, required, validator }: Parameter) =>
    place === 'query' && required && !(name in most) && (ofItem(name) === undefined || !validator.check(ofItem(name)));
  if (list.parameters.some(isUnknown)) return undefined;
  const query = Object.fromEntries(Object.entries(draft.query).map(([name, value]) => [name, ofItem(name) ?? value]));
  const asked = { ...draft, path, query: { ...query, ...most } };
  const expect = expectFound(context, list, asked);
  if (!expect) return undefined;
  const steps = [...prepared.steps, ...(changing ? [{ request: changing.request }] : [])];
  const from = changing
    ? { draft: changing.draft, from: update as Operation, step: steps.length - 1 }
    : { draft: prepared.created as Draft, from: context.operation, step: steps.length - 1 };
  const body = remembered(list, expect, from, true);
  if (!body) return undefined;
  const own = list.path.replace(/\/$/, '').split('/').length;
  const taken = prepared.taken.filter(({ segment }) => segment < own);
  const known = prepared.taken.find(({ segment }) => segment === own);
  const request = { ...toRequest({ ...context, operation: list }, asked), ...(taken.length > 0 && { taken }) };
  return toCase(context, list, title, [...steps, { request }], {
    ...expect,
    body: { ...body, ...(known && { item: known }), ...mostOf(most, mostShown(list, expect, body)) } as ExpectedBody,
  });
}

function mostOf(asked: Readonly<Record<string, number>>, shown: number | undefined): { readonly most?: number } {
  const numbers = [...Object.values(asked), ...(shown === undefined ? [] : [shown])];
  return numbers.length === 0 ? {} : { most: Math.min(...numbers) };
}

function updateThenRead(context: DraftContext, update: Operation, read: Operation): ContractCase | undefined {
  const prepared = itemFor(context, update);
  const changing = prepared && toItem(context, update, prepared, changedFrom(prepared.created?.body));
  return changing && readAfter(context, prepared, update, changing, read, `what ${update.method} changed is read`);
}

function readAfter(
  context: DraftContext,
  prepared: Prepared,
  update: Operation,
  changing: Sent,
  read: Operation,
  title: string,
): ContractCase | undefined {
  const sent = toItem(context, read, prepared);
  const expect = sent && expectFound(context, read, sent.draft);
  if (!sent || !expect) return undefined;
  const steps = [...prepared.steps, { request: changing.request, isNeeded: true as const }];
  const body = remembered(read, expect, { draft: changing.draft, from: update, step: steps.length - 1 });
  const now = afterwards(context, update, prepared.created && sentBody(prepared.created), changing.draft);
  return toCase(context, read, title, [...steps, { request: sent.request }], {
    ...expect,
    ...echoIn(read, expect, now),
    ...(body && { body }),
  });
}

/** What an item has after it was changed, as far as clients know: what a merge does not speak of stays. */
function afterwards({ contract }: DraftContext, update: Operation, before: unknown, changing: Draft): unknown {
  const { mediaType } = changing;
  const body = sentBody(changing);
  if (update.resource?.effect !== 'merge' || !isObject(before) || !isObject(body) || !mediaType) return body;
  const { description } = contract;
  const schema = flatten(description, { schema: mediaType.schema, pointer: mediaType.schemaPointer });
  // Of what turns into something else, other things are known.
  const isOther = ['oneOf', 'anyOf', 'discriminator', 'if'].some((keyword) => keyword in schema);
  const isPatch = mediaType.mediaType.endsWith('/merge-patch+json');
  const said = Object.fromEntries(Object.entries(body).filter(([, value]) => !isPatch || value !== null));
  if (isOther) return said;
  const kept = Object.fromEntries(Object.entries(before).filter(([name]) => !Object.hasOwn(body, name)));
  return { ...kept, ...said };
}

/** A merge of one property alone leaves all others as they are: of the first, and of the last. */
function mergeApart(context: DraftContext, merge: Operation, read: Operation): (ContractCase | undefined)[] {
  const draft = draftValid({ ...context, operation: merge });
  const key = merge.resource?.key[0];
  if (!draft?.mediaType || !isJson(draft.mediaType.mediaType) || !isObject(draft.body)) return [];
  const full = withAllProperties(draft.mediaType, draft.body, context.chance);
  const { validator } = draft.mediaType;
  const alone = Object.entries(isObject(full) ? full : {})
    .filter(([name, value]) => name !== key && validator.check({ [name]: value }))
    .map(([name, value]) => ({ name, body: { [name]: value } }));
  const isNullable = ([name, value]: [string, unknown]) =>
    value !== null && name !== key && validator.check({ [name]: null });
  const [emptied] = Object.entries(isObject(full) ? full : {}).find(isNullable) ?? [];
  const chosen = [
    ...(alone.length > 1 ? [alone[0], alone.at(-1)] : alone),
    ...(emptied !== undefined ? [{ name: emptied, body: { [emptied]: null } }] : []),
  ];
  return chosen.map((one) => {
    const prepared = one && unlikeOthers(context, merge);
    const before = prepared?.created?.body;
    const only = (own: DraftContext, made: Draft) =>
      one && one.body[one.name] === null ? one.body : changedFrom(before)(own, { ...made, body: one?.body });
    const changing = prepared && toItem(context, merge, prepared, only);
    const isEmptied = one?.body[one.name] === null;
    const title = isEmptied
      ? `${merge.method} of /${one.name} as null alone`
      : `${merge.method} of /${one?.name} alone leaves the rest`;
    const derived = changing && readAfter(context, prepared, merge, changing, read, title);
    // What a stand-in takes away, and has to show, it makes up.
    return derived && isEmptied
      ? { ...derived, blockedOnStandin: 'a stand-in keeps no null that an answer must have' }
      : derived;
  });
}

/** An item with every property, and with other values than those that a service may think of itself. */
function unlikeOthers(context: DraftContext, operation: Operation): Prepared | undefined {
  const prepared = itemFor(context, operation);
  const own = prepared?.steps.length ?? 0;
  const beside =
    prepared &&
    itemBeside(context, prepared, own, (made) => {
      if (!made.mediaType || !isJson(made.mediaType.mediaType)) return made.body;
      const full = withAllProperties(made.mediaType, made.body, context.chance);
      const other = changedFrom(full)(context, { ...made, body: full });
      return made.mediaType.validator.check(other) ? other : made.body;
    });
  if (!prepared || !beside) return prepared;
  return { ...prepared, steps: [...prepared.steps, beside.step], taken: beside.taken, created: beside.draft };
}

/** RFC 9110 §9.2.2: to do it twice is to do it once. */
function replaceTwice(context: DraftContext, replace: Operation): ContractCase | undefined {
  const prepared = itemFor(context, replace);
  const sent = prepared && toItem(context, replace, prepared, changedFrom(prepared.created?.body));
  const expect = sent && expectFound(context, replace, sent.draft);
  if (!expect) return undefined;
  const steps = [...prepared.steps, { request: sent.request, isNeeded: true as const }, { request: sent.request }];
  return toCase(context, replace, 'the same PUT twice', steps, expect);
}

/** RFC 9110 §9.2.2: what was deleted may be deleted again with success, but it is not there. */
function removeThen(
  context: DraftContext,
  remove: Operation,
  next: Operation,
  title: string,
): ContractCase | undefined {
  const prepared = itemFor(context, remove);
  const removing = prepared && toItem(context, remove, prepared);
  const sent = prepared && toItem(context, next, prepared);
  const expect = sent && expectMissing(context, next, sent.draft);
  if (!prepared || !removing || !sent || !expect) return undefined;
  const successes = remove.responses.filter(({ status }) => /^2\d\d$/.test(status)).map(({ status }) => Number(status));
  const steps = [...prepared.steps, { request: removing.request }, { request: sent.request }];
  const isSilent = expect.problem !== undefined;
  if (isSilent && next === remove) return undefined;
  return toCase(
    context,
    next,
    title,
    steps,
    next === remove
      ? { ...expect, otherwise: [...(expect.otherwise ?? []), ...successes] }
      : { ...expect, isGone: true },
    isSilent ? { blockedOnStandin: `no 404 is documented: ${next.id}` } : {},
  );
}

/** An item that nobody made, of a collection that has one: a 404 is proved by nothing else. */
function unknownItem(context: DraftContext, operation: Operation): ContractCase | undefined {
  const { chance } = context;
  if (operation.resource?.effect === 'replace' && operation.responses.some(({ status }) => status === '201'))
    return undefined;
  const prepared = itemFor(context, operation);
  const sent = prepared && toItem(context, operation, prepared);
  const name = namesOf(operation).at(-1) ?? '';
  const parameter = operation.parameters.find((one) => one.in === 'path' && one.name === name);
  const known = sent?.draft.path[name];
  const candidates = [chance.integer(2 ** 30, 2 ** 31 - 2), `unknown-${chance.token()}`, chance.uuid()];
  const unknown = [...candidates, parameter?.sample('fresh', chance)].find(
    (value) => value !== undefined && value !== known && (parameter?.validator.check(value) ?? true),
  );
  const expect = sent && expectMissing(context, operation, sent.draft);
  if (!prepared || !sent || !expect || unknown === undefined || expect.problem !== undefined) return undefined;
  const draft = { ...sent.draft, path: { ...sent.draft.path, [name]: unknown } };
  const segment = operation.path.split('/').findIndex((part) => part.includes(`{${name}}`));
  const taken = prepared.taken.map((one) => (one.segment === segment ? { ...one, isOther: true as const } : one));
  const request = { ...toRequest({ ...context, operation }, draft), ...(taken.length > 0 && { taken }) };
  return toCase(context, operation, `with an unknown ${name}`, [...prepared.steps, { request }], expect);
}
