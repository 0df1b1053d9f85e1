import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Chance, Contract, Operation } from '../contract/index.js';
import {
  type ApiRequest,
  andThen,
  decide,
  fits,
  type Handling,
  problem,
  type Reply,
  type RequestContent,
} from '../replies/index.js';
import { type Candidate, createRouter, type Route } from '../routing/index.js';
import { type MaybePromise, type Sessions, sharedSession } from '../state/index.js';
import { isPreflight, preflight } from './cors.js';
import type { Exchange } from './exchange.js';
import { failure } from './failure.js';
import { ConnectionLost, receive } from './receive.js';
import { send } from './send.js';
import { sessionOf } from './session.js';
import { createSessionStates } from './session-state.js';
import { parseTarget, type Target } from './target.js';

/** Answers the requests of the contracts' paths. Others go to `next`, or get a 404 where there is no next. */
export type Middleware = (request: IncomingMessage, response: ServerResponse, next?: (error?: unknown) => void) => void;

export interface MiddlewareOptions {
  readonly contracts: readonly Contract[];
  readonly sessions: Sessions;
  /** The source of chance of a session, from its start. */
  readonly chanceOf: (session: string) => Chance;
  /** The clock, in milliseconds since 1970. */
  readonly now: () => number;
  /** The most that a request's body may have. */
  readonly bodyLimitBytes: number;
  /** Between two items of a reply that is a sequence; 0 by default. */
  readonly streamIntervalMs?: number;
  /** Resolves once requests can be answered. */
  readonly ready: Promise<void>;
  /** Told of what went wrong in standin itself. */
  readonly onError: (error: unknown) => void;
  /** Code that answers for some operations. */
  readonly handling?: Handling;
  /** Told of each reply of an operation that callbacks or webhooks may follow, once the reply has been sent. */
  readonly onReplied?: (operation: Operation, request: ApiRequest, reply: Reply, session: string) => MaybePromise<void>;
  /** Told of each request that was answered, as soon as it is. */
  readonly onAnswered?: (exchange: Exchange) => void;
}

type Owned = Exclude<Route, { kind: 'not-found' }>;

/** Sends the reply that is decided on, at once where it can be. */
interface Responder {
  readonly settle: (decision: () => MaybePromise<Reply>) => void;
  readonly fail: (error: unknown) => void;
}

/** An exchange in the making. */
type Witness = { -readonly [name in keyof Exchange]?: Exchange[name] };

