import {
  bare,
  isJson,
  itemForm,
  listForm,
  type Operation,
  type Parameter,
  pluralOf,
  type ResponseMediaType,
  singularOf,
} from '../../server/contract/index.js';
import { isObject, type JsonObject, toPointer, valueAt } from '../../server/documents/index.js';
import { findResponse, successResponse } from '../../server/replies/index.js';
import type { CaseRequest, ContractCase, Expectation, ExpectedBody, Step } from '../case.js';
import { type Draft, type DraftContext, draftValid, toRequest } from './draft.js';
import { expectResponse } from './expect.js';
import { freshen } from './freshen.js';
import { caseId } from './id.js';
import { memberCalled } from './member-called.js';
import { mostItems } from './most-items.js';
import { mostShown } from './most-shown.js';
import { isSamePath } from './once-sent.js';
import { type Prepared, prepare } from './preparation.js';
import { scopeOf } from './satisfy.js';
import { expectSuccess } from './success.js';
import { withValueAt } from './with-value-at.js';

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
  const made = [
    read && readYourWrite(context, read),
    ...[replace, merge].map((update) => update && read && updateThenRead(context, update, read)),
    ...[replace, merge].map((update) => update && list && updateThenList(context, update, list)),
    list && createThenList(context, list),
    remove && read && removeThen(context, remove, read, 'read after it was deleted'),
    remove && removeThen(context, remove, remove, 'deleted twice'),
    ...[read, replace, merge, remove].map((one) => one && unknownItem(context, one)),
  ];
  return made.filter((one) => one !== undefined);
}

/** Items whose values nobody has sent before, so that they can be told from others. */
function itemFor(context: DraftContext, operation: Operation): Prepared | undefined {
  const own: DraftContext = { ...context, operation };
  const draft = draftValid(own);
  const prepared = draft && prepare(own, draft);
  return prepared && prepared.steps.length > 0 && prepared.taken.length > 0 ? prepared : undefined;
}

interface Sent {
  readonly request: CaseRequest;
  readonly draft: Draft;
}

/** A request to an operation on the item that was prepared for another one, which has the same path. */
function toItem(context: DraftContext, operation: Operation, prepared: Prepared, isChanged = false): Sent | undefined {
  const own: DraftContext = { ...context, operation };
  const draft = draftValid(own);
  if (!draft) return undefined;
  const names = namesOf(operation);
  const values = Object.values(
    Object.fromEntries(namesOf(prepared.operation).map((name) => [name, prepared.draft.path[name]])),
  );
  const path = { ...draft.path, ...Object.fromEntries(names.map((name, index) => [name, values[index]])) };
  const placed = { ...draft, path, ...(isChanged && draft.body !== undefined && { body: changed(own, draft) }) };
  return { draft: placed, request: { ...toRequest(own, placed), taken: prepared.taken } };
}

const namesOf = ({ path }: Pick<Operation, 'path'>) => [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name);

function changed({ chance, operation }: DraftContext, { body, mediaType }: Draft): unknown {
  const key = operation.resource?.key ?? [];
  const isValid = (value: unknown) => mediaType?.validator.check(value) ?? true;
  const made = freshen(body, isValid, chance);
  const keyValue = valueAt(body, toPointer(key));
  return keyValue === undefined ? made : withValueAt(made, key, keyValue);
}

function toCase(
  { contract }: DraftContext,
  operation: Operation,
  title: string,
  steps: readonly Step[],
  expect: Expectation,
  more: Partial<ContractCase> = {},
): ContractCase {
  const id = caseId(contract, operation, 'state', title);
  return { id, kind: 'state', api: contract.name, operation: operation.id, title, steps, expect, ...more };
}

/** The success of an operation on an item that is there, whatever it says. */
function expectFound(context: DraftContext, operation: Operation, draft: Draft): Expectation | undefined {
  const expect = expectSuccess({ ...context, operation }, draft, 'found', true);
  if (!expect) return undefined;
  const { body: _, unsatisfied: __, ...found } = expect;
  return found;
}

function remembered(
  operation: Operation,
  { response, mediaType }: Pick<Expectation, 'response' | 'mediaType'>,
  { draft, from, step }: { readonly draft: Draft; readonly from: Operation; readonly step: number },
  isList = false,
): ExpectedBody | undefined {
  const key = operation.resource?.key ?? [];
  const content = operation.responses.find(({ status }) => status === response)?.content ?? [];
  const own = content.find((one) => one.mediaType === mediaType) ?? content[0];
  const form = own && (isList ? listForm(own, key, pluralIn(operation)) : itemForm(own, key, singularIn(operation)));
  if (!form || !isJson(form.mediaType.mediaType) || !isObject(draft.body)) return undefined;
  const echo = echoOf(from, key);
  // What is sent is not always what is shown.
  const holder = form.within.reduce((shape, name) => shape.property(name), form.mediaType.shape);
  const shown = (isList ? holder.items() : holder).properties();
  const sent = Object.fromEntries(Object.entries(draft.body).filter(([name]) => shown.has(name)));
  return {
    kind: isList ? 'listed' : 'remembered',
    sent,
    step,
    within: form.within,
    ...(echo && { echoedWithin: echo.within }),
    key,
  };
}

