import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { createUlid } from './ulid.js';

/** The one source of what is made up: numbers, identities and times. Equal seeds give equal sequences. */
export interface Chance {
  /** A whole number from `min` to `max`, both included. */
  readonly integer: (min: number, max: number) => number;
  readonly pick: <T>(values: readonly T[]) => T;
  /** RFC 9562 version 4, lower case. */
  readonly uuid: () => string;
  /** 26 characters of Crockford's base 32, lower case. */
  readonly ulid: () => string;
  /** 32 characters fit for a bearer token. */
  readonly token: () => string;
  /** The time, in milliseconds since 1970; a made-up one where a seed is given, so that it repeats. */
  readonly now: () => number;
  /** A sequence for one purpose: the same for a seed, however much was drawn from this one before. */
  readonly derive: (purpose: string) => Chance;
}

/** Where seeded time starts: 2025-01-01T00:00:00Z. */
const seededStartMs = Date.UTC(2025, 0, 1);

/**
 * @param seed any text; without one the sequence differs at every start.
 * @param now the clock, in milliseconds. With a seed the default is a made-up one that advances 1 ms a reading.
 */
export function createChance(seed?: string, now?: () => number): Chance {
  let reading = seededStartMs;
  const clock = now ?? (seed === undefined ? Date.now : () => reading++);
  const source = xoroshiro128plus(seed === undefined ? Math.floor(Math.random() * 2 ** 31) : hash(seed));
  const integer = (min: number, max: number) => (max <= min ? min : uniformInt(source, min, max));
  const fraction = () => (source.next() >>> 0) / 2 ** 32;
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  const hex8 = () => (source.next() >>> 0).toString(16).padStart(8, '0');
  return {
    integer,
    pick: (values) => values[integer(0, values.length - 1)] as (typeof values)[number],
    uuid: () => {
      const [a, b, c, d] = [hex8(), hex8(), hex8(), hex8()];
      return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-${'89ab'[Number.parseInt(c[0] as string, 16) % 4]}${c.slice(1, 4)}-${c.slice(4)}${d}`;
    },
    ulid: createUlid(clock, fraction),
    token: () => Array.from({ length: 32 }, () => alphabet[integer(0, alphabet.length - 1)]).join(''),
    now: clock,
    derive: (purpose) => createChance(seed === undefined ? undefined : `${seed} ${purpose}`, now),
  };
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const byte of Buffer.from(text)) value = Math.imul(value ^ byte, 0x01000193);
  return value | 0;
}
