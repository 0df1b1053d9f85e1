import { guarded, type Pattern } from '../pattern/index.js';

const known = new Map<string, Pattern>();
const knownMax = 2_000;
const acceptsAll: Pattern = /(?:)/;

/**
 * ECMA-262 `u` patterns, as JSON Schema asks; those that are only valid without `u` are taken without; others accept all.
 * None takes long on any text.
 */
export const tolerantRegExp = Object.assign(
  (pattern: string, flags: string): Pattern => {
    const key = `${flags}/${pattern}`;
    const found = known.get(key);
    if (found) return found;
    if (known.size >= knownMax) known.clear();
    const expression = tolerant(pattern, flags);
    const made = expression ? guarded(expression) : acceptsAll;
    known.set(key, made);
    return made;
  },
  { code: 'tolerantRegExp' },
);

function tolerant(pattern: string, flags: string): RegExp | undefined {
  for (const attempt of [flags, '']) {
    try {
      return new RegExp(pattern, attempt);
    } catch {}
  }
  return undefined;
}

/** Whether a pattern is a regular expression at all. */
export function isExpression(pattern: string): boolean {
  return tolerantRegExp(pattern, 'u') !== acceptsAll;
}
