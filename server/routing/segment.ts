/** One segment of a path template: text, a parameter, or both (`{id}.json`, `{a}-{b}`). */
export type Segment =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'parameter'; readonly name: string }
  | {
      readonly kind: 'mixed';
      readonly pattern: RegExp;
      readonly names: readonly string[];
      readonly textLength: number;
    };

export function parseSegment(template: string): Segment {
  const parts = template.split(/\{([^{}]+)\}/);
  if (parts.length === 1) return { kind: 'text', text: decode(template) };
  const names = parts.filter((_, index) => index % 2 === 1);
  const texts = parts.filter((_, index) => index % 2 === 0);
  const [name] = names;
  if (names.length === 1 && name !== undefined && texts.every((text) => text === ''))
    return { kind: 'parameter', name };
  const source = parts
    .map((part, index) => (index % 2 === 1 ? '(.+?)' : decode(part).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
    .join('');
  return { kind: 'mixed', pattern: new RegExp(`^${source}$`, 's'), names, textLength: texts.join('').length };
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
