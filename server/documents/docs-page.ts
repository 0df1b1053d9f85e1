import { DocumentError } from './document-error.js';
import type { SourceText } from './source.js';

/** An OpenAPI document found in a documentation page, and the operation that the page is about. */
interface DocsPage extends SourceText {
  /** The document that the page was made from, as the page names it. */
  readonly origin?: string;
  readonly method: string;
  readonly path: string;
}

const opening = /^( {0,3})````(yaml|json)[ \t]+(?:(\S+)[ \t]+)?([A-Za-z]+)[ \t]+(\/\S*)[ \t]*$/;
const closing = /^ {0,3}`{4,}[ \t]*$/;

/**
 * Finds the OpenAPI document in a Markdown page: a fenced block of four backticks whose info string is
 * `yaml|json [SOURCE] METHOD PATH`.
 *
 * @throws DocumentError where the page has no such block, more than one, or one that never ends.
 */
export function readDocsPage(file: string, text: string): DocsPage {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const starts = lines.flatMap((line, index) => (opening.test(line) ? [index] : []));
  const [start, second] = starts;
  if (start === undefined) {
    throw DocumentError.at(
      { file, line: 1, column: 1 },
      'no-openapi-block',
      'this page has no OpenAPI document: expected a fenced block of four backticks with the info string `yaml|json [SOURCE] METHOD PATH`',
      'write the OpenAPI document of this page by hand',
    );
  }
  const end = lines.findIndex((line, index) => index > start && closing.test(line));
  if (end === -1) {
    throw DocumentError.at(
      { file, line: start + 1, column: 1 },
      'open-fence',
      'this block is never closed',
      'close it with four backticks',
    );
  }
  if (second !== undefined) {
    throw DocumentError.at(
      { file, line: second + 1, column: 1 },
      'several-openapi-blocks',
      `this page has a second OpenAPI document; the first is in line ${start + 1}`,
      'give each document a page',
    );
  }
  const [, indent = '', format, origin, method = '', path = ''] = opening.exec(lines[start] as string) ?? [];
  const unindent = new RegExp(`^ {0,${indent.length}}`);
  return {
    file,
    text: lines
      .slice(start + 1, end)
      .map((line) => line.replace(unindent, ''))
      .join('\n'),
    format: format as 'json' | 'yaml',
    linesBefore: start + 1,
    columnsBefore: indent.length,
    ...(origin && { origin }),
    method: method.toUpperCase(),
    path,
  };
}
