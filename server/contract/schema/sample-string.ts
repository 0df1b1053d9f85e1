import type { JsonObject } from '../../documents/index.js';
import type { Chance } from '../chance.js';
import { stringsOfFormat } from './sample-format.js';
import { stringByName } from './sample-name.js';
import { matchesAll, matching, patternsOf } from './sample-pattern.js';

export interface StringMaking {
  readonly kind: 'documented' | 'fresh';
  readonly chance: Chance;
  /** Of the property that it is for. */
  readonly name?: string;
  /** How often a string for this place was wrong. */
  readonly level?: number;
}

/** A string that a schema accepts: of its format, its pattern and its lengths; what its property's name suggests, where that fits. */
export function sampleString(schema: JsonObject, { kind, chance, name = '', level = 0 }: StringMaking): string {
  const { min, max, patterns, fits } = limitsOf(schema);
  const isFree = patterns.wanted.length === 0 && patterns.avoided.length === 0;
  const format = typeof schema.format === 'string' ? schema.format : formatOfEncoding(schema);
  const ofFormat = format === undefined ? undefined : stringsOfFormat(format, chance, name);
  const formatted =
    ofFormat?.find(fits) ?? (isFree && level === 0 ? lengthened(ofFormat, format, min, max) : undefined);
  if (formatted !== undefined) return formatted;
  if (level === 0 && !ofFormat) {
    const named = stringByName(name, chance, kind);
    if (named !== undefined && fits(named)) return named;
  }
  if (!isFree) {
    const plain = ['string', 'a'].find(fits);
    return (patterns.wanted.length === 0 ? plain : undefined) ?? matching(patterns, format, chance, { min, max }, fits);
  }
  const text = kind === 'fresh' || level > 0 ? `string ${chance.integer(1, 999_999)}` : 'string';
  return [...text].slice(0, max).join('').padEnd(min, '·');
}

function formatOfEncoding({ contentEncoding }: JsonObject): string | undefined {
  return contentEncoding === 'base64' ? 'byte' : contentEncoding === 'base64url' ? 'base64url' : undefined;
}

function limitsOf(schema: JsonObject) {
  const min = typeof schema.minLength === 'number' ? Math.min(schema.minLength, sampledLengthMax) : 0;
  const max = typeof schema.maxLength === 'number' ? schema.maxLength : Number.POSITIVE_INFINITY;
  const patterns = patternsOf(schema);
  const matches = matchesAll(patterns);
  const fits = (text: string) => {
    const length = lengthOf(text);
    return length >= min && length <= max && matches(text);
  };
  return { min, max, patterns, fits };
}

export const isOfPatternAndLength = (schema: JsonObject, text: string): boolean => limitsOf(schema).fits(text);

/** A schema that wants a longer string gets none that it accepts. */
const sampledLengthMax = 1_000_000;

/** Characters, not the units of UTF-16 (JSON Schema 2020-12 Validation §6.3). */
function lengthOf(text: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters of one unit that are the most common
  return /^[\u0000-\u007f]*$/.test(text) ? text.length : [...text].length;
}

/** Where a text of a format has to be longer than they are: a place in the form where it may be stretched. */
const stretches: Readonly<Record<string, (text: string, by: number) => string>> = {
  email: (text, by) => text.replace('@', `${'a'.repeat(Math.min(by, 50))}@`),
  uri: (text, by) => text + 'a'.repeat(by),
  url: (text, by) => text + 'a'.repeat(by),
  'uri-reference': (text, by) => text + 'a'.repeat(by),
  iri: (text, by) => text + 'a'.repeat(by),
  byte: (text, by) => 'AAAA'.repeat(Math.ceil(by / 4)) + text,
  binary: (text, by) => text + 'a'.repeat(by),
  password: (text, by) => text + 'a'.repeat(by),
  'json-pointer': (text, by) => text + 'a'.repeat(by),
};

function lengthened(
  texts: readonly string[] | undefined,
  format: string | undefined,
  min: number,
  max: number,
): string | undefined {
  const [text] = texts ?? [];
  if (text === undefined || format === undefined) return undefined;
  const stretch = stretches[format];
  const stretched = stretch && text.length < min ? stretch(text, min - text.length) : text;
  return stretched.length <= max || format === 'byte' ? stretched : undefined;
}
