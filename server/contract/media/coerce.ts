/** A text as the first of the JSON types that it can be read as; else as it is, for a validator to refuse. */
export function coerceText(text: string, types: readonly string[]): unknown {
  for (const type of types) {
    if ((type === 'integer' || type === 'number') && /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text))
      return Number(text);
    if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
    if (type === 'null' && (text === '' || text === 'null')) return null;
    if (type === 'string') return text;
  }
  return text;
}

/** The same, and where only lists or objects will do, those that the text is the JSON of. */
export function coerceDeep(text: string, types: readonly string[]): unknown {
  const isOfParts = types.includes('object') || types.includes('array');
  if (isOfParts && !types.includes('string')) {
    try {
      return JSON.parse(text);
    } catch {}
  }
  return coerceText(text, types);
}

/** A scalar as text; what has parts is JSON. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
