import { createRequire } from 'node:module';
import type { LineCounter } from 'yaml';

/** Takes longer to load than most documents to read, and is seldom needed. */
const yaml = () => createRequire(import.meta.url)('yaml') as typeof import('yaml');

/** Finds the line and column of an offset in a text. */
export function lineCounter(text: string): LineCounter {
  const lines = new (yaml().LineCounter)();
  lines.addNewLine(0);
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines.addNewLine(at + 1);
  return lines;
}
