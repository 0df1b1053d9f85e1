import { expect, test } from '@jest/globals';
import { inUtf8 } from './in-utf8.js';

test('texts of all sizes are as `Buffer.from` has them, and stay so', () => {
  const texts = Array.from({ length: 3_000 }, (_, index) =>
    ['é', 'x', '𝄞', '\ud800', '…'].map((character) => character.repeat((index * index) % 1_013)).join(''),
  );
  texts.push('', 'é'.repeat(100_000));
  const written = texts.map(inUtf8);
  expect(written.every((octets, index) => octets.equals(Buffer.from(texts[index] as string)))).toBe(true);
});
