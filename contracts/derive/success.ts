import { isJson, itemForm, type Operation, singularOf } from '../../server/contract/index.js';
import { isObject } from '../../server/documents/index.js';
import { type Documented, holds, type Scope, successResponse } from '../../server/replies/index.js';
import type { Echo, Expectation, Taken } from '../case.js';
import type { Draft, DraftContext } from './draft.js';
import { expectResponse, expectRule } from './expect.js';
import { scopeOf } from './satisfy.js';
import { sentBody } from './sent-body.js';

/** The answer to a request that goes well; what it made, or found, is what was sent. */
export function expectSuccess(
  context: DraftContext,
  draft: Draft,
  effect: 'created' | 'found',
  hasItem = false,
): Expectation | undefined {
  const expect = expectAnswer(context, draft, effect, hasItem);
  const echo = expect && echoOf(context.operation, shownOf(draft), expect);
  if (!echo) return expect;
  const assumed = context.operation.resource?.effect === 'create' ? defaultsOf(draft) : {};
  return { ...expect, echo: { ...echo, ...(Object.keys(assumed).length > 0 && { assumed }) } };
}

/** JSON Schema Validation §9.2, OpenAPI 3.0.4 §4.7.24: what a service takes a property for that is not there. */
function defaultsOf({ body, mediaType }: Draft): Record<string, unknown> {
  if (!isObject(body) || !mediaType) return {};
  const known = [...mediaType.shape.properties()].map(([name, shape]): [string, unknown] => [
    name,
    shape.schema().default,
  ]);
  const isPlain = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value);
  return Object.fromEntries(known.filter(([name, value]) => isPlain(value) && !Object.hasOwn(body, name)));
}

/** Nobody knows what becomes of an item that nobody has made. */
export function withoutGuess({ operation }: DraftContext, expect: Expectation, taken: readonly Taken[]): Expectation {
  const { echo: _, ...others } = expect;
  const own = operation.path.replace(/\/$/, '').split('/').length - 1;
  const isOfItem = operation.resource?.effect === 'replace' || operation.resource?.effect === 'merge';
  return isOfItem && !taken.some(({ segment }) => segment === own) ? others : expect;
}

/** Where an answer shows the item that was sent; `undefined` where nothing says that it does. */
function echoOf(
  { path, resource, responses }: Operation,
  sent: unknown,
  { response: status, mediaType: name, body }: Expectation,
): Echo | undefined {
  if (!resource || !setting.has(resource.effect) || resource.change || !isObject(sent)) return undefined;
  const content = responses.find((one) => one.status === status)?.content ?? [];
  const mediaType = content.find((one) => one.mediaType === name) ?? content[0];
  if (!mediaType || !isJson(mediaType.mediaType) || body?.kind === 'equal') return undefined;
  const form = itemForm(mediaType, resource.key, singularOf(path.replace(/\/\{[^}]*\}$/, '')));
  return form && { sent, within: form.within, key: resource.key };
}

/** In a merge patch, `null` takes away (RFC 7396 §1). */
function shownOf(draft: Draft): unknown {
  const { mediaType } = draft;
  const body = sentBody(draft);
  if (!isObject(body) || !mediaType?.mediaType.endsWith('/merge-patch+json')) return body;
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null));
}

/** What clients set goes in by these. */
const setting: ReadonlySet<string> = new Set(['create', 'upsert', 'replace', 'merge']);

function expectAnswer(
  context: DraftContext,
  draft: Draft,
  effect: 'created' | 'found',
  hasItem: boolean,
): Expectation | undefined {
  const { operation } = context;
  const success = successResponse(operation);
  if (!success) return undefined;
  const { resource, responses, rules } = operation;
  const change = resource?.change;
  const scope = { ...scopeOf(context, draft), ...(resource && { resource: draft.body ?? {} }) };
  const rule = rules.find(({ when, response }) => {
    const speaksOfIt =
      when.event === undefined
        ? when.criteria.length > 0 && /^[23]/.test(response.status)
        : resource && when.event === `resource.${change ? 'found' : effect}`;
    return speaksOfIt && when.criteria.every((criterion) => holds(criterion, scope));
  });
  // Nothing tells which requests lead an item into a state.
  if (change && change.when.length > 0)
    return {
      ...expectInferred(context, success, hasItem, scope),
      unsatisfied: 'only an item in the declared state has it',
    };
  if (rule) return expectRule(rule, success.status, scope);
  if (!resource) return expectResponse(success.response, success.status, scope);
  if (resource.isInferred || change) return expectInferred(context, success, hasItem, scope);
  const status = effect === 'created' ? 201 : 200;
  const response = responses.find((candidate) => candidate.status === String(status));
  const documented = response ? { response, status } : success;
  const expected = expectResponse(documented.response, documented.status, scope);
  const [mediaType] = documented.response.content;
  if (!mediaType) return expected;
  const value = shared(draft.body, mediaType.properties());
  const { unsatisfied, ...certain } = expected;
  // What was sent may do where nothing was found.
  const made = unsatisfied !== undefined && mediaType.validator.check(value) ? certain : expected;
  return made.body?.kind === 'equal' ? { ...made, body: { kind: 'including', value } } : made;
}

/** What the collection says is foreseen in its shape alone. */
function expectInferred(
  { operation: { resource, responses } }: DraftContext,
  success: Documented,
  hasItem: boolean,
  scope: Scope,
): Expectation {
  const created = responses.find(({ status }) => status === '201');
  const other = responses.find(({ status }) => /^2(?!01)\d\d$/.test(status));
  const makes = /^create/.test(resource?.effect ?? '') || (resource?.effect === 'replace' && !hasItem);
  const chosen = makes ? created : success.status === 201 ? other : undefined;
  const { response, status } = chosen ? { response: chosen, status: Number(chosen.status) } : success;
  const { body: _, ...expected } = expectResponse(response, status, scope);
  return expected;
}

/** What was sent, as far as the response documents it. */
function shared(body: unknown, properties: ReadonlySet<string> | undefined): unknown {
  if (!isObject(body) || !properties) return body;
  return Object.fromEntries(Object.entries(body).filter(([name]) => properties.has(name)));
}
