/** Where in a request something is wrong; the names are those of OpenAPI's `in`, and `body`. `status` is of replies only. */
export type ViolationLocation = 'body' | 'path' | 'query' | 'header' | 'cookie' | 'status';

/** One thing that is wrong with a request or a response body. */
export interface Violation {
  readonly location: ViolationLocation;
  /** JSON Pointer to the value at fault; to the absent member itself, where one is missing. A parameter is `/NAME`. */
  readonly pointer: string;
  /** The JSON Schema keyword violated, or `syntax`, `duplicate`, `encoding` where the value could not be read, `reference` where it names no item. */
  readonly keyword: string;
  readonly message: string;
}
