import { isUtf8 } from 'node:buffer';
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
  return decodeText(
    file,
    withFile(file, () => readFileSync(file === standardInput ? 0 : file)),
  );
}

/** @throws DocumentError where bytes are no text, or text that is not in UTF-8, as JSON and YAML are exchanged (RFC 8259 §8.1, RFC 9512 §3.1). */
export function decodeText(file: string, bytes: Buffer): string {
  if (isUtf8(bytes) && !bytes.includes(0)) return bytes.toString('utf8');
  const isWide =
    bytes.length > 1 && (/^(?:\xff\xfe|\xfe\xff)/.test(bytes.toString('latin1', 0, 2)) || isEveryOther0(bytes));
  const [found, advice] = isWide
    ? ['UTF-16', 'save it as UTF-8']
    : bytes.includes(0)
      ? ['binary content', 'name a document in JSON, YAML or Markdown']
      : ['bytes that are none', 'save it as UTF-8'];
  throw DocumentError.at({ file, line: 1, column: 1 }, 'encoding', `expected text in UTF-8, found ${found}`, advice);
}

/** Text of ASCII in UTF-16. */
function isEveryOther0(bytes: Buffer): boolean {
  const start = bytes.subarray(0, 64);
  return [0, 1].some((parity) => start.every((byte, index) => (index % 2 === parity) === (byte === 0)));
}

/** Reads from the file system. @throws DocumentError where that fails. */
export function withFile<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const [what, advice] =
      code === 'ENOENT'
        ? ['there is no such file or folder', 'name a document, or a folder that holds some']
        : code === 'EACCES' || code === 'EPERM'
          ? [`this may not be read (${code})`, 'give its user leave to read it']
          : [
              `this can't be read (${code ?? (error as Error).message})`,
              'name a document, or a folder that holds some',
            ];
    throw DocumentError.at({ file, line: 1, column: 1 }, 'unreadable', what, advice);
  }
}

/** Parses a file by its name, or where that does not tell, by how its text starts. */
export function readSource(file: string, text: string): Source {
  const name = isUrl(file) ? new URL(file).pathname : file;
  if (/\.md$/i.test(name)) return parseSource(readDocsPage(file, text));
  const json = /\.json$/i.test(name) || (!/\.ya?ml$/i.test(name) && /^\uFEFF?\s*[{[]/.test(text));
  return parseSource({ file, text, format: json ? 'json' : 'yaml' });
}
