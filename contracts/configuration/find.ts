import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigurationError } from '../configuration-error.js';

/** The endings that a configuration may have. */
export const configurationEndings = ['yaml', 'yml', 'json', 'js', 'mjs', 'ts'] as const;

/**
 * The configuration in a folder; `undefined` where there is none.
 *
 * @throws ConfigurationError where there are several.
 */
export function findConfiguration(folder: string): string | undefined {
  const names = configurationEndings.map((ending) => `standin.config.${ending}`);
  const found = names.filter((name) => existsSync(join(folder, name)));
  if (found.length > 1)
    throw new ConfigurationError(
      `${join(folder, found[1] as string)}: there is ${found[0]} already; keep one, or name one with --config`,
    );
  return found[0] && join(folder, found[0]);
}
