import { lazyOf, type Operation, type Resource } from '../contract/index.js';
import type { MaybePromise } from '../state/index.js';
import { andThen } from './and-then.js';
import type { ApiRequest } from './api-request.js';
import { changeItem } from './change-item.js';
import { beginPartition } from './collection-seeds.js';
import {
  type Composition,
  composeBytes,
  composeFilled,
  composeFresh,
  composeValue,
  composeVerbatim,
  withNote,
} from './compose.js';
import { allReply, createAll } from './create-all.js';
import type { DecisionContext } from './decide.js';
import { type Documented, findResponse, firstExample, namedExample } from './documented.js';
import { isConditional, judgePreconditions, withEntityTag } from './entity-tag.js';
import { holds, inScope, type Scope } from './evaluate.js';
import { bytesOfItem, formOf, project } from './item-body.js';
import { type Addressed, applyToItem, documentsCreation } from './item-effect.js';
import { itemReply, withItemHeaders } from './item-reply.js';
import { listReply } from './list-reply.js';
import { negotiate } from './negotiate.js';
import { findParent, isOfClients } from './parent.js';
import { type Preferences, preferenceApplied } from './preferences.js';
import { referenceRefusal } from './references.js';
import { criteriaRefusal, documentedRefusal, replyByRule } from './refuse.js';
import { type Reply, withEvent, withHeaders } from './reply.js';
import { addressOf, applyResource, type ResourceOutcome } from './resource-effect.js';

/** The reply to a valid request: declared criteria may still refuse it, then its collection may; else it is the success. */
export function succeed(
  context: DecisionContext,
  operation: Operation,
  request: ApiRequest,
  success: Documented,
  scope: Scope,
  preferences: Preferences,
): MaybePromise<Reply> {
  const refused = criteriaRefusal(operation, request, scope);
  if (refused) return refused;
  const { resource } = operation;
  if (!resource) return successReply(context, operation, request, success, scope, preferences);
  return andThen(findParent(context, resource, scope.request), (parent) => {
    if (parent === 'missing') return missing(operation, request, success, scope);
    const inParent: Scope = parent === undefined ? scope : inScope(scope, { parent });
    const refusedThere = parent === undefined ? undefined : criteriaRefusal(operation, request, inParent);
    if (refusedThere) return refusedThere;
    const address = addressOf(context.contract, resource, scope.request);
    const begun = beginPartition(context.store, resource, address, isOfClients(resource, parent));
    return andThen(begun, () => {
      if (resource.effect === 'list')
        return andThen(
          listReply(context, operation, resource, request, success, inParent, address),
          (reply) => reply ?? successReply(context, operation, request, success, inParent, preferences),
        );
      const conclude = (made: ResourceOutcome) =>
        afterEffect(context, operation, request, success, inParent, preferences, made);
      if (resource.effect === 'create-all')
        return andThen(createAll(context, operation, resource, scope.request, address), (made) => {
          if (made.kind !== 'all') return conclude(made);
          const listed = statusOf(operation, success, 'created');
          const reply = allReply(operation, resource, request, listed, made.items);
          return withEvent(reply, operation, 'resource.created');
        });
      const refusedReference = referenceRefusal(context, operation, request, inParent);
      if (!isOfItem(resource))
        return andThen(
          refusedReference,
          (reply) => reply ?? andThen(applyResource(context, operation, resource, scope.request), conclude),
        );
      const key = String(scope.request.path[resource.parameter ?? lastParameter(operation)] ?? '');
      const apply = (addressed: Addressed) =>
        resource.change
          ? changeItem(context, resource, resource.change, inParent, addressed)
          : applyToItem(context, operation, resource, request, scope.request, addressed);
      const carryOut = (): MaybePromise<Reply> => {
        if (!isConditional(operation) || !hasConditions(request)) return andThen(apply({ address, key }), conclude);
        // What the preconditions were judged by is what is changed; where another request came between, they are judged again.
        const applyToJudged = (): MaybePromise<Reply> =>
          andThen(context.store.find(address, key), (found) => {
            const reply = conditionalReply(operation, request, success, inParent, found?.item);
            if (reply) return reply;
            return andThen(apply({ address, key, expected: { version: found?.version } }), (outcome) =>
              outcome.kind === 'stale' ? applyToJudged() : conclude(outcome),
            );
          });
        return applyToJudged();
      };
      return andThen(refusedReference, (reply) => {
        if (!reply) return carryOut();
        // An item that is not there is missing, whatever was to become of it.
        return andThen(context.store.find(address, key), (found) =>
          found || (resource.effect === 'replace' && documentsCreation(operation)) ? reply : carryOut(),
        );
      });
    });
  });
}

