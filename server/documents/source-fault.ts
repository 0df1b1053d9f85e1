import type { Diagnostic } from './diagnostic.js';
import { DocumentError } from './document-error.js';
import { nestingMax, tooDeepAt } from './nesting.js';
import type { Place } from './place.js';
import type { SourceText } from './source.js';

/** The place in the file of a line and a column of the text. */
export function placeAt(source: SourceText, line: number, column: number): Place {
  return { file: source.file, line: line + (source.linesBefore ?? 0), column: column + (source.columnsBefore ?? 0) };
}

/** @throws DocumentError where a text is nested too deeply. */
export function refuseDeep(
  { text, format }: Pick<SourceText, 'text' | 'format'>,
  at: (offset: number) => Place,
  otherwise?: number,
): void {
  const offset = tooDeepAt(text, format) ?? otherwise;
  if (offset !== undefined)
    throw DocumentError.at(
      at(offset),
      'nesting',
      `this is nested too deeply: expected at most ${nestingMax} levels`,
      'name what is deep, under `components`, and refer to it',
    );
}

/** A warning of a key that its mapping has already. */
export const repeatedKey = (place: Place): Diagnostic => ({
  severity: 'warning',
  rule: 'duplicate-key',
  message: 'this key stands twice in its mapping; the last one counts',
  advice: 'remove one',
  place,
});
