import { isObject } from '../../documents/index.js';
import { textOf } from '../coerce.js';
import { delimiterOf, writeDelimited } from '../delimited.js';
import type { Encoding } from './encoding.js';

/** How the texts of a form, and what stands between them, are escaped. */
export interface Escapes {
  readonly text: (text: string) => string;
  readonly delimiter: (delimiter: string) => string;
}

/** A property of a form as names, and texts that are escaped already: one, or several of them (RFC 6570, as OpenAPI 3.1.1 §4.8.12.6 has it). */
export function writeMember(
  name: string,
  value: unknown,
  { style, explode, itemDelimiters }: Encoding,
  escapes: Escapes,
): (readonly [name: string, text: string])[] {
  if (value === undefined) return [];
  const write = (one: unknown) => escapes.text(textOf(one));
  const writeItem = (one: unknown) => writeDelimited(one, itemDelimiters, write, escapes.delimiter);
  if (style === 'deepObject') return writeBranches(name, value, write);
  if (Array.isArray(value)) {
    const isNested = itemDelimiters.length === 0 && value.some((item) => typeof item === 'object' && item !== null);
    if (isNested && explode) return [[name, write(value)]];
    if (explode) return value.map((item) => [name, writeItem(item)] as const);
    return [[name, value.map(writeItem).join(escapes.delimiter(delimiterOf(style ?? 'form')))]];
  }
  if (style === undefined || !isObject(value)) return [[name, write(value)]];
  const members = Object.entries(value);
  if (explode) return members.flatMap(([key, member]) => [member].flat().map((one) => [key, write(one)] as const));
  return [
    [name, members.flatMap(([key, member]) => [write(key), write(member)]).join(escapes.delimiter(delimiterOf(style)))],
  ];
}

function writeBranches(
  name: string,
  value: unknown,
  write: (one: unknown) => string,
): (readonly [name: string, text: string])[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => writeBranches(`${name}[${index}]`, item, write));
  if (isObject(value))
    return Object.entries(value).flatMap(([key, item]) => writeBranches(`${name}[${key}]`, item, write));
  return [[name, write(value)]];
}
