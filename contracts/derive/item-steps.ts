import {
  isJson,
  itemForm,
  listForm,
  type Operation,
  pluralOf,
  type ResponseMediaType,
  singularOf,
} from '../../server/contract/index.js';
import { isObject, toPointer, valueAt } from '../../server/documents/index.js';
import { findResponse, successResponse } from '../../server/replies/index.js';
import type { CaseRequest, ContractCase, Echo, Expectation, ExpectedBody, Step, Taken } from '../case.js';
import { type Draft, type DraftContext, draftValid, toRequest } from './draft.js';
import { expectResponse } from './expect.js';
import { caseId } from './id.js';
import { isSamePath } from './once-sent.js';
import { otherValues } from './other-values.js';
import { type Prepared, prepare, preparedItem } from './preparation.js';
import { scopeOf } from './satisfy.js';
import { expectSuccess } from './success.js';
import { withValueAt } from './with-value-at.js';

/** An item whose values nobody has sent before, so that it can be told from others. `turn`: which documented form it has. */
export function itemFor(context: DraftContext, operation: Operation, turn?: number): Prepared | undefined {
  const own: DraftContext = { ...context, operation };
  const draft = draftValid(own);
  const prepared = draft && prepare(own, draft, turn);
  return prepared && prepared.steps.length > 0 && prepared.taken.length > 0 ? prepared : undefined;
}

export interface Sent {
  readonly request: CaseRequest;
  readonly draft: Draft;
}

/** A request to an operation on the item that was prepared for another one, which has the same path. */
export function toItem(
  context: DraftContext,
  operation: Operation,
  prepared: Prepared,
  change?: (own: DraftContext, draft: Draft) => unknown,
): Sent | undefined {
  const own: DraftContext = { ...context, operation };
  const draft = draftValid(own);
  if (!draft) return undefined;
  const names = namesOf(operation);
  const values = Object.values(
    Object.fromEntries(namesOf(prepared.operation).map((name) => [name, prepared.draft.path[name]])),
  );
  const path = { ...draft.path, ...Object.fromEntries(names.map((name, index) => [name, values[index]])) };
  const body = change && draft.body !== undefined ? change(own, draft) : draft.body;
  const placed = { ...draft, path, ...(body !== undefined && { body }) };
  return { draft: placed, request: { ...toRequest(own, placed), taken: prepared.taken } };
}

export const namesOf = ({ path }: Pick<Operation, 'path'>) =>
  [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name);

/** A body that has none of the values that were there before. */
export const changedFrom =
  (before: unknown) =>
  (own: DraftContext, draft: Draft): unknown => {
    const key = own.operation.resource?.key ?? [];
    const made = otherValues(own, draft, before);
    const keyValue = valueAt(draft.body, toPointer(key));
    return keyValue === undefined ? made : withValueAt(made, key, keyValue);
  };

/** An item beside the one that was prepared: the step that makes it, what is sent, and where its key is known from. */
interface Beside {
  readonly step: Step;
  readonly draft: Draft;
  readonly taken: readonly Taken[];
}

/** @param index of the step, once it is one. */
export function itemBeside(
  context: DraftContext,
  prepared: Prepared,
  index: number,
  change: (draft: Draft) => unknown = ({ body }) => body,
): Beside | undefined {
  const before = prepared.steps.at(-1);
  const own = prepared.taken.find(({ step }) => step === prepared.steps.length - 1);
  const draft = preparedItem(context, namesOf(prepared.operation).at(-1) ?? '');
  if (!before || !own || !draft) return undefined;
  const made = { ...draft, body: change(draft) };
  const { body, headers } = toRequest(context, made);
  const type = headers['content-type'];
  const request: CaseRequest = {
    ...before.request,
    headers: { ...before.request.headers, ...(type !== undefined && { 'content-type': type }) },
    ...(body !== undefined && { body }),
  };
  const taken = prepared.taken.map((one) => (one === own ? { ...own, step: index } : one));
  return { step: { request }, draft: made, taken };
}

export function toCase(
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
export function expectFound(context: DraftContext, operation: Operation, draft: Draft): Expectation | undefined {
  const expect = expectSuccess({ ...context, operation }, draft, 'found', true);
  if (!expect) return undefined;
  const { body: _, unsatisfied: __, ...found } = expect;
  return found;
}

/** Where an answer shows the item, or the items; `undefined` where it speaks of something else. */
export function formIn(
  operation: Operation,
  { response, mediaType }: Pick<Expectation, 'response' | 'mediaType'>,
  isList: boolean,
) {
  const key = operation.resource?.key ?? [];
  const content = operation.responses.find(({ status }) => status === response)?.content ?? [];
  const own = content.find((one) => one.mediaType === mediaType) ?? content[0];
  const form = own && (isList ? listForm(own, key, pluralIn(operation)) : itemForm(own, key, singularIn(operation)));
  return form && isJson(form.mediaType.mediaType) ? form : undefined;
}

export function remembered(
  operation: Operation,
  expect: Pick<Expectation, 'response' | 'mediaType'>,
  { draft, from, step }: { readonly draft: Draft; readonly from: Operation; readonly step: number },
  isList = false,
): ExpectedBody | undefined {
  const key = operation.resource?.key ?? [];
  const form = formIn(operation, expect, isList);
  if (!form || !isObject(draft.body)) return undefined;
  const echo = echoedIn(from, key);
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

/** What an answer must show of an item that was sent before. */
export function echoIn(operation: Operation, expect: Expectation, sent: unknown): { readonly echo?: Echo } {
  const form = formIn(operation, expect, false);
  if (!form || !isObject(sent)) return {};
  return { echo: { sent, within: form.within, key: operation.resource?.key ?? [] } };
}

const singularIn = ({ path }: Operation) => singularOf(path.replace(/\/\{[^}]*\}$/, ''));
const pluralIn = ({ path }: Operation) => pluralOf(path.replace(/\/\{[^}]*\}$/, ''));

function echoedIn(operation: Operation, key: readonly string[]) {
  const [mediaType] = (successResponse(operation)?.response.content ?? []) as readonly ResponseMediaType[];
  return mediaType && itemForm(mediaType, key, singularIn(operation));
}

/** The documented 404, or 410 (RFC 9110 §15.5.11); without, a service may still not answer with a success. */
export function expectMissing(context: DraftContext, operation: Operation, draft: Draft): Expectation | undefined {
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

export function itemOperation({ contract, operation }: DraftContext): Operation | undefined {
  const base = operation.path.replace(/\/$/, '');
  return contract.operations.find(({ path, resource }) => resource && isSamePath({ path }, { path: `${base}/{item}` }));
}
