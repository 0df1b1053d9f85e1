/** One segment of a path template: text, a parameter, or both (`{id}.json`, `{a}-{b}`, `{name}:cancel`). */
type Segment =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'parameter'; readonly name: string }
  | MixedSegment;

export interface MixedSegment {
  readonly kind: 'mixed';
  /** One more than `names`: what stands before, between and behind the parameters. */
  readonly texts: readonly string[];
  readonly names: readonly string[];
  readonly textLength: number;
}

export function parseSegment(template: string): Segment {
  const start = template.indexOf('{');
  if (start < 0) return { kind: 'text', text: decode(template) };
  if (
    start === 0 &&
    template.length > 2 &&
    template.indexOf('}') === template.length - 1 &&
    template.lastIndexOf('{') === 0
  )
    return { kind: 'parameter', name: template.slice(1, -1) };
  const parts = template.split(/\{([^{}]+)\}/);
  if (parts.length === 1) return { kind: 'text', text: decode(template) };
  const names = parts.filter((_, index) => index % 2 === 1);
  const texts = parts.filter((_, index) => index % 2 === 0).map(decode);
  return { kind: 'mixed', texts, names, textLength: texts.join('').length };
}

/**
 * The parameters in a segment, still percent-encoded. Each has at least one character; where a text between them comes more
 * than once, the last one counts (`1.5.json` is `1.5` and `json`). Takes one pass, however many parameters there are.
 */
export function matchMixed({ texts }: Pick<MixedSegment, 'texts'>, segment: string): string[] | undefined {
  const found = matchTexts(texts, segment);
  return found || !segment.includes('%') ? found : matchTexts(texts, revealTexts(segment, texts.join('')));
}

function matchTexts(texts: readonly string[], segment: string): string[] | undefined {
  const first = texts[0] as string;
  const last = texts.at(-1) as string;
  if (!segment.startsWith(first) || !segment.endsWith(last)) return undefined;
  const values: string[] = [];
  let end = segment.length - last.length;
  for (const text of texts.slice(1, -1).reverse()) {
    const at = segment.lastIndexOf(text, end - text.length - 1);
    if (at <= first.length - 1 || end - text.length - 1 < 0) return undefined;
    values.unshift(segment.slice(at + text.length, end));
    end = at;
  }
  return end <= first.length ? undefined : [segment.slice(first.length, end), ...values];
}

/** The template's own characters may come percent-encoded (`%3Acancel`); `%25` stays, for what follows it is not decoded yet. */
function revealTexts(segment: string, text: string): string {
  return segment.replace(/(?:%[\da-f]{2})+/gi, (encoded) => {
    const plain = decode(encoded);
    if (plain === encoded) return encoded;
    return Array.from(plain, (character) =>
      character !== '%' && text.includes(character) ? character : encodeURIComponent(character),
    ).join('');
  });
}

/** Percent-decoded; as it is where that can't be done, so that what can't be decoded is found and named later. */
export function decode(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
