import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { Script } from 'node:vm';
import { crc32 } from 'node:zlib';
import { importUrl } from '../import-url.js';

interface Ran {
  readonly script: Script;
  /** What the script has put into `module.exports`. */
  readonly exports: unknown;
}

/** Where that is kept which this very V8 has made of a script: of another script, or for another V8, it is of no use. */
const compiledFile = (file: string, source: Buffer) =>
  `${file}.${crc32(source).toString(16)}.${process.versions.v8}.${process.arch}.bin`;

/**
 * Runs a CommonJS file as `require` does, without compiling what V8 had compiled when `keepCompiled` was called: for a large one
 * that takes most of its start. A file that does not fit, or is damaged, is as none. The script has no `import()`, which Node forgets of what was
 * compiled before: it has `importUrl` instead.
 *
 * @param file absolute; in ASCII, but for comments
 */
export function runCompiled(file: string): Ran {
  const source = readFileSync(file);
  const script = new Script(
    `(function (exports, require, module, __filename, __dirname, importUrl) {${source.toString('latin1')}\n})`,
    {
      filename: file,
      cachedData: readIfWhole(compiledFile(file, source)),
    },
  );
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(file), module, file, dirname(file), importUrl);
  return { script, exports: module.exports };
}

const sumBytes = 4;

/** Keeps what V8 has compiled of a script, behind a checksum: V8 looks at little of it, and crashes where it is damaged. */
export function keepCompiled(file: string, { script }: Pick<Ran, 'script'>): void {
  const compiled = script.createCachedData();
  const sum = Buffer.alloc(sumBytes);
  sum.writeUInt32BE(crc32(compiled));
  writeFileSync(compiledFile(file, readFileSync(file)), Buffer.concat([sum, compiled]));
}

function readIfWhole(file: string): Buffer | undefined {
  try {
    const kept = readFileSync(file);
    const compiled = kept.subarray(sumBytes);
    return kept.length > sumBytes && kept.readUInt32BE() === crc32(compiled) ? compiled : undefined;
  } catch {
    return undefined;
  }
}
