import { existsSync, readdirSync } from 'node:fs';

/** The first file in a folder that is a document by its name. */
export function documentHere(folder = '.'): string | undefined {
  if (!existsSync(folder)) return undefined;
  return readdirSync(folder)
    .sort()
    .find((name) => /^(?:openapi|swagger)\.(?:ya?ml|json)$/i.test(name));
}
