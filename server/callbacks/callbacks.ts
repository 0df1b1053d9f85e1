import type { Callback, Operation } from '../contract/index.js';
import { type ApiRequest, andThen, type Reply, readBody } from '../replies/index.js';
import type { MaybePromise } from '../state/index.js';
import { deliveryHeaders } from './compose-request.js';
import type { Dispatch } from './dispatch.js';
import { namedByClient } from './named-by-client.js';
import { type Message, messageOf, resolveUrls } from './resolve-url.js';

/** Makes the requests that follow a reply, on behalf of its session, once it is on its way. Waits for no answer to them. */
export type FollowUp = (
  operation: Operation,
  request: ApiRequest,
  reply: Reply,
  session?: string,
) => MaybePromise<void>;

/** Makes the requests that an operation's callbacks document. */
export function createCallbacks(dispatch: Dispatch): FollowUp {
  const fire = (operation: Operation, callback: Callback, message: Message, session: string | undefined) => {
    const example = namedByClient(message.request);
    for (const url of resolveUrls(callback.url, message))
      dispatch({
        kind: 'callback',
        request: callback,
        target: absolute(url, callback),
        body: { example },
        operation: operation.id,
        session,
      }).catch(() => {});
  };
  return (operation, request, reply, session) => {
    if (operation.callbacks.length === 0 || reply.status >= 400 || reply.reason === 'problem') return;
    if (isDelivery(request)) return;
    return andThen(readBody(operation.requestBody, request), (body) => {
      const message = messageOf(request, reply, body.kind === 'read' ? body.value : undefined);
      for (const callback of operation.callbacks) fire(operation, callback, message, session);
    });
  };
}

/** Whether a request is a callback or a webhook itself: it leads to no others. */
export function isDelivery({ headers }: ApiRequest): boolean {
  return Object.values(deliveryHeaders).some((name) => headers[name] !== undefined);
}

/** A relative URL is one of the callback's own `servers`; those of the document are the API's. */
function absolute(url: string, { servers: [server] }: Callback): string {
  if (!server || /^[a-z][a-z0-9+.-]*:/i.test(url)) return url;
  return `${server.url.replace(/\/+$/, '')}/${url.replace(/^\/+/, '')}`;
}
