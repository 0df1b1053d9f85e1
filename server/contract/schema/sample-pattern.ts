import { createRequire } from 'node:module';
import type randexp from 'randexp';
import type { Chance } from '../chance.js';

/** Needed where a value has to match a pattern, and so not loaded before. Its types speak of a default export that it lacks. */
const randExp = () => createRequire(import.meta.url)('randexp') as typeof randexp.default;

/** The package knows no Unicode properties; one character of each will do, inside of a class and outside. */
const characters: Record<string, string> = { L: 'a', Lu: 'A', N: '1', P: '!', S: '=', Z: ' ' };

const matchingTries = 40;

/** A text that matches a pattern and fits; the last one tried where none does. */
export function matching(
  pattern: string,
  chance: Chance,
  min: number,
  max: number,
  fits: (text: string) => boolean,
): string {
  const RandExp = randExp();
  let text = '';
  for (const form of formsOf(pattern)) {
    try {
      const expression = new RandExp(form);
      // Printable characters only, unless the pattern asks for others: `.` and negated classes need no line breaks.
      expression.defaultRange.subtract(0, 31).subtract(127, 65_535);
      expression.randInt = (from, to) => chance.integer(from, to);
      for (let attempt = 0; attempt < matchingTries; attempt++) {
        expression.max = Math.max(8, min) * (attempt < matchingTries / 2 ? 1 : 4);
        text = expression.gen();
        const fitting = candidates(text, min, max).find(fits);
        if (fitting !== undefined) return fitting;
      }
    } catch {}
  }
  return text === '' ? ''.padEnd(min, 'a') : text;
}

/** A text may be too long, or too short, where the pattern lets it be any length. */
function candidates(text: string, min: number, max: number): string[] {
  return [text, text.slice(0, max), text.padEnd(min, 'a'), text.padEnd(min, '0'), text.trim()];
}

/** The pattern without what the package can't do: Unicode properties, look-around, named groups, inline flags. */
function formsOf(pattern: string): string[] {
  const plain = pattern
    .replace(
      /\\[pP]\{(?:General_Category=|gc=|Script=|sc=)?(([A-Z])\w*)\}/g,
      (_whole, property: string, group: string) => characters[property] ?? characters[group] ?? 'a',
    )
    .replace(/\(\?<[A-Za-z]\w*>/g, '(')
    .replace(/^\(\?[a-z]+\)/, '')
    .replace(/\\[AZz]/g, '')
    .replace(/\\u\{([0-9A-Fa-f]{1,6})\}/g, (_whole, digits: string) =>
      String.fromCodePoint(Math.min(Number.parseInt(digits, 16), 0x10ffff)),
    );
  const bare = plain.replace(/\(\?<?[!=](?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)/g, '');
  return bare === plain ? [plain] : [plain, bare];
}
