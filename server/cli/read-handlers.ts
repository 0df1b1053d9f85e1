import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { importUrl } from '../import-url.js';
import type { Handlers } from '../replies/index.js';
import { exitCode, Failure } from './exit.js';

/**
 * The handlers that a module exports, by default or as `handlers`.
 *
 * @param time how often they were read before: Node.js reads a module only once under the same URL
 *
 * @throws Failure where it can't be loaded, or exports none
 */
export async function readHandlers(file: string, time = 0): Promise<Handlers> {
  if (!existsSync(file))
    throw new Failure(`${file}: there is no such file; name a module of handlers (docs/handlers.md)`, exitCode.misused);
  let module: { readonly default?: unknown; readonly handlers?: unknown };
  try {
    const url = pathToFileURL(resolve(file));
    if (time > 0) url.searchParams.set('time', String(time));
    module = await importUrl(url.href);
  } catch (error) {
    throw new Failure(`${file}: ${whyNot(error)}`, exitCode.misused);
  }
  const handlers = module.handlers ?? module.default;
  if (typeof handlers === 'object' && handlers !== null) return handlers as Handlers;
  throw new Failure(
    `${file}: expected handlers by operationId, as the default export or one called "handlers"; see docs/handlers.md`,
    exitCode.misused,
  );
}

function whyNot(error: unknown): string {
  const { code, message = String(error), stack } = error as NodeJS.ErrnoException;
  if (code === 'ERR_UNKNOWN_FILE_EXTENSION')
    return `Node.js ${process.version} does not read this kind of file; compile it to JavaScript, or use Node.js 22.18 or newer`;
  return code === 'ERR_MODULE_NOT_FOUND' ? message : (stack ?? message);
}