/** Runs in Express, in Connect and on a bare server: it uses nothing but what `node:http` gives. */
export function createMiddleware(options: MiddlewareOptions): Middleware {
  const {
    contracts,
    sessions,
    chanceOf,
    now,
    bodyLimitBytes,
    streamIntervalMs = 0,
    onError,
    onReplied,
    onAnswered,
    handling,
  } = options;
  const router = createRouter(contracts);
  const stateOf = createSessionStates(sessions, chanceOf);
  let isReady = false;
  const ready = options.ready.then(() => {
    isReady = true;
  });

  const answer = (
    request: IncomingMessage,
    response: ServerResponse,
    target: Target,
    route: Owned,
    session: string,
    witness: Witness | undefined,
    { settle, fail }: Responder,
  ): void => {
    const method = request.method ?? 'GET';
    const isPreflightRequest = isPreflight(method, request.headers);
    if (isPreflightRequest || route.kind === 'method-not-allowed') {
      const allow = route.kind === 'operation' ? [route.operation.method] : route.allow;
      settle(() => (isPreflightRequest ? preflight(request.headers, allow) : methodNotAllowed(method, target, allow)));
      return;
    }
    const { contract } = route;
    const decideOn = (body: RequestContent): MaybePromise<Reply> => {
      const sent: ApiRequest = {
        method,
        url: urlOf(request),
        pathParameters: route.pathParameters,
        query: target.query,
        headers: request.headers,
        body,
      };
      // Equal templates are not told apart by the path: the first whose operation the request is valid for is meant.
      const other = route.equals && firstThatFits(route, route.equals, sent);
      const operation = other?.operation ?? route.operation;
      const asked = other ? { ...sent, pathParameters: other.pathParameters } : sent;
      if (witness) {
        witness.operation = operation;
        witness.body = body;
      }
      const decision = andThen(stateOf(session), ({ store, chance }) => {
        if (witness) witness.store = store;
        return decide({ contract, store, chance, now, handling }, operation, asked);
      });
      if (onReplied && operation.callbacks.length + operation.fires.length > 0)
        response.once('finish', () => followUp(decision, operation, asked, session));
      return decision;
    };
    receive(request, bodyLimitBytes, { onContent: (body) => settle(() => decideOn(body)), onLost: fail });
  };

  const followUp = async (
    decision: MaybePromise<Reply>,
    operation: Operation,
    asked: ApiRequest,
    session: string,
  ): Promise<void> => {
    let reply: Reply;
    try {
      reply = await decision;
    } catch {
      // Whoever sends the reply tells why there is none.
      return;
    }
    try {
      await onReplied?.(operation, asked, reply, session);
    } catch (error) {
      onError(error);
    }
  };

  const respond = (
    request: IncomingMessage,
    response: ServerResponse,
    session: string,
    witness: Witness | undefined,
    work: (responder: Responder) => void,
  ): void => {
    const startMs = witness ? performance.now() : 0;
    const finish = (reply: Reply) => {
      send(request, response, reply, streamIntervalMs);
      if (witness) tell(witness, reply, session, performance.now() - startMs);
    };
    const fail = (error: unknown) => {
      if (error instanceof ConnectionLost) return response.destroy();
      finish(failure(error, onError));
    };
    const conclude = (reply: Reply) => {
      if (reply.delayMs === undefined) return finish(reply);
      const delay = setTimeout(finish, reply.delayMs, reply);
      response.once('close', () => clearTimeout(delay));
    };
    const settle = (decision: () => MaybePromise<Reply>) => {
      try {
        const reply = decision();
        if (reply instanceof Promise) reply.then(conclude).catch(fail);
        else conclude(reply);
      } catch (error) {
        fail(error);
      }
    };
    if (isReady) work({ settle, fail });
    else ready.then(() => work({ settle, fail })).catch(fail);
  };

  const tell = (witness: Witness, reply: Reply, session: string, durationMs: number): void => {
    witness.session = session;
    witness.durationMs = durationMs;
    witness.reply = reply;
    if (witness.store) {
      onAnswered?.(witness as Exchange);
      return;
    }
    const told = andThen(stateOf(session), ({ store }) => {
      witness.store = store;
      onAnswered?.(witness as Exchange);
    });
    if (told instanceof Promise) told.catch(onError);
  };

  return (request, response, next) => {
    const parsed = parseTarget(request.url ?? '/');
    const { method = 'GET', headers } = request;
    const named = sessionOf(parsed, headers);
    const target = named?.target ?? parsed;
    const route = router.route(method, target.host ?? headers.host, target.path, { query: target.query, headers });
    if (route.kind === 'not-found' && next) return next();
    const session = named && 'id' in named ? named.id : sharedSession;
    const witness = onAnswered && witnessOf(request, route, now());
    respond(request, response, session, witness, (responder) => {
      if (named && 'refusal' in named) responder.settle(() => named.refusal);
      else if (route.kind !== 'not-found') answer(request, response, target, route, session, witness, responder);
      else
        responder.settle(() =>
          isPreflight(method, headers)
            ? preflight(headers, [])
            : method === 'OPTIONS' && target.path === '*'
              ? { status: 204, headers: {}, reason: 'example' }
              : notFound(target, router.nearest(target.path)),
        );
    });
  };
}

const urlOf = (request: IncomingMessage & { readonly originalUrl?: string }) =>
  request.originalUrl ?? request.url ?? '/';

function witnessOf(request: IncomingMessage, route: Route, startMs: number): Witness {
  return {
    session: sharedSession,
    startMs,
    durationMs: 0,
    contract: route.kind === 'not-found' ? undefined : route.contract,
    operation: undefined,
    method: request.method ?? 'GET',
    url: urlOf(request),
    headers: request.headers,
    body: undefined,
  };
}

/** One of the others, where the request fits it and not the first. */
function firstThatFits(first: Candidate, others: readonly Candidate[], sent: ApiRequest): Candidate | undefined {
  if (fits(first.operation, sent)) return undefined;
  return others.find(({ operation, pathParameters }) => fits(operation, { ...sent, pathParameters }));
}

function methodNotAllowed(method: string, { path }: Target, allow: readonly string[]): Reply {
  const headers = { allow: allow.join(', ') };
  if (method === 'OPTIONS') return { status: 204, headers, reason: 'example' };
  return problem('method-not-allowed', {
    detail: `${method} is not documented for ${path}; use ${headers.allow}`,
    headers,
    extensions: { allow },
  });
}

function notFound({ path }: Target, nearest: string | undefined): Reply {
  return problem('path-not-found', {
    detail: `${path} is not documented${nearest === undefined ? '' : `; the nearest path is ${nearest}`}`,
    extensions: nearest === undefined ? {} : { nearest },
  });
}
