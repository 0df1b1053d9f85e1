/** Numbers that are one, in single precision too, which many services keep them in. */
export function isSameNumber(sent: number, found: number): boolean {
  return sent === found || Math.fround(sent) === Math.fround(found);
}

/** Formats whose values are the same in capitals and in small letters. */
const caseless = /^(?:(?:idn-)?email|(?:idn-)?hostname|uuid|ipv6|iri|uri|url|color)$/;
/** Formats with no other form for a value. Of those that nobody knows, anything may be one. */
const literal = /^(?:date|time|string|text|name|u?int\d*|float|double|decimal|regex|json-pointer)$/;

/** Texts that are one: in another normal form, without blanks around them, or as their format lets them be written otherwise. */
export function isSameText(sent: string, found: string, formats: readonly string[]): boolean {
  const [one, other] = [plain(sent), plain(found)];
  if (one === other) return true;
  const moment = instantOf(one);
  if (moment !== undefined) {
    const shown = instantOf(other);
    return shown !== undefined && Math.abs(shown - moment) < 1000;
  }
  const isCaseless = formats.some((format) => caseless.test(format)) || /^[^\s@]+@[^\s@]+$|^https?:\/\//i.test(one);
  if (isCaseless && uriOf(one).toLowerCase() === uriOf(other).toLowerCase()) return true;
  return formats.some((format) => !literal.test(format) && !caseless.test(format) && format !== 'date-time');
}

const plain = (text: string) => text.normalize('NFC').replace(/\r\n/g, '\n').trim();

/** Unix time in milliseconds; `undefined` for what is no `date-time` (RFC 3339 §5.6). */
function instantOf(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d[t ]\d\d:\d\d/i.test(text)) return undefined;
  const milliseconds = Date.parse(text.replace(' ', 'T'));
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
}

/** RFC 3986 §6.2.2 and §6.2.3 */
const uriOf = (text: string) =>
  /^[a-z][a-z\d+.-]*:\/\//i.test(text) && URL.canParse(text) ? new URL(text).href : text;