const hasConditions = ({ headers }: ApiRequest) =>
  headers['if-match'] !== undefined || headers['if-none-match'] !== undefined;

/** The reply to a request whose preconditions do not hold; `undefined` where it is to be carried out. */
function conditionalReply(
  operation: Operation,
  request: ApiRequest,
  success: Documented,
  scope: Scope,
  item: unknown,
): Reply | undefined {
  const precondition = judgePreconditions(request, item);
  if (precondition === 'holds') return undefined;
  // What is not there is missing first of all, unless it is created then.
  const isCreated = operation.resource?.effect === 'replace' && documentsCreation(operation);
  if (item === undefined && !isCreated && findResponse(operation, 404, { withDefault: false })) return undefined;
  if (precondition === 'not modified') {
    const documented = findResponse(operation, 304, { withDefault: false });
    if (!documented) return undefined;
    const reply = composeVerbatim(operation, { documented, reason: 'state' });
    // RFC 9110 §15.4.5: the tag that 200 would have had.
    const found = findResponse(operation, 200, { withDefault: false });
    return withEntityTag(found ? withEntityTag(reply, found.response, item) : reply, documented.response, item);
  }
  return (
    documentedRefusal(
      operation,
      request,
      { statuses: [412], open: false, problem: 'no-reply', details: { detail: '' } },
      scope,
    ) ??
    exampleInstead(
      operation,
      request,
      success,
      'the item is not the one that the request is for, and no documented reply says so; nothing was changed',
    )
  );
}

const isOfItem = ({ effect }: Resource) => effect !== 'create' && effect !== 'upsert';

const lastParameter = ({ path }: Operation) => /\{([^{}]+)\}[^{}]*$/.exec(path)?.[1] ?? '';

function missing(operation: Operation, request: ApiRequest, success: Documented, scope: Scope): Reply {
  const refusal = {
    event: 'resource.missing',
    statuses: [404, 410],
    problem: 'no-reply',
    details: { detail: '' },
  } as const;
  return (
    documentedRefusal(operation, request, refusal, scope) ??
    exampleInstead(operation, request, success, 'what the path names does not exist, and no documented reply says so')
  );
}

function afterEffect(
  context: DecisionContext,
  operation: Operation,
  request: ApiRequest,
  success: Documented,
  scope: Scope,
  preferences: Preferences,
  outcome: ResourceOutcome,
): Reply {
  if (outcome.kind === 'unkeyed')
    return exampleInstead(operation, request, success, `the request has no ${outcome.pointer} to store it by`);
  if (outcome.kind === 'unfit') return unfit(operation, request, success, scope, outcome);
  if (outcome.kind === 'missing' || outcome.kind === 'stale') return missing(operation, request, success, scope);
  if (outcome.kind === 'unknown') return successReply(context, operation, request, success, scope, preferences);
  const stateful = inScope(scope, { resource: outcome.item });
  if (outcome.kind === 'unmet')
    return withEvent(unmet(operation, request, success, stateful), operation, 'resource.conflict');
  const reply =
    outcome.kind === 'conflict'
      ? conflict(operation, request, success, stateful, outcome.pointer)
      : successReply(context, operation, request, success, stateful, preferences, outcome);
  const told =
    outcome.instead === undefined || outcome.kind !== 'created'
      ? reply
      : withNote(reply, `${outcome.instead}, so the documented one is kept under its key`);
  return withEvent(told, operation, `resource.${outcome.kind}`);
}

/** A patch that can't be applied is refused, where that is documented. */
function unfit(
  operation: Operation,
  request: ApiRequest,
  success: Documented,
  scope: Scope,
  { why, statuses }: Extract<ResourceOutcome, { kind: 'unfit' }>,
): Reply {
  const refusal = statuses && ({ statuses, open: false, problem: 'no-reply', details: { detail: why } } as const);
  const refused = refusal && documentedRefusal(operation, request, refusal, scope);
  return refused ? withNote(refused, why) : exampleInstead(operation, request, success, why);
}

function conflict(
  operation: Operation,
  request: ApiRequest,
  success: Documented,
  scope: Scope,
  pointer: string,
): Reply {
  const unique = operation.resource?.unique.find((candidate) => candidate.pointer === pointer);
  const declared = unique && replyByExample(operation, request, scope, unique.example);
  if (declared) return declared;
  const refusal = {
    event: 'resource.conflict',
    pointer,
    statuses: [409],
    problem: 'no-reply',
    details: { detail: '' },
  } as const;
  return (
    documentedRefusal(operation, request, refusal, scope) ??
    exampleInstead(operation, request, success, `${pointer} is taken, and no documented reply says so`)
  );
}

