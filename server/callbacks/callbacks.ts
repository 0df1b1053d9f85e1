import type { Callback, Operation } from '../contract/index.js';
import type { ApiRequest, Reply } from '../replies/index.js';
import { whyNotAllowed } from './allowed.js';
import { callbackHeader } from './compose-request.js';
import { type Delivery, deliver } from './deliver.js';
import { messageOf, resolveUrl } from './resolve-url.js';

export interface CallbackOptions {
  /** Hosts, with or without a port, that callbacks may go to besides loopback addresses. */
  readonly allowedHosts?: readonly string[];
  /** Told how each delivery went, or why it was not made. */
  readonly onDelivery?: (delivery: Delivery) => void;
  /** A receiver that has not answered by then is given up; milliseconds. */
  readonly timeoutMs?: number;
}

/** Makes the requests that an operation's callbacks document. Called once the reply is on its way; throws nothing, waits for nothing. */
export type Callbacks = (operation: Operation, request: ApiRequest, reply: Reply, session?: string) => void;

const defaultTimeoutMs = 5_000;
/** Deliveries that may be under way at a time; what comes on top of them is not made. */
const openMax = 64;

export function createCallbacks({
  allowedHosts = [],
  onDelivery = () => {},
  timeoutMs = defaultTimeoutMs,
}: CallbackOptions): Callbacks {
  let open = 0;
  const fire = async (operation: Operation, callback: Callback, target: string, session: string): Promise<void> => {
    const about = { operation: operation.id, callback: callback.name, method: callback.method, url: target };
    const refusal = whyNotAllowed(target, allowedHosts);
    if (refusal !== undefined) return onDelivery({ ...about, error: refusal });
    if (open >= openMax) return onDelivery({ ...about, error: `${openMax} deliveries are under way already` });
    open++;
    try {
      onDelivery({ ...about, ...(await deliver(callback, target, timeoutMs, session)) });
    } finally {
      open--;
    }
  };
  return (operation, request, reply, session = '') => {
    if (operation.callbacks.length === 0 || reply.status >= 400 || reply.reason === 'problem') return;
    if (request.headers[callbackHeader] !== undefined) return;
    const message = messageOf(request, reply);
    for (const callback of operation.callbacks) {
      const target = resolveUrl(callback.url, message);
      if (target !== undefined) fire(operation, callback, target, session).catch(() => {});
    }
  };
}
