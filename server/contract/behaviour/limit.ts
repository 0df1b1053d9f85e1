import type { JsonObject } from '../../documents/index.js';

/** How many requests a credential may make (`x-standin-limit`), in fixed windows. */
export interface Limit {
  /** Where it is declared: operations that share the declaration share the count. */
  readonly pointer: string;
  readonly requests: number;
  readonly seconds: number;
}

export function parseLimit(value: JsonObject, pointer: string): Limit {
  return { pointer, requests: value.requests as number, seconds: value.seconds as number };
}
