import type { OutgoingRequest } from '../contract/index.js';
import { whyNotAllowed } from './allowed.js';
import { type BodyChoice, type ComposedRequest, composeRequest, type DeliveryKind } from './compose-request.js';
import { deliver } from './deliver.js';
import { type Delivery, isDocumented } from './delivery.js';
import { createQueue } from './queue.js';

export interface DispatchOptions {
  /** Hosts, with or without a port, that may be sent to besides this machine. */
  readonly allowedHosts?: readonly string[];
  /** Told how each delivery went, or why it was not made. */
  readonly onDelivery?: (delivery: Delivery) => void;
  /** A receiver that has not answered by then is given up; milliseconds, 5,000 by default. */
  readonly timeoutMs?: number;
}

export interface Consignment {
  readonly kind: DeliveryKind;
  readonly request: OutgoingRequest;
  readonly target: string;
  readonly body?: BodyChoice;
  /** Id of the operation whose reply it follows. */
  readonly operation?: string;
  readonly isAwaited?: boolean;
  /** Id of the session that it belongs to; empty for the shared one. */
  readonly session?: string | undefined;
}

/** Sends one request, if it may go there. Never rejects. */
export type Dispatch = (consignment: Consignment) => Promise<Delivery>;

const defaultTimeoutMs = 5_000;
/** Of one receiver. */
const [openMax, waitingMax] = [16, 1_000];

/** Callbacks and webhooks share what may be under way. */
export function createDispatch({
  allowedHosts = [],
  onDelivery = () => {},
  timeoutMs = defaultTimeoutMs,
}: DispatchOptions): Dispatch {
  const queue = createQueue({ openMax, waitingMax, patienceMs: 2 * timeoutMs });
  return async ({ kind, request, target, body, operation, isAwaited = false, session = '' }) => {
    const about: Delivery = {
      ...(operation !== undefined && { operation }),
      [kind]: request.name,
      method: request.method,
      url: target,
    };
    const tell = (outcome: Partial<Delivery>): Delivery => {
      const delivery = { ...about, ...outcome };
      onDelivery(delivery);
      return delivery;
    };
    const refusal = whyNotAllowed(target, allowedHosts);
    if (refusal !== undefined) return tell({ error: refusal });
    try {
      const outcome = await queue(new URL(target).origin, async () => {
        const composed = inSession(session, composeRequest(kind, request, target, body));
        const note = composed.note === undefined ? {} : { note: composed.note };
        return { ...note, ...(await deliver(composed, { timeoutMs, isAwaited })) };
      });
      const { status } = outcome;
      const isKnown = status !== undefined && request.statuses.length > 0;
      return tell({ ...outcome, ...(isKnown && { documented: isDocumented(request.statuses, status) }) });
    } catch (error) {
      return tell({ error: (error as Error).message });
    }
  };
}

/** A receiver that asks standin in turn knows for whom. */
function inSession(session: string, request: ComposedRequest): ComposedRequest {
  return session === '' ? request : { ...request, headers: { ...request.headers, 'standin-session': session } };
}
