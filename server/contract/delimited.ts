import { coercePart } from './coerce.js';
import { isList, type Shape } from './shape.js';

/** How what can't stand in a place as it is gets there: percent-encoded; so, and `+` for a space; not at all. */
export type Escaping = 'percent' | 'form' | 'none';

const delimiters: Readonly<Record<string, string>> = {
  spaceDelimited: ' ',
  pipeDelimited: '|',
  tabDelimited: '\t',
};

/** What a style puts between the members of a list in one text. */
export const delimiterOf = (style: string): string => delimiters[style] ?? ',';

/** Text is split before what is between the delimiters is decoded; those that can't stand in a URL come percent-encoded. */
export function splitAt(raw: string, delimiter: string, escaping: Escaping): string[] {
  if (raw === '') return [];
  if (escaping === 'none') return raw.split(delimiter);
  switch (delimiter) {
    case ' ':
      return raw.split(escaping === 'form' ? / |%20|\+/ : / |%20/);
    case '|':
      return raw.split(/\||%7C/i);
    case '\t':
      return raw.split(/\t|%09/);
    default:
      return raw.split(delimiter);
  }
}

/** How the lists in a list are written. */
export interface Nesting {
  /** Between the items of each list in a list, outermost first (`collectionFormat` of the Items Object of OpenAPI 2.0). */
  readonly delimiters: readonly string[];
  readonly escaping: Escaping;
}

/** A member of a list: where it is a list itself, and is said to have a delimiter of its own, the list of its parts. */
export function readDelimited(
  raw: string,
  shape: Shape,
  decode: (text: string) => string,
  { delimiters: [delimiter, ...inner], escaping }: Nesting,
): unknown {
  if (delimiter === undefined || !isList(shape)) return coercePart(decode(raw), shape);
  return splitAt(raw, delimiter, escaping).map((part, index) =>
    readDelimited(part, shape.itemAt(index), decode, { delimiters: inner, escaping }),
  );
}

/** The text of a list's members, and of lists in it: what `readDelimited` reads. */
export function writeDelimited(
  value: unknown,
  [delimiter, ...inner]: readonly string[],
  write: (scalar: unknown) => string,
  escaped: (delimiter: string) => string,
): string {
  if (delimiter === undefined || !Array.isArray(value)) return write(value);
  return value.map((member) => writeDelimited(member, inner, write, escaped)).join(escaped(delimiter));
}

/** A delimiter as it stands in a URL or a form: comma as it is, others percent-encoded. */
export const escapeDelimiter = (delimiter: string): string =>
  delimiter === ',' ? delimiter : encodeURIComponent(delimiter);
