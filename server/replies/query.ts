/** One `name=value` of a query. `malformed` where its percent-encoding can't be decoded; the value is then as it was sent. */
export interface QueryPair {
  readonly name: string;
  readonly value: string;
  /** Not decoded; styles that split must split before they decode. */
  readonly raw: string;
  readonly malformed: boolean;
}

/** The pairs of a query in their order; `+` is a space (WHATWG URL §5.1). */
export function queryPairs(query: string): QueryPair[] {
  if (query === '') return [];
  return query.split('&').flatMap((part) => {
    if (part === '') return [];
    const end = part.indexOf('=');
    const [name, raw] = end === -1 ? [part, ''] : [part.slice(0, end), part.slice(end + 1)];
    const decodedName = decodeQuery(name);
    const value = decodeQuery(raw);
    return [
      {
        name: decodedName ?? name,
        value: value ?? raw,
        raw,
        malformed: decodedName === undefined || value === undefined,
      },
    ];
  });
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
