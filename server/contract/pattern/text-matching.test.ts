import { describe, expect, it } from '@jest/globals';
import { createChance } from '../chance.js';
import { textMatching } from './index.js';

const any = { min: 0, max: Number.POSITIVE_INFINITY };
const make = (patterns: readonly string[], bounds: object = {}) =>
  textMatching({ ...any, patterns, ...bounds }, createChance('seed'), (text) =>
    patterns.every((pattern) => new RegExp(pattern, 'u').test(text)),
  );

describe('a text matching', () => {
  it.each<readonly [readonly string[], object]>([
    [['^a', 'z$'], { min: 10 }],
    [['^a', 'z$', '\\d', '^[a-z0-9]+$'], { max: 3 }],
    [['^(a+)+b$'], { min: 40 }],
    [['^(a{3}|b{5})$'], { min: 5 }],
    [['^(?=.*[a-z])(?=.*[A-Z])(?=.*\\d)(?=.*[!#])[A-Za-z\\d!#]{8,}$'], {}],
    [['^(?!admin|root)[admnrot]{4,5}$'], {}],
    [['^(\\w+)-\\1$'], {}],
    [['^\\p{Lu}\\p{Ll}+$'], {}],
    [['\\b[ab](?=😀)'], {}],
    [['^(?:0[1-9]|1[0-2])$', '^1'], {}],
    [['^[a-z]{5000}$'], {}],
  ])('%j within %j is found', (patterns, bounds) => {
    const text = make(patterns, bounds) ?? 'none';
    const { min, max } = { ...any, ...bounds };
    expect(patterns.filter((pattern) => !new RegExp(pattern, 'u').test(text))).toEqual([]);
    expect([...text].length >= min && [...text].length <= max).toBe(true);
  });

  it('what contradicts itself is none', () => {
    expect([make(['^a$', '^b$']), make(['^a+$'], { max: 0 }), make(['$a'])]).toEqual([undefined, undefined, undefined]);
  });

  it.each([
    '^(a{1000}){1000}$',
    '^((a{100}){100}){100}$',
    '^(?:(?:x?){50}){50}$',
    '^(((((\\w{0,9}){9}){9}){9}){9}){9}$',
  ])('%s is looked for no longer than for a while', (pattern) =>
    expect(textMatching({ ...any, patterns: [pattern] }, createChance('seed'), () => false)).toBeUndefined(),
  );

  it('what is to be avoided is', () => {
    const bounds = { ...any, patterns: ['^[ab]{3}$'], avoided: ['aa', 'bb', '^a'] };
    expect(textMatching(bounds, createChance('seed'), () => true)).toBe('bab');
  });

  it('the same seed gives the same text', () => {
    expect(make(['^[a-z]{20}$'])).toBe(make(['^[a-z]{20}$']));
  });
});
