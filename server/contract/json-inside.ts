import { createRequire } from 'node:module';
import type { ParseError } from 'jsonc-parser';

/** Seldom needed, and so not loaded before. */
const jsonc = () => createRequire(import.meta.url)('jsonc-parser') as typeof import('jsonc-parser');

/** The object or list that a string is the JSON of, be it with comments or trailing commas. */
export function jsonInside(text: string): { value: unknown; how: string } | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return { value: JSON.parse(text), how: 'it is a string that holds JSON; the value inside is served' };
  } catch {}
  const errors: ParseError[] = [];
  const value: unknown = jsonc().parse(text, errors, { allowTrailingComma: true });
  return errors.length === 0
    ? { value, how: 'it is a string that holds JSON with trailing commas or comments; the value inside is served' }
    : undefined;
}
