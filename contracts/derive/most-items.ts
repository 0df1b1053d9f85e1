import { bare, type Operation } from '../../server/contract/index.js';

/** Names of query parameters that say how many items a page may have. */
const limitNames = /^(?:limit|perpage|pagesize|maxresults)$/i;

/** The query that asks a list for as many items as its document allows. */
export function mostItems({ parameters }: Operation): Readonly<Record<string, number>> {
  const found = parameters.flatMap(({ name, in: place, validator }) => {
    if (place !== 'query' || !limitNames.test(bare(name))) return [];
    const most = [1000, 500, 200, 100, 50, 30, 20].find((size) => validator.check(size));
    return most === undefined ? [] : [[name, most] as const];
  });
  return Object.fromEntries(found);
}
