import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const documentFile = /\.(?:ya?ml|json)$/i;
const openApi = /^[\s{]*["']?(?:openapi|swagger)["']?\s*:\s*["']?\d/m;
const openApiInJson = /"(?:openapi|swagger)"\s*:\s*"\d/;

/** The files below a folder that are OpenAPI documents themselves, not parts of one. */
export function findDocuments(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => {
      const file = join(path, name);
      if (statSync(file).isDirectory()) return findDocuments(file);
      return documentFile.test(name) && isDocument(readFileSync(file, 'utf8')) ? [file] : [];
    });
}

function isDocument(text: string): boolean {
  return openApi.test(text) || (/^\s*\{/.test(text) && openApiInJson.test(text));
}
