import type { ServerResponse } from 'node:http';
import type { Reply } from '../replies/index.js';
import type { Store } from '../state/index.js';

/** A request of the control API, read and found valid by its document. */
export interface ControlRequest<Body = unknown> {
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  /** Names in lower case. */
  readonly header: Readonly<Record<string, unknown>>;
  readonly body: Body;
  /** The id of the session concerned, and what that keeps. */
  readonly session: string;
  readonly store: Store;
  /** Aborted when the client goes away. */
  readonly signal: AbortSignal;
}

/** What an operation answers; its body must be as the document says. */
export type ControlReply =
  | {
      readonly status: number;
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | { readonly problem: Reply }
  /** An answer that goes on: whoever writes it ends it. */
  | { readonly stream: (response: ServerResponse) => void };

export type Handler<Body = unknown> = (request: ControlRequest<Body>) => ControlReply | Promise<ControlReply>;

/** By the ids of the operations. */
export type Handlers = Readonly<Record<string, Handler<never>>>;

export const done: ControlReply = { status: 204 };
