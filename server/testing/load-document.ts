import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from '@jest/globals';
import { type Description, loadDescriptions } from '../documents/index.js';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** A new folder with these files in it, which is gone when the tests of the file are done. Values that are no text become JSON. */
export function writeFolder(files: Readonly<Record<string, unknown>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'standin-'));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content, undefined, 2));
  }
  return folder;
}

/** The description of a document named `api`: of YAML text, or of a value. Overlays are applied in their order. */
export function loadDocument(document: unknown, ...overlays: readonly unknown[]): Description {
  const isText = typeof document === 'string';
  const folder = writeFolder({
    [`api/openapi.${isText ? 'yaml' : 'json'}`]: document,
    ...Object.fromEntries(
      overlays.map((overlay, index) => [
        `api/${index + 1}.overlay.${typeof overlay === 'string' ? 'yaml' : 'json'}`,
        overlay,
      ]),
    ),
  });
  const [description] = loadDescriptions([join(folder, 'api')]);
  return description as Description;
}
