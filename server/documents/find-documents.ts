import { existsSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, extname, isAbsolute, join, relative } from 'node:path';
import { DocumentError } from './document-error.js';
import { isUrl, standardInput, withFile } from './read-source.js';
import { decode } from './uri.js';

/** Seldom needed, and so not loaded before. */
const glob = () => createRequire(import.meta.url)('tinyglobby') as typeof import('tinyglobby');

/** A file that is, or may be, a document. */
export interface Found {
  readonly file: string;
  /** The folder that was named, else the file's own. */
  readonly folder: string;
  readonly name: string;
  /** Whether the file was named, or by its name must be an OpenAPI document; others in a folder may be something else. */
  readonly certain: boolean;
}

/** A file that is an overlay by its name. */
export const overlayFile = /\.overlay\.(?:ya?ml|json)$/i;
const documentName = /^(?:openapi|swagger)\.(?:ya?ml|json)$/i;
const documentFile = /\.(?:ya?ml|json|md)$/i;

/**
 * The files that a path stands for: a file, a folder of them, a glob, a URL, or `-` for standard input.
 *
 * @throws DocumentError where there is nothing.
 */
export function findDocuments(path: string): Found[] {
  if (path === '-') return [{ file: standardInput, folder: '.', name: 'stdin', certain: true }];
  if (isUrl(path)) return [{ file: path, folder: '.', name: nameOfUrl(path), certain: true }];
  if (!existsSync(path) && glob().isDynamicPattern(path)) return findByGlob(path);
  return find(path);
}

/** What a glob matches was named, as far as it says that it is OpenAPI. */
function findByGlob(pattern: string): Found[] {
  const options = { absolute: isAbsolute(pattern), expandDirectories: false, ignore: ['**/node_modules/**'] };
  const files = glob().globSync(pattern, options).sort();
  const found = files
    .filter((file) => documentFile.test(file) && !overlayFile.test(file))
    .map((file) => ({ file, folder: dirname(file), name: nameOf(file), certain: documentName.test(basename(file)) }));
  if (found.length > 0) return found;
  throw DocumentError.at(
    { file: pattern, line: 1, column: 1 },
    'no-document',
    files.length === 0 ? 'no file matches this pattern' : 'no JSON, YAML or Markdown file matches this pattern',
    'correct it, and put it in quotes so that it is not the shell that expands it',
  );
}

function nameOfUrl(url: string): string {
  const { pathname, hostname } = new URL(url);
  const name = (decode(pathname) ?? pathname).replace(/\/+$/, '');
  const base = basename(name);
  if (!documentName.test(base)) return basename(name, extname(name)) || hostname;
  return basename(dirname(name)) || hostname;
}

function find(path: string): Found[] {
  const isFolder = withFile(path, () => statSync(path).isDirectory());
  if (!isFolder) return [{ file: path, folder: dirname(path), name: nameOf(path), certain: true }];
  return findInFolder(path, path);
}

function findInFolder(folder: string, named: string): Found[] {
  const entries = withFile(folder, () => readdirSync(folder, { withFileTypes: true })).sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );
  const document = entries.find((entry) => !entry.isDirectory() && documentName.test(entry.name));
  if (document) {
    const file = join(folder, document.name);
    return [{ file, folder: named, name: nameOf(file), certain: true }];
  }
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.name.startsWith('.') || entry.name === 'node_modules') return [];
    if (entry.isDirectory()) return findInFolder(path, named);
    if (!documentFile.test(entry.name) || overlayFile.test(entry.name)) return [];
    return [{ file: path, folder: named, name: nameOf(path), certain: false }];
  });
}

/** `specs/prelude/openapi.yaml` is `prelude`; `petstore.v2.json` is `petstore.v2`. */
function nameOf(file: string): string {
  const base = basename(file);
  if (!documentName.test(base)) return base.slice(0, base.length - extname(base).length);
  return basename(dirname(join(process.cwd(), relative(process.cwd(), file))));
}

/** A name fit for a URL segment that is not taken yet. */
export function nameFor(name: string, taken: Set<string>): string {
  return unique(slug(name), taken);
}

function slug(name: string): string {
  return (
    name
      .toLowerCase()
      .replace(/[^a-z0-9._-]+/g, '-')
      .replace(/^[-.]+|[-.]+$/g, '') || 'api'
  );
}

function unique(name: string, taken: Set<string>): string {
  let free = name;
  for (let count = 2; taken.has(free); count++) free = `${name}-${count}`;
  taken.add(free);
  return free;
}
