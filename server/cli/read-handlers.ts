import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Handlers } from '../replies/index.js';
import { exitCode, Failure } from './exit.js';

/**
 * The handlers that a module exports, by default or as `handlers`.
 *
 * @throws Failure where it can't be loaded, or exports none
 */
export async function readHandlers(file: string): Promise<Handlers> {
  let module: { readonly default?: unknown; readonly handlers?: unknown };
  try {
    module = await import(pathToFileURL(resolve(file)).href);
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
