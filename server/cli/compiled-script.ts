import { readFileSync } from 'node:fs';
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
export const compiledFile = (file: string, source: Buffer) =>
  `${file}.${crc32(source).toString(16)}.${process.versions.v8}.${process.arch}.bin`;

/**
 * Runs a CommonJS file as `require` does, without compiling what V8 had compiled when `compiledFile` was made: for a large one
 * that takes most of its start. A file that does not fit is as none. The script has no `import()`, which Node forgets of what was
 * compiled before: it has `importUrl` instead.
 *
 * @param file absolute
 */
export function runCompiled(file: string): Ran {
  const source = readFileSync(file);
  const script = new Script(
    `(function (exports, require, module, __filename, __dirname, importUrl) {${source.toString()}\n})`,
    {
      filename: file,
      cachedData: readIfThere(compiledFile(file, source)),
    },
  );
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(file), module, file, dirname(file), importUrl);
  return { script, exports: module.exports };
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
