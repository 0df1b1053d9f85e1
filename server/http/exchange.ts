import type { IncomingHttpHeaders } from 'node:http';
import type { Contract, Operation } from '../contract/index.js';
import type { Reply, RequestContent } from '../replies/index.js';
import type { Store } from '../state/index.js';

/** A request that was answered, and what with. */
export interface Exchange {
  /** The id of its session, and what that keeps; empty for the shared one. */
  readonly session: string;
  readonly store: Store;
  /** In milliseconds since 1970. */
  readonly startMs: number;
  /** Until the reply was on its way. */
  readonly durationMs: number;
  /** Absent where no path or method of a document fits. */
  readonly contract?: Contract | undefined;
  readonly operation?: Operation | undefined;
  readonly method: string;
  /** As the client sent it: path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** Absent where nobody read it. */
  readonly body?: RequestContent | undefined;
  readonly reply: Reply;
}
