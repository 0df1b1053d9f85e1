import { expect, test } from '@jest/globals';
import { createTextMap, type TextMap } from './text-map.js';

/** Numbers that look like chance and are the same each time (Lehmer, modulo 2³¹ − 1). */
function* numbers(): Generator<number> {
  for (let last = 20_251_121; ; last = (last * 48_271) % 0x7fffffff) yield last;
}

const contentOf = (map: TextMap<number> | Map<string, number>) => ({
  size: map.size,
  entries: [...map.entries()],
  values: [...map.values()],
});

test('whatever is set and removed, it is as a Map would be, in the same order', () => {
  const known = new Map<string, number>();
  const map = createTextMap<number>();
  const next = numbers();
  const draw = (of: number) => (next.next().value as number) % of;
  for (let turn = 0; turn < 20_000; turn++) {
    // Grows to hundreds, and shrinks to a few, in turns.
    const isGrowing = turn % 4_000 < 2_500;
    const text = `/identifiers\0["email_address","${draw(1_000)}@example.com"]`;
    if (draw(10) < (isGrowing ? 7 : 2)) {
      known.set(text, turn);
      map.set(text, turn);
    } else expect(map.delete(text)).toBe(known.delete(text));
    const other = `/identifiers\0["email_address","${draw(1_100)}@example.com"]`;
    expect([map.get(other), map.has(other)]).toEqual([known.get(other), known.has(other)]);
    if (turn % 500 === 0) expect(contentOf(map)).toEqual(contentOf(known));
  }
  expect(contentOf(map)).toEqual(contentOf(known));
});

test('texts of any kind are told from each other', () => {
  const texts = ['', ' ', '0', '\0', 'é', 'e\u0301', '𝄞', '\ud834', '\udd1e', '__proto__', 'x'.repeat(100_000)];
  const map = createTextMap<string>();
  for (const text of texts) map.set(text, `of ${text}`);
  expect(texts.map((text) => map.get(text))).toEqual(texts.map((text) => `of ${text}`));
  expect(map.get('y')).toBeUndefined();
});

test('texts of one hash are told from each other', () => {
  // Both are 0x5e4daa9d by FNV-1a.
  const twins = ['costarring', 'liquid'];
  const map = createTextMap<number>();
  for (const [index, text] of twins.entries()) map.set(text, index);
  expect(twins.map((text) => map.get(text))).toEqual([0, 1]);
  map.delete('costarring');
  expect(twins.map((text) => map.get(text))).toEqual([undefined, 1]);
});

test('once it is cleared, nothing is in it, and it can be filled anew', () => {
  const map = createTextMap<number>();
  for (let number = 0; number < 100; number++) map.set(String(number), number);
  map.clear();
  expect(contentOf(map)).toEqual({ size: 0, entries: [], values: [] });
  map.set('7', 8);
  expect([map.get('7'), map.get('8')]).toEqual([8, undefined]);
});
