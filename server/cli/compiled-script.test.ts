import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { writeFolder } from '../testing/load-document.js';
import { compiledFile, runCompiled } from './compiled-script.js';

const source = `const { join } = require('node:path');
exports.add = (a, b) => a + b; // ×…𝄞
exports.here = join(__dirname, 'x') === __filename.replace(/program\\.cjs$/, 'x');
exports.later = () => importUrl('node:os');
`;

function program(text = source): string {
  const file = join(writeFolder({}), 'program.cjs');
  writeFileSync(file, text);
  return file;
}

const keep = (file: string) => {
  const { script } = runCompiled(file);
  writeFileSync(compiledFile(file, readFileSync(file)), script.createCachedData());
};

interface Exports {
  readonly add: (a: number, b: number) => number;
  readonly here: boolean;
  readonly later: () => Promise<unknown>;
}

test('a script runs as `require` would run it, and anew from what was compiled', async () => {
  const file = program();
  for (const again of [false, true]) {
    const { script, exports } = runCompiled(file);
    const { add, here, later } = exports as Exports;
    expect([again, add(1, 2), here, script.cachedDataRejected]).toEqual([again, 3, true, again ? false : undefined]);
    expect(await later()).toHaveProperty('tmpdir');
    if (!again) keep(file);
  }
});

test('what was compiled of another script, or is broken, is as none', () => {
  const file = program();
  keep(file);
  // As long as before, so that V8 would take one for the other.
  writeFileSync(file, source.replace('a + b', 'a - b'));
  expect((runCompiled(file).exports as Exports).add(3, 2)).toBe(1);
  // Another text, since V8 remembers those that it has compiled in this process.
  const other = program(`${source}// broken`);
  writeFileSync(compiledFile(other, readFileSync(other)), 'nothing of the kind');
  const { script, exports } = runCompiled(other);
  expect([(exports as Exports).add(3, 2), script.cachedDataRejected]).toEqual([5, true]);
});
