import { readFileSync } from 'node:fs';
import { readDocsPage } from './docs-page.js';
import { DocumentError } from './document-error.js';
import { parseSource, type Source } from './source.js';

/** What was fetched or read ahead, by URL, and by `-` for standard input: loading itself waits for nothing. */
export type Texts = ReadonlyMap<string, string>;

/** The name under which standard input is spoken of. */
export const standardInput = '<stdin>';

export const isUrl = (path: string): boolean => /^https?:\/\//i.test(path);

/**
 * The text of a file, of a URL that was read ahead, or of standard input.
 *
 * @throws DocumentError where it can't be read.
 */
export function readText(file: string, texts: Texts = new Map()): string {
  const known = texts.get(file);
  if (known !== undefined) return known;
  if (isUrl(file))
    throw DocumentError.at(
      { file, line: 1, column: 1 },
      'reference-remote',
      'this is elsewhere, and is not fetched unasked',
      'allow it with --allow-remote',
    );
  return withFile(file, () => readFileSync(file === standardInput ? 0 : file, 'utf8'));
}

/** Reads from the file system. @throws DocumentError where that fails. */
export function withFile<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const what =
      code === 'ENOENT'
        ? 'there is no such file or folder'
        : `this can't be read (${code ?? (error as Error).message})`;
    throw DocumentError.at(
      { file, line: 1, column: 1 },
      'unreadable',
      what,
      'name a document, or a folder that holds some',
    );
  }
}

/** Parses a file by its name, or where that does not tell, by how its text starts. */
export function readSource(file: string, text: string): Source {
  const name = isUrl(file) ? new URL(file).pathname : file;
  if (/\.md$/i.test(name)) return parseSource(readDocsPage(file, text));
  const json = /\.json$/i.test(name) || (!/\.ya?ml$/i.test(name) && /^\uFEFF?\s*[{[]/.test(text));
  return parseSource({ file, text, format: json ? 'json' : 'yaml' });
}
