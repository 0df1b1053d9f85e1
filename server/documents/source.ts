import type { Diagnostic } from './diagnostic.js';
import { parseJson } from './parse-json.js';
import { parseYaml } from './parse-yaml.js';
import type { Place } from './place.js';

/** A text in JSON or YAML, its value, and a way back from the value to the text. */
export interface Source {
  readonly file: string;
  readonly text: string;
  readonly value: unknown;
  readonly warnings: readonly Diagnostic[];
  /** Of JSON, what stands twice in its object: to find that takes as long as to read it again. */
  readonly repeatedKeys?: () => readonly Diagnostic[];
  /** The place of the value at `keys`: of its name, where it is a property. The nearest ancestor where there is no such value. */
  readonly locate: (keys: readonly string[]) => Place;
  /** What it was read from, where that was a text with places. */
  readonly from?: SourceText;
}

export interface SourceText {
  readonly file: string;
  readonly text: string;
  readonly format: 'json' | 'yaml';
  /** Lines of the file before the text's first, for text inside a page. */
  readonly linesBefore?: number;
  readonly columnsBefore?: number;
}

/**
 * Parses a text. JSON goes through `JSON.parse`; a positional parser reads it again only when a place must be named.
 *
 * @throws DocumentError with the place of the first syntax error.
 */
export function parseSource(source: SourceText): Source {
  return { ...(source.format === 'json' ? parseJson(source) : parseYaml(source)), from: source };
}
