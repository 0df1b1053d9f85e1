import type { Chance } from '../../contract/index.js';
import type { ApiRequest } from '../api-request.js';
import type { HandlerState } from './state.js';

/** A request, decoded by its documentation and found valid. */
export interface RequestOf<Path, Query, Header, Cookie, Body> {
  /** Upper case. */
  readonly method: string;
  /** As the client sent it: path and query. */
  readonly url: string;
  /** Documented parameters have the type that their schema says; of the query, others are text. */
  readonly path: Path;
  readonly query: Query;
  /** Names in lower case. */
  readonly header: Header;
  /** Documented cookies only. */
  readonly cookie: Cookie;
  /** As they came, names in lower case. */
  readonly headers: ApiRequest['headers'];
  /** Without what the document marks `readOnly`; `undefined` where there was none, or where its type is not one that is read. */
  readonly body: Body;
}

type Values = Readonly<Record<string, unknown>>;

export type HandlerRequest = RequestOf<Values, Values, Values, Values, unknown>;

/** What a handler answers with. It is checked against the document before it is sent. */
export interface HandlerReply {
  readonly status: number;
  /**
   * Documented ones that are not here have their documented values. `content-type` chooses among the media types; without it, the
   * client's `Accept` does.
   */
  readonly headers?: Readonly<Record<string, HandlerHeader>>;
  /** A value, which is written as its media type is; a `Buffer` or `Uint8Array` is content that is written already. */
  readonly body?: unknown;
}

export type HandlerHeader = string | number | boolean | readonly string[] | undefined;

/** What a handler can do besides answering. Methods, so that the context of an operation is one of any. */
export interface HandlerContext<Reply = HandlerReply, Example extends string = string> {
  readonly operation: { readonly id: string; readonly method: string; readonly path: string };
  /** What standin would have answered, with all that it does to collections. Asked again, the same. */
  next(): Promise<Reply>;
  /**
   * A documented example: by default the first of the success.
   *
   * @throws Error where there is none, with those that there are
   */
  example(name?: Example, status?: number): Reply;
  /**
   * A reply made up from the schema: by default that of the success.
   *
   * @throws Error where the status is not documented
   */
  generate(status?: number): Reply;
  /** The collections of the session that the request is of. */
  readonly state: HandlerState;
  /** The clock, in milliseconds since 1970. */
  readonly now: () => number;
  /** The source of what is made up; `seed` makes it the same in each run. */
  readonly chance: Chance;
}

/** What `standin types` says of an operation. */
export interface OperationTypes {
  readonly request: HandlerRequest;
  readonly reply: HandlerReply;
  /** The names of its examples. */
  readonly example: string;
}

/** Answers the valid requests of an operation, instead of standin. */
export type Handler<Operation extends OperationTypes = OperationTypes> = (
  request: Operation['request'],
  context: HandlerContext<Operation['reply'], Operation['example']>,
) => Operation['reply'] | Promise<Operation['reply']>;

/** A method, so that handlers of narrower types are handlers as well. */
type AnyHandler = { handle(request: HandlerRequest, context: HandlerContext): ReturnType<Handler> }['handle'];

/** Handlers by `operationId`, or, where an operation has none, by `METHOD /path`; of several APIs also by `NAME.OPERATION`. */
export type Handlers = Readonly<Record<string, AnyHandler | undefined>>;
