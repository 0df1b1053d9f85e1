/** A request for an operation: what came over the wire, not yet decoded. */
export interface ApiRequest {
  /** Upper case. */
  readonly method: string;
  /** As the client sent it: path and query. */
  readonly url: string;
  /** Percent-encoded, by the names of the path template. */
  readonly pathParameters: Readonly<Record<string, string>>;
  /** What follows the `?`; empty for none. */
  readonly query: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: RequestContent;
}

export type RequestContent =
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  /** Somebody has read and parsed it before us. */
  | { readonly kind: 'parsed'; readonly value: unknown }
  | { readonly kind: 'too-large'; readonly limitBytes: number }
  /** Its content coding is one that is not known, or it is not what its coding says. */
  | { readonly kind: 'coded'; readonly coding: string; readonly isSupported: boolean; readonly detail: string };

/** A request with its parts as values, decoded by their schemas. */
export interface DecodedRequest {
  readonly method: string;
  readonly url: string;
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  /** Names in lower case. */
  readonly header: Readonly<Record<string, unknown>>;
  /** Documented ones; absent for none. */
  readonly cookie?: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  /** What the body was read from, where that is JSON in UTF-8, and the body is all that it says. */
  readonly json?: Buffer | undefined;
}

/** What was answered, its body as a value. */
export interface DecodedReply {
  readonly status: number;
  /** Names in lower case. */
  readonly header: Readonly<Record<string, string | readonly string[]>>;
  readonly body: unknown;
}

/** The header as one text, lists joined. */
export function headerOf(request: Pick<ApiRequest, 'headers'>, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : Array.isArray(value) ? value.join(', ') : undefined;
}
