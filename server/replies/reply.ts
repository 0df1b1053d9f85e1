import type { EventName, Example, Operation, Response, ResponseMediaType, Violation } from '../contract/index.js';
import type { ProblemName } from './problem.js';

/** What goes back, and why. Header names are in lower case. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: Buffer;
  /** Of a body that is a sequence: takes it apart into the items that are to be sent one by one. */
  readonly itemize?: (body: Buffer) => readonly Buffer[];
  readonly reason: ReplyReason;
  /** What led to it; known where webhooks may follow. */
  readonly event?: EventName;
  /** What of the document it is: its response, how that is written, and the example it was made from. */
  readonly response?: Response;
  readonly mediaType?: ResponseMediaType | undefined;
  readonly example?: Example | undefined;
  /** What was wrong, whether a problem says so or a documented reply; and where in the request. */
  readonly problem?: ProblemName;
  readonly violations?: readonly Violation[];
  /** How long to wait before it is sent. */
  readonly delayMs?: number;
}

/** How a reply was chosen: DESIGN's order, first match wins. */
export type ReplyReason = 'forced' | 'preference' | 'condition' | 'state' | 'example' | 'generated' | 'problem';

export function withHeaders(reply: Reply, headers: Reply['headers']): Reply {
  return { ...reply, headers: { ...reply.headers, ...headers } };
}

/** The reply with what led to it, where anybody will ask. */
export function withEvent(reply: Reply, { fires }: Operation, event: EventName | undefined): Reply {
  return fires.length === 0 || event === undefined ? reply : { ...reply, event };
}
