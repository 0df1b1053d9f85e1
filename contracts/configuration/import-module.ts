import { rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { importUrl } from '../../server/import-url.js';
import { messageOf } from '../../server/message-of.js';
import { ConfigurationError } from '../configuration-error.js';

/**
 * Imports a module of the user's. TypeScript goes through Node where it strips types (22.18 and later), else through the
 * esbuild of the user's project.
 *
 * @throws ConfigurationError with the file, where it can't be loaded.
 */
export async function importModule(file: string): Promise<Readonly<Record<string, unknown>>> {
  const path = resolve(file);
  try {
    if (!path.endsWith('.ts') || 'typescript' in process.features) return await load(path);
    return await loadThroughEsbuild(path);
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    throw new ConfigurationError(`${file}: this can't be loaded: ${messageOf(error)}`);
  }
}

const load = (path: string) => importUrl(pathToFileURL(path).href);

async function loadThroughEsbuild(path: string): Promise<Readonly<Record<string, unknown>>> {
  let esbuild: typeof import('esbuild');
  try {
    esbuild = createRequire(path)('esbuild') as typeof import('esbuild');
  } catch {
    throw new ConfigurationError(
      `${path}: Node ${process.versions.node} reads no TypeScript; use Node 22.18 or later, install esbuild, or write JavaScript`,
    );
  }
  const { outputFiles } = await esbuild.build({
    entryPoints: [path],
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    write: false,
    logLevel: 'silent',
  });
  // Beside the original, so that packages are found from where it stands.
  const made = join(dirname(path), `.${basename(path, '.ts')}.${process.pid}.mjs`);
  writeFileSync(made, outputFiles[0]?.text ?? '');
  try {
    return await load(made);
  } finally {
    rmSync(made, { force: true });
  }
}
