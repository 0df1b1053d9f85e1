const segment = /\.([A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)|\['([^'\\]*)'\]|\["([^"\\]*)"\]|\[(0|[1-9]\d*)\]/y;

/** The keys of a singular query (RFC 9535 §2.3.5.1) that names members and counts from the start; `undefined` for others. */
export function singularKeys(query: string): string[] | undefined {
  if (!query.startsWith('$')) return undefined;
  const keys: string[] = [];
  segment.lastIndex = 1;
  for (let at = 1; at < query.length; at = segment.lastIndex) {
    const match = segment.exec(query);
    if (!match) return undefined;
    const [, shorthand, single, double, index] = match;
    // An index is of lists only, a name of objects only: which one it was is lost, and `$['0']` is left to the library.
    const name = shorthand ?? single ?? double;
    if (name !== undefined && /^\d+$/.test(name)) return undefined;
    keys.push((name ?? index) as string);
  }
  return keys;
}
