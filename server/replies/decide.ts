import type { Chance, Contract, Operation, Violation } from '../contract/index.js';
import type { Allowance, Forced, MaybePromise, Store } from '../state/index.js';
import { takeAllowance, withAllowance } from './allowance.js';
import { andThen } from './and-then.js';
import type { ApiRequest, DecodedRequest } from './api-request.js';
import { type CredentialsOutcome, checkCredentials } from './credentials.js';
import { decodeParameters } from './decode-parameters.js';
import { successResponse } from './documented.js';
import { inScope, type Scope } from './evaluate.js';
import { composeForced, forcedKey, takeForced } from './forced.js';
import { forcedReply, malformedPreference } from './forced-reply.js';
import { type Handling, handle } from './handler/index.js';
import { negotiate } from './negotiate.js';
import { type Preferences, readPreferences } from './preferences.js';
import { problem } from './problem.js';
import { type BodyReading, readBody } from './read-body.js';
import { documentedRefusal, notAcceptable, type Refusal, refuse, withChallenges } from './refuse.js';
import type { Reply } from './reply.js';
import { succeed } from './succeed.js';
import { withAllow } from './with-allow.js';

/** What a decision needs besides the request. */
export interface DecisionContext {
  readonly contract: Contract;
  readonly store: Store;
  readonly chance: Chance;
  /** The clock, in milliseconds since 1970. */
  readonly now: () => number;
  /** Code that answers for some operations. */
  readonly handling?: Handling | undefined;
}

/**
 * The reply to a request for an operation, in this order: what the client prefers; what was forced in advance; what is wrong with its credentials, its
 * pace, its content; what the collection says; the documented success. Decided at once where the store answers at once.
 */
export function decide(context: DecisionContext, operation: Operation, request: ApiRequest): MaybePromise<Reply> {
  const forced = context.store.forced(forcedKey(context.contract, operation));
  if (!(forced instanceof Promise) && forced.length === 0) return decideUnforced(context, operation, request);
  return andThen(forced, (candidates) => decideForced(context, operation, request, candidates));
}

/** What a client prefers is about this one request, and comes before what was asked for in advance. */
function decideForced(
  context: DecisionContext,
  operation: Operation,
  request: ApiRequest,
  candidates: readonly Forced[],
): MaybePromise<Reply> {
  const reading = readPreferences(request);
  const prefers = 'preferences' in reading && (reading.preferences.code ?? reading.preferences.example) !== undefined;
  if (candidates.length === 0 || prefers) return decideUnforced(context, operation, request);
  return andThen(takeForced(context, operation, request, candidates), (taken) => {
    const reply = taken && composeForced(operation, taken, request);
    const decided = reply
      ? withChallenges(reply, operation, context.contract, context.chance)
      : decideUnforced(context, operation, request);
    const delayMs = taken?.delay;
    return delayMs === undefined ? decided : andThen(decided, (made) => ({ ...made, delayMs }));
  });
}

function decideUnforced(context: DecisionContext, operation: Operation, request: ApiRequest): MaybePromise<Reply> {
  const reading = readPreferences(request);
  const preferences = 'preferences' in reading ? reading.preferences : {};
  const isForced = preferences.code !== undefined || preferences.example !== undefined;
  const credentials = checkCredentials(operation.security, request);
  const passes = credentials.kind === 'accepted' || credentials.kind === 'forbidden';
  const counts = !isForced && 'preferences' in reading && passes;
  const credential = (passes && credentials.credential) || '';
  const conclude = (allowance: Allowance | undefined): MaybePromise<Reply> => {
    const reply =
      'malformed' in reading
        ? malformedPreference(operation, reading.malformed)
        : isForced
          ? forcedReply(operation, request, preferences, context.chance)
          : answer(context, operation, request, { preferences, credentials, allowance });
    return andThen(reply, (made) => {
      const challenged = withAllow(
        withChallenges(made, operation, context.contract, context.chance),
        operation,
        context.contract,
      );
      return allowance ? withAllowance(challenged, operation, allowance, context.now()) : challenged;
    });
  };
  return operation.limit
    ? andThen(takeAllowance(context, operation, credential, counts), conclude)
    : conclude(undefined);
}

interface Standing {
  readonly preferences: Preferences;
  readonly credentials: CredentialsOutcome;
  readonly allowance: Allowance | undefined;
}