const singularIn = ({ path }: Operation) => singularOf(path.replace(/\/\{[^}]*\}$/, ''));
const pluralIn = ({ path }: Operation) => pluralOf(path.replace(/\/\{[^}]*\}$/, ''));

function echoOf(operation: Operation, key: readonly string[]) {
  const [mediaType] = (successResponse(operation)?.response.content ?? []) as readonly ResponseMediaType[];
  return mediaType && itemForm(mediaType, key, singularIn(operation));
}

function readYourWrite(context: DraftContext, read: Operation): ContractCase | undefined {
  const prepared = itemFor(context, read);
  const sent = prepared && toItem(context, read, prepared);
  const expect = sent && expectFound(context, read, sent.draft);
  if (!prepared || !sent || !expect) return undefined;
  const created = { draft: prepared.created as Draft, from: context.operation, step: prepared.steps.length - 1 };
  const body = remembered(read, expect, created);
  return toCase(context, read, 'what was created is read', [...prepared.steps, { request: sent.request }], {
    ...expect,
    ...(body && { body }),
  });
}

function createThenList(context: DraftContext, list: Operation): ContractCase | undefined {
  return listed(context, list, undefined, 'what was created is in the list');
}

function updateThenList(context: DraftContext, update: Operation, list: Operation): ContractCase | undefined {
  return listed(context, list, update, `what ${update.method} changed is in the list`);
}

function listed(
  context: DraftContext,
  list: Operation,
  update: Operation | undefined,
  title: string,
): ContractCase | undefined {
  const item = update ?? itemOperation(context);
  const prepared = item && itemFor(context, item);
  const changing = update && prepared ? toItem(context, update, prepared, true) : undefined;
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

function itemOperation({ contract, operation }: DraftContext): Operation | undefined {
  const base = operation.path.replace(/\/$/, '');
  return contract.operations.find(({ path, resource }) => resource && isSamePath({ path }, { path: `${base}/{item}` }));
}

function updateThenRead(context: DraftContext, update: Operation, read: Operation): ContractCase | undefined {
  const prepared = itemFor(context, update);
  const changing = prepared && toItem(context, update, prepared, true);
  const sent = prepared && toItem(context, read, prepared);
  const expect = sent && expectFound(context, read, sent.draft);
  if (!prepared || !changing || !sent || !expect) return undefined;
  const steps = [...prepared.steps, { request: changing.request }];
  const body = remembered(read, expect, { draft: changing.draft, from: update, step: steps.length - 1 });
  return toCase(context, read, `what ${update.method} changed is read`, [...steps, { request: sent.request }], {
    ...expect,
    ...(body && { body }),
  });
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
    next === remove ? { ...expect, otherwise: [...(expect.otherwise ?? []), ...successes] } : expect,
    isSilent ? { blockedOnStandin: `no 404 of ${next.id} is documented` } : {},
  );
}

/** The documented 404, or 410 (RFC 9110 §15.5.11); without, a service may still not answer with a success. */
function expectMissing(context: DraftContext, operation: Operation, draft: Draft): Expectation | undefined {
  const hasSuccess = operation.responses.some(({ status }) => status.startsWith('2'));
  const found =
    findResponse(operation, 404, { withDefault: hasSuccess }) ??
    (operation.responses.some(({ status }) => status === '410') ? findResponse(operation, 410) : undefined);
  if (!found) return { status: 404, problem: 'path-not-found', headers: [] };
  const {
    body: _,
    unsatisfied,
    ...expect
  } = expectResponse(found.response, found.status, scopeOf({ ...context, operation }, draft));
  const isGoneDocumented = operation.responses.some(({ status }) => status === '410');
  return unsatisfied !== undefined ? undefined : { ...expect, ...(isGoneDocumented && { otherwise: [410] }) };
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
  const taken = prepared.taken.filter((one) => one.segment !== segment);
  const request = { ...toRequest({ ...context, operation }, draft), ...(taken.length > 0 && { taken }) };
  return toCase(context, operation, `with an unknown ${name}`, [...prepared.steps, { request }], expect);
}
