import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { writeFolder } from '../testing/load-document.js';
import { keepCompiled, runCompiled } from './compiled-script.js';

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
    if (!again) keepCompiled(file, runCompiled(file));
  }
});

test('what was compiled of another script is as none', () => {
  const file = program();
  keepCompiled(file, runCompiled(file));
  // As long as before, so that V8 would take one for the other.
  writeFileSync(file, source.replace('a + b', 'a - b'));
  expect((runCompiled(file).exports as Exports).add(3, 2)).toBe(1);
});

test.each([
  ['emptied', () => Buffer.alloc(0)],
  ['cut', (kept: Buffer) => kept.subarray(0, kept.length / 2)],
  ['zeros behind its head', (kept: Buffer) => Buffer.concat([kept.subarray(0, 36), Buffer.alloc(kept.length - 36)])],
  [
    'changed in one bit',
    (kept: Buffer) => Buffer.from(kept.map((octet, at) => (at === kept.length - 9 ? octet ^ 1 : octet))),
  ],
])('where what was compiled is %s, it is compiled anew', (how, damage) => {
  // Another text each, since V8 remembers those that it has compiled in this process.
  const file = program(`${source}// ${how}`);
  keepCompiled(file, runCompiled(file));
  const kept = readdirSync(dirname(file)).filter((name) => name.endsWith('.bin'));
  expect(kept).toHaveLength(1);
  const path = join(dirname(file), kept[0] ?? '');
  writeFileSync(path, damage(readFileSync(path)));
  const { script, exports } = runCompiled(file);
  expect([(exports as Exports).add(3, 2), script.cachedDataRejected]).toEqual([5, undefined]);
});
