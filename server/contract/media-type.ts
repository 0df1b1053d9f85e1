import { parse } from 'content-type';

/** `Application/JSON; charset=utf-8` → `application/json`; `undefined` where it is no media type. */
export function essenceOf(text: string): string | undefined {
  try {
    const { type } = parse(text);
    return /^[^\s/]+\/[^\s/]+$/.test(type) ? type.toLowerCase() : undefined;
  } catch {
    return undefined;
  }
}

/** `application/json`, and any type with the `+json` suffix (RFC 6839 §3.1). */
export function isJson(mediaType: string): boolean {
  return /^(?:application|text)\/json$|\+json$/.test(mediaType);
}

/** Whether a media type falls in a range: `application/json` in `application/*` (OpenAPI 3.1.1 §4.8.14.1, RFC 9110 §12.5.1). */
export function isInRange(mediaType: string, range: string): boolean {
  if (range === '*/*' || range === mediaType) return true;
  return range.endsWith('/*') && mediaType.startsWith(range.slice(0, -1));
}

/** How exact a range is: `application/json` before `application/*` before `*\/*`. */
export function exactness(range: string): number {
  return range === '*/*' ? 0 : range.endsWith('/*') ? 1 : 2;
}
