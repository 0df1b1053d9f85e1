import type { Example, Response, ResponseMediaType, Violation } from '../contract/index.js';
import type { ProblemName } from './problem.js';

/** What goes back, and why. Header names are in lower case. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: Buffer;
  readonly reason: ReplyReason;
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