function answer(
  context: DecisionContext,
  operation: Operation,
  request: ApiRequest,
  standing: Standing,
): MaybePromise<Reply> {
  const { chance } = context;
  const { violations: inParameters, path, query, header, cookie } = decodeParameters(operation, request);
  const { method, url } = request;
  // Spread by hand: this is done for each request, and takes a tenth of the time.
  const decodedWith = (body: unknown, json?: Buffer): DecodedRequest =>
    cookie
      ? { method, url, path, query, header, cookie, body, json }
      : { method, url, path, query, header, body, json };
  const decoded = decodedWith(undefined);
  const refuseWith = (refusal: Refusal, scope: Scope = { request: decoded, chance }) =>
    refuse(operation, request, refusal, scope);

  const unauthorized = refuseCredentials(
    operation,
    request,
    standing.credentials,
    { request: decoded, chance },
    refuseWith,
  );
  if (unauthorized) return unauthorized;
  if (standing.allowance && !standing.allowance.allowed) {
    return refuseWith({
      event: 'limit.exceeded',
      statuses: [429],
      problem: 'limit-exceeded',
      details: { detail: `more than ${operation.limit?.requests} requests in ${operation.limit?.seconds} s` },
    });
  }
  if (request.body.kind === 'too-large') {
    return refuseWith({
      statuses: [413],
      problem: 'content-too-large',
      details: { detail: `the body is over ${request.body.limitBytes} bytes` },
    });
  }
  // Handlers may change the value; then it is no longer what was sent.
  return andThen(readBody(operation.requestBody, request), (body) =>
    answerRead(context, operation, request, standing, {
      decoded: body.kind === 'read' ? decodedWith(body.value, context.handling ? undefined : body.json) : decoded,
      inParameters,
      body,
      refuseWith,
    }),
  );
}

interface Read {
  readonly decoded: DecodedRequest;
  readonly inParameters: readonly Violation[];
  readonly body: BodyReading;
  readonly refuseWith: (refusal: Refusal, scope?: Scope) => Reply;
}

function answerRead(
  context: DecisionContext,
  operation: Operation,
  request: ApiRequest,
  standing: Standing,
  { decoded, inParameters, body, refuseWith }: Read,
): MaybePromise<Reply> {
  const { chance } = context;
  if (body.kind === 'unsupported') {
    const accept = operation.requestBody?.content.map(({ mediaType }) => mediaType).join(', ') ?? '';
    return refuseWith({
      statuses: [415],
      problem: 'media-type-unsupported',
      // RFC 9110 §15.5.16 tells a wrong type from a wrong coding by the header that comes with it.
      details: { detail: body.detail, headers: body.coding ? { 'accept-encoding': 'gzip, deflate, br' } : { accept } },
    });
  }
  const scope: Scope = { request: decoded, chance };
  if (inParameters.length + body.violations.length > 0) {
    const violations = [...inParameters, ...body.violations];
    return refuseWith(invalid(violations), inScope(scope, { violation: violations[0] as Violation, violations }));
  }

  const success = successResponse(operation);
  if (!success) return problem('no-reply', { detail: `${operation.id} documents no response; document one` });
  if (success.response.content.length > 0 && !negotiate(success.response, request)) {
    return (
      documentedRefusal(
        operation,
        request,
        { statuses: [406], open: false, problem: 'not-acceptable', details: { detail: '' } },
        scope,
      ) ?? notAcceptable(operation, success)
    );
  }
  const handler = context.handling?.handlers.get(operation);
  if (!handler) return succeed(context, operation, request, success, scope, standing.preferences);
  return handle(context, handler, { operation, request, scope }, () =>
    succeed(context, operation, request, success, scope, standing.preferences),
  );
}

function refuseCredentials(
  operation: Operation,
  request: ApiRequest,
  credentials: CredentialsOutcome,
  scope: Scope,
  refuseWith: (refusal: Refusal) => Reply,
): Reply | undefined {
  if (credentials.kind === 'accepted') return undefined;
  const { kind, detail } = credentials;
  const refusal = { event: `credentials.${kind}`, problem: `credentials-${kind}`, details: { detail } } as const;
  // The literal `forbidden` means something only where a 403 is documented.
  if (kind === 'forbidden')
    return documentedRefusal(operation, request, { ...refusal, statuses: [403], open: false }, scope);
  return refuseWith({ ...refusal, statuses: [401] });
}

/** Keywords of ours for what could not even be read. */
const unreadable = new Set(['syntax', 'encoding', 'duplicate']);

function invalid(violations: readonly Violation[]): Refusal {
  const malformed = violations.some(({ keyword }) => unreadable.has(keyword));
  const [first] = violations as [Violation];
  const detail = `${first.location}${first.pointer} ${first.message}${violations.length > 1 ? `, and ${violations.length - 1} more` : ''}`;
  return {
    event: 'request.invalid',
    statuses: malformed ? [400, 422] : [422, 400],
    problem: malformed ? 'request-malformed' : 'request-invalid',
    details: { detail, violations },
  };
}
