import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Chance, Contract, Operation } from '../contract/index.js';
import { type ApiRequest, andThen, decide, fits, problem, type Reply, type RequestContent } from '../replies/index.js';
import { type Candidate, createRouter, type Route } from '../routing/index.js';
import type { MaybePromise, Store } from '../state/index.js';
import { isPreflight, preflight } from './cors.js';
import { ConnectionLost, receive } from './receive.js';
import { send } from './send.js';
import { parseTarget, type Target } from './target.js';

/** Answers the requests of the contracts' paths. Others go to `next`, or get a 404 where there is no next. */
export type Middleware = (request: IncomingMessage, response: ServerResponse, next?: (error?: unknown) => void) => void;

export interface MiddlewareOptions {
  readonly contracts: readonly Contract[];
  readonly store: Store;
  readonly chance: Chance;
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
  /** Told of each reply of an operation that callbacks or webhooks may follow, once the reply has been sent. */
  readonly onReplied?: (operation: Operation, request: ApiRequest, reply: Reply) => MaybePromise<void>;
}

type Owned = Exclude<Route, { kind: 'not-found' }>;

/** Runs in Express, in Connect and on a bare server: it uses nothing but what `node:http` gives. */
export function createMiddleware(options: MiddlewareOptions): Middleware {
  const { contracts, store, chance, now, bodyLimitBytes, streamIntervalMs = 0, onError, onReplied } = options;
  const router = createRouter(contracts);
  let isReady = false;
  const ready = options.ready.then(() => {
    isReady = true;
  });

  const answer = (
    request: IncomingMessage,
    response: ServerResponse,
    target: Target,
    route: Owned,
  ): MaybePromise<Reply> => {
    const method = request.method ?? 'GET';
    const allow = route.kind === 'operation' ? [route.operation.method] : route.allow;
    if (isPreflight(method, request.headers)) return preflight(request.headers, allow);
    if (route.kind === 'method-not-allowed') return methodNotAllowed(method, target, allow);
    const { contract } = route;
    const decideOn = (body: RequestContent): MaybePromise<Reply> => {
      const { originalUrl } = request as { originalUrl?: string };
      const { headers } = request;
      const sent: ApiRequest = {
        method,
        url: originalUrl ?? request.url ?? '/',
        pathParameters: route.pathParameters,
        query: target.query,
        headers,
        body,
      };
      // Equal templates are not told apart by the path: the first whose operation the request is valid for is meant.
      const other = route.equals && firstThatFits(route, route.equals, sent);
      const operation = other?.operation ?? route.operation;
      const asked = other ? { ...sent, pathParameters: other.pathParameters } : sent;
      const decision = decide({ contract, store, chance, now }, operation, asked);
      if (onReplied && operation.callbacks.length + operation.fires.length > 0)
        response.once('finish', () => followUp(decision, operation, asked));
      return decision;
    };
    return andThen(receive(request, bodyLimitBytes), decideOn);
  };

  const followUp = async (decision: MaybePromise<Reply>, operation: Operation, asked: ApiRequest): Promise<void> => {
    let reply: Reply;
    try {
      reply = await decision;
    } catch {
      // Whoever sends the reply tells why there is none.
      return;
    }
    try {
      await onReplied?.(operation, asked, reply);
    } catch (error) {
      onError(error);
    }
  };

  const respond = (request: IncomingMessage, response: ServerResponse, decision: () => MaybePromise<Reply>): void => {
    const fail = (error: unknown) => {
      if (error instanceof ConnectionLost) return response.destroy();
      onError(error);
      send(
        request,
        response,
        problem('internal-error', { detail: error instanceof Error ? error.message : String(error) }),
      );
    };
    try {
      const reply = isReady ? decision() : ready.then(decision);
      if (reply instanceof Promise) reply.then((made) => send(request, response, made, streamIntervalMs)).catch(fail);
      else send(request, response, reply, streamIntervalMs);
    } catch (error) {
      fail(error);
    }
  };

  return (request, response, next) => {
    const target = parseTarget(request.url ?? '/');
    const { method = 'GET', headers } = request;
    const route = router.route(method, target.host ?? headers.host, target.path, { query: target.query, headers });
    if (route.kind !== 'not-found') return respond(request, response, () => answer(request, response, target, route));
    if (next) return next();
    respond(request, response, () =>
      isPreflight(method, headers)
        ? preflight(headers, [])
        : method === 'OPTIONS' && target.path === '*'
          ? { status: 204, headers: {}, reason: 'example' }
          : notFound(target, router.nearest(target.path)),
    );
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
