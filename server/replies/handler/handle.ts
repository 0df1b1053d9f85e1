import type { Operation } from '../../contract/index.js';
import { messageOf } from '../../message-of.js';
import type { MaybePromise } from '../../state/index.js';
import { andThen } from '../and-then.js';
import type { ApiRequest } from '../api-request.js';
import type { DecisionContext } from '../decide.js';
import type { Scope } from '../evaluate.js';
import { problem } from '../problem.js';
import { type Reply, withEvent } from '../reply.js';
import { checkedReply } from './checked-reply.js';
import type { Handler, HandlerContext, HandlerReply, HandlerRequest } from './handler.js';
import { createOffers } from './offers.js';
import { createHandlerState } from './state.js';

/** Handlers, found for their operations, and who is told of what they throw. */
export interface Handling {
  readonly handlers: ReadonlyMap<Operation, Handler>;
  readonly onError: (error: unknown) => void;
}

interface Asked {
  readonly operation: Operation;
  readonly request: ApiRequest;
  readonly scope: Scope;
}

/** The reply of a handler to a valid request, where it is a documented one; else a problem that says what is wrong with it. */
export function handle(
  context: DecisionContext,
  handler: Handler,
  { operation, request, scope }: Asked,
  decideItself: () => MaybePromise<Reply>,
): MaybePromise<Reply> {
  const { chance, now, handling } = context;
  const offers = createOffers(operation, request, chance);
  let next: Promise<HandlerReply> | undefined;
  let decided: Reply | undefined;
  const { id, method, path } = operation;
  const given: HandlerContext = {
    operation: { id, method, path },
    next: () => {
      next ??= (async () => {
        decided = await decideItself();
        return offers.ofReply(decided);
      })();
      // A handler that does not wait for it would end the process by its failure.
      next.catch(() => {});
      return next;
    },
    example: offers.example,
    generate: offers.generate,
    get state() {
      return createHandlerState(context, request, scope.request);
    },
    now,
    chance,
  };
  const fail = (error: unknown): Reply => {
    handling?.onError(error);
    const detail = `the handler of ${id} failed: ${messageOf(error)}`;
    return problem('handler-failed', { detail });
  };
  const conclude = (made: HandlerReply): MaybePromise<Reply> =>
    offers.replyOf(made) ??
    andThen(checkedReply(operation, request, made), (reply) =>
      reply.reason === 'problem' ? reply : withEvent(reply, operation, decided?.event),
    );
  try {
    const reply = andThen(handler(requestOf(request, scope), given) as MaybePromise<HandlerReply>, conclude);
    return reply instanceof Promise ? reply.catch(fail) : reply;
  } catch (error) {
    return fail(error);
  }
}

function requestOf({ headers }: ApiRequest, { request }: Scope): HandlerRequest {
  const { method, url, path, query, header, cookie = {}, body } = request;
  return { method, url, path, query, header, cookie, headers, body };
}
