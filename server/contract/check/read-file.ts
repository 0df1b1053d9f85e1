import { readFileSync } from 'node:fs';

/** The text of a file; `undefined` where there is none that can be read. */
export type ReadFile = (file: string) => string | undefined;

export const readFromDisk: ReadFile = (file) => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
};
