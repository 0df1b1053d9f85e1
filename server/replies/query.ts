/** One `name=value` of a query. `malformed` where its percent-encoding can't be decoded; the value is then as it was sent. */
export interface QueryPair {
  readonly name: string;
  readonly value: string;
  /** Not decoded; styles that split must split before they decode. */
  readonly raw: string;
  readonly malformed: boolean;
}

const none: readonly QueryPair[] = [];

/** The pairs of a query in their order; `+` is a space (WHATWG URL §5.1). */
export function queryPairs(query: string): readonly QueryPair[] {
  if (query === '') return none;
  const isPlain = !query.includes('%') && !query.includes('+');
  const pairs: QueryPair[] = [];
  for (let start = 0; start <= query.length; ) {
    const next = query.indexOf('&', start);
    const end = next === -1 ? query.length : next;
    if (end > start) pairs.push(pairOf(query.slice(start, end), isPlain));
    start = end + 1;
  }
  return pairs;
}

function pairOf(text: string, isPlain: boolean): QueryPair {
  const at = text.indexOf('=');
  const name = at === -1 ? text : text.slice(0, at);
  const raw = at === -1 ? '' : text.slice(at + 1);
  if (isPlain) return { name, value: raw, raw, malformed: false };
  const decodedName = decodeQuery(name);
  const value = decodeQuery(raw);
  return {
    name: decodedName ?? name,
    value: value ?? raw,
    raw,
    malformed: decodedName === undefined || value === undefined,
  };
}

/** `undefined` where the percent-encoding is broken. */
export function decodeQuery(text: string): string | undefined {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text;
  if (!spaced.includes('%')) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    return undefined;
  }
}
