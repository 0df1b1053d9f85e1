import { format, parse } from 'content-type';
import { familyOf } from './media/family.js';

/** A media type, taken apart. */
export interface ContentType {
  /** Lower case, without parameters. */
  readonly essence: string;
  /** Names in lower case. */
  readonly parameters: Readonly<Record<string, string>>;
  /** As it was written. */
  readonly text?: string;
}

/** As a header has it: as it was written, if it was. Multipart content needs a boundary, which documents do not name. */
export function formatContentType({ essence, parameters, text }: ContentType, boundary: string): string {
  const isMultipart = essence.startsWith('multipart/');
  if (text !== undefined && !isMultipart) return text;
  const all = isMultipart ? { ...parameters, boundary } : parameters;
  try {
    return format({ type: essence, parameters: { ...all } });
  } catch {
    return essence;
  }
}

/** `undefined` where it is no media type. */
export function parseContentType(text: string): ContentType | undefined {
  try {
    const { type, parameters } = parse(text);
    return /^[^\s/]+\/[^\s/]+$/.test(type) ? { essence: type.toLowerCase(), parameters, text: text.trim() } : undefined;
  } catch {
    return undefined;
  }
}

/** `Application/JSON; charset=utf-8` → `application/json`; `undefined` where it is no media type. */
export function essenceOf(text: string): string | undefined {
  return parseContentType(text)?.essence;
}

/** `application/json`, and any type with the `+json` suffix (RFC 6839 §3.1). */
export function isJson(mediaType: string): boolean {
  return familyOf(mediaType) === 'json';
}

/** Whether it stands for several: `*\/*`, `application/*` and, as ASP.NET has it, `application/*+json`. */
export const isRange = (mediaType: string): boolean => /\/\*(?:\+[^*]+)?$/.test(mediaType);

/** Whether a media type falls in a range: `application/json` in `application/*` (OpenAPI 3.1.1 §4.8.14.1, RFC 9110 §12.5.1). */
export function isInRange(mediaType: string, range: string): boolean {
  if (range === '*/*' || range === mediaType) return true;
  const [start, suffix] = isRange(range) ? range.split('*') : [];
  if (start === undefined || suffix === undefined) return false;
  return mediaType.startsWith(start) && mediaType.endsWith(suffix) && mediaType.length > range.length - 1;
}

/** How exact a range is: `application/json` before `application/*+json` before `application/*` before `*\/*`. */
export function exactness(range: string): number {
  return range === '*/*' ? 0 : range.endsWith('/*') ? 1 : isRange(range) ? 2 : 3;
}

/**
 * How well a media type that was sent fits a documented one: the more exact, and the more parameters in common, the higher.
 * `undefined` where it does not: another type, or a parameter of another value. How text is encoded makes no other type.
 */
export function fitness(sent: ContentType, documented: ContentType): number | undefined {
  if (!isInRange(sent.essence, documented.essence)) return undefined;
  let score = exactness(documented.essence) * 100;
  for (const [name, value] of Object.entries(documented.parameters)) {
    if (name === 'charset' || name === 'boundary') continue;
    const found = sent.parameters[name];
    if (found !== undefined && found.toLowerCase() !== value.toLowerCase()) return undefined;
    score += found === undefined ? -1 : 1;
  }
  return score;
}
