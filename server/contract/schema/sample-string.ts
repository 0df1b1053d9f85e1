import randexp from 'randexp';
import type { JsonObject } from '../../documents/index.js';
import type { Chance } from '../chance.js';
import { tolerantRegExp } from './tolerant-reg-exp.js';

/** A string that a schema accepts: of its format, its pattern and its lengths. */
export function sampleString(
  schema: JsonObject,
  { kind, chance }: { readonly kind: 'documented' | 'fresh'; readonly chance: Chance },
): string {
  const min = typeof schema.minLength === 'number' ? schema.minLength : 0;
  const max = typeof schema.maxLength === 'number' ? schema.maxLength : Number.POSITIVE_INFINITY;
  const pattern = typeof schema.pattern === 'string' ? schema.pattern : undefined;
  const expression = pattern === undefined ? undefined : tolerantRegExp(pattern, 'u');
  const fits = (text: string) => text.length >= min && text.length <= max && (expression?.test(text) ?? true);
  const ofFormat = typeof schema.format === 'string' ? formats[schema.format]?.(chance) : undefined;
  if (ofFormat !== undefined && (pattern === undefined || fits(ofFormat))) return ofFormat;
  if (pattern !== undefined) return matching(pattern, chance, min, max, fits);
  const text = kind === 'fresh' ? `string ${chance.integer(1, 999_999)}` : 'string';
  return text.slice(0, max).padEnd(min, '·');
}

const formats: Record<string, (chance: Chance) => string> = {
  uuid: (chance) => chance.uuid(),
  'date-time': (chance) => new Date(chance.now()).toISOString(),
  date: (chance) => new Date(chance.now()).toISOString().slice(0, 10),
  time: (chance) => new Date(chance.now()).toISOString().slice(11),
  email: (chance) => `user${chance.integer(1, 999_999)}@example.com`,
  'idn-email': (chance) => `user${chance.integer(1, 999_999)}@example.com`,
  uri: (chance) => `https://example.com/${chance.integer(1, 999_999)}`,
  'uri-reference': (chance) => `/${chance.integer(1, 999_999)}`,
  url: (chance) => `https://example.com/${chance.integer(1, 999_999)}`,
  hostname: () => 'example.com',
  ipv4: (chance) => `192.0.2.${chance.integer(1, 254)}`,
  ipv6: (chance) => `2001:db8::${chance.integer(1, 0xffff).toString(16)}`,
  byte: () => 'c3RhbmRpbg==',
  duration: () => 'P1D',
  'json-pointer': () => '/a',
  regex: () => '^.*$',
  'uri-template': () => '/{id}',
  'relative-json-pointer': () => '0',
};

/** The package is CommonJS and its types speak of a default export that Node does not see. */
const RandExp = randexp as unknown as typeof randexp.default;

/** The package knows no Unicode properties; one character of each will do, inside of a class and outside. */
const characters: Record<string, string> = { L: 'a', Lu: 'A', N: '1', P: '!', S: '=', Z: ' ' };

const matchingTries = 40;

function matching(pattern: string, chance: Chance, min: number, max: number, fits: (text: string) => boolean): string {
  try {
    const plain = pattern.replace(
      /\\p\{(?:General_Category=|gc=)?(([A-Z])\w*)\}/g,
      (_whole, property: string, group: string) => characters[property] ?? characters[group] ?? 'a',
    );
    const expression = new RandExp(plain);
    expression.randInt = (from, to) => chance.integer(from, to);
    for (let attempt = 0; attempt < matchingTries; attempt++) {
      expression.max = Math.max(8, min) * (attempt < matchingTries / 2 ? 1 : 4);
      const text = expression.gen();
      const fitting = [text, text.slice(0, max)].find(fits);
      if (fitting !== undefined) return fitting;
    }
    return expression.gen();
  } catch {
    return ''.padEnd(min, 'a');
  }
}