/** The item is in a state that the operation is not for. */
function unmet(operation: Operation, request: ApiRequest, success: Documented, scope: Scope): Reply {
  const declared = replyByExample(operation, request, scope, operation.resource?.change?.otherwise);
  const refusal = {
    event: 'resource.conflict',
    statuses: [409],
    problem: 'no-reply',
    details: { detail: '' },
  } as const;
  return (
    declared ??
    documentedRefusal(operation, request, refusal, scope) ??
    exampleInstead(
      operation,
      request,
      success,
      'the item is in a state that does not allow it, and no documented reply says so',
    )
  );
}

function replyByExample(
  operation: Operation,
  request: ApiRequest,
  scope: Scope,
  example: string | undefined,
): Reply | undefined {
  if (example === undefined) return undefined;
  for (const response of operation.responses) {
    const mediaType = response.content.find((candidate) => namedExample(candidate, example));
    if (mediaType)
      return replyByRule(operation, request, { when: { criteria: [] }, response, mediaType, example }, 409, scope);
  }
  return undefined;
}

function successReply(
  context: DecisionContext,
  operation: Operation,
  request: ApiRequest,
  success: Documented,
  scope: Scope,
  { dynamic }: Preferences,
  outcome?: Extract<ResourceOutcome, { kind: 'created' | 'found' }>,
): Reply {
  const event = outcome && (`resource.${outcome.kind}` as const);
  const rule = successRules(operation).find(
    ({ when }) =>
      (when.event === undefined || when.event === event) && when.criteria.every((criterion) => holds(criterion, scope)),
  );
  if (rule) return replyByRule(operation, request, rule, success.status, scope);
  const documented = outcome ? statusOf(operation, success, outcome.kind) : success;
  const mediaType = negotiate(documented.response, request) ?? documented.response.content[0];
  if (!mediaType) {
    const reply = composeVerbatim(operation, { documented, reason: outcome ? 'state' : 'example' });
    return outcome ? withItemHeaders(reply, operation, request, documented, outcome) : reply;
  }
  const example = firstExample(mediaType);
  const composition = { documented, mediaType, example, reason: 'example' } as const;
  const withItemOf = (reply: Reply) =>
    outcome ? withItemHeaders(reply, operation, request, documented, outcome) : reply;
  if (example.template ?? mediaType.template)
    return withItemOf(
      composeFilled(operation, { documented, mediaType, example, reason: outcome ? 'state' : 'condition' }, scope),
    );
  if (outcome && operation.resource) {
    const { resource } = operation;
    const state = { ...composition, reason: 'state' } as const;
    if (resource.isInferred || isOfItem(resource)) return itemReply(operation, request, state, outcome);
    const shown = project(outcome.item, mediaType.properties());
    // What the client need not send, and the answer must have, is taken from the example.
    const form = mediaType.validator.check(mediaType.sentPart(shown))
      ? undefined
      : formOf(mediaType, operation, resource);
    const bytes = form && bytesOfItem(form, outcome.item, resource.key);
    return withItemOf(bytes ? composeBytes(operation, state, bytes) : composeValue(operation, state, shown));
  }
  if (dynamic === true)
    return withHeaders(composeFresh(operation, composition, context.chance), {
      'preference-applied': preferenceApplied({ dynamic }),
    });
  return composeVerbatim(operation, {
    ...composition,
    reason: example.origin === 'generated' ? 'generated' : 'example',
  });
}

/** Those that speak of what was made or found, and those whose criteria lead to a success. */
const successRules = lazyOf(({ rules }: Operation) =>
  rules.filter(({ when, response }) =>
    when.event === undefined
      ? when.criteria.length > 0 && /^[23]/.test(response.status)
      : when.event.startsWith('resource.'),
  ),
);

/** 201 for what was made and 200 for what was there, where both are documented. */
function statusOf(operation: Operation, success: Documented, kind: 'created' | 'found'): Documented {
  const status = kind === 'created' ? 201 : 200;
  const response = operation.responses.find((candidate) => candidate.status === String(status));
  if (response) return { response, status };
  if (kind === 'created' || success.status !== 201) return success;
  const other = operation.responses.find(({ status: candidate }) => /^2(?!01)\d\d$/.test(candidate));
  return other ? { response: other, status: Number(other.status) } : success;
}

/** State has an answer that the document lacks: the documented example is served, and says so. */
function exampleInstead(operation: Operation, request: ApiRequest, documented: Documented, why: string): Reply {
  const mediaType = negotiate(documented.response, request) ?? documented.response.content[0];
  const composition: Composition = {
    documented,
    reason: 'example',
    ...(mediaType && { mediaType, example: firstExample(mediaType) }),
  };
  return withNote(composeVerbatim(operation, composition), `${why}, so the example is served`);
}
