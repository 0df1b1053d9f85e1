import { readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { type Description, locate } from '../../documents/index.js';

/** The text of a file; `undefined` where there is none that can be read. */
export type ReadFile = (file: string) => string | undefined;

export const readFromDisk: ReadFile = (file) => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
};

/** The file that a relative reference at a pointer names; `outside` where it is not below the folder of the document. */
export function fileNamed(description: Description, reference: string, pointer: string): string | 'outside' {
  const file = resolve(dirname(locate(description, pointer).file), decode(reference.replace(/[?#].*$/, '')));
  return relative(dirname(resolve(description.file)), file).startsWith('..') ? 'outside' : file;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
