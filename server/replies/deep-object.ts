import { keysOf, readBrackets, type Shape } from '../contract/index.js';
import type { QueryPair } from './query.js';

/**
 * `filter[a]=1&filter[b][c]=2`: OpenAPI defines `deepObject` for members that are scalars (3.1.1 §4.8.12.6); beyond that,
 * brackets nest. `undefined` where no pair is part of the parameter.
 */
export function readDeepObject(name: string, pairs: readonly QueryPair[], shape: Shape): unknown {
  const leaves = pairs.flatMap((pair) => {
    const keys = keysOf(name, pair.name);
    return keys ? [{ keys, text: pair.value }] : [];
  });
  return leaves.length === 0 ? undefined : readBrackets(leaves, shape);
}

/** Whether a pair is part of the parameter. */
export const isDeepMember = (name: string, pairName: string) => keysOf(name, pairName) !== undefined;
