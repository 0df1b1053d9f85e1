import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, extname, join, relative } from 'node:path';
import type { Description, Origins } from './description.js';
import { type Diagnostic, formatDiagnostic } from './diagnostic.js';
import { readDocsPage } from './docs-page.js';
import { DocumentError } from './document-error.js';
import { describeValue, isObject, type JsonObject } from './json.js';
import { applyOverlay } from './overlay.js';
import { parseSource, type Source } from './source.js';

export interface LoadOptions {
  /** Overlay files to apply to each document, after those that stand beside it. */
  readonly overlays?: readonly string[];
}

/**
 * Reads OpenAPI documents. A path is a document (JSON, YAML, or a Markdown docs page) or a folder: one with an
 * `openapi.yaml` is one API named after the folder; otherwise each document in it, and in its folders, is an API.
 *
 * @throws DocumentError with each file, line and column at fault.
 */
export function loadDescriptions(paths: readonly string[], options: LoadOptions = {}): Description[] {
  const taken = new Set<string>();
  const failures: Diagnostic[] = [];
  const gather = <T>(work: () => T[]): T[] => {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof DocumentError)) throw error;
      const isKnown = (one: Diagnostic) => failures.some((known) => formatDiagnostic(known) === formatDiagnostic(one));
      failures.push(...error.diagnostics.filter((one) => !isKnown(one)));
      return [];
    }
  };
  const descriptions = paths.flatMap((path) =>
    gather(() => find(path)).flatMap(({ file, name, certain }) =>
      gather(() => [load(file, unique(slug(name), taken), options.overlays ?? [], certain) ?? []].flat()),
    ),
  );
  if (failures.length > 0) throw new DocumentError(failures);
  if (descriptions.length === 0) {
    const file = paths[0] ?? '.';
    throw DocumentError.at(
      { file, line: 1, column: 1 },
      'no-document',
      'no OpenAPI document was found here',
      'name a document, or a folder that holds some',
    );
  }
  return descriptions;
}

interface Found {
  readonly file: string;
  readonly name: string;
  /** Whether the file was named, or by its name must be an OpenAPI document; others in a folder may be something else. */
  readonly certain: boolean;
}

const documentName = /^(?:openapi|swagger)\.(?:ya?ml|json)$/i;
const documentFile = /\.(?:ya?ml|json|md)$/i;
const overlayFile = /\.overlay\.(?:ya?ml|json)$/i;

function find(path: string): Found[] {
  const isFolder = withFile(path, () => statSync(path).isDirectory());
  if (!isFolder) return [{ file: path, name: nameOf(path), certain: true }];
  return findInFolder(path);
}

function findInFolder(folder: string): Found[] {
  const entries = withFile(folder, () => readdirSync(folder, { withFileTypes: true })).sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );
  const document = entries.find((entry) => !entry.isDirectory() && documentName.test(entry.name));
  if (document) {
    const file = join(folder, document.name);
    return [{ file, name: nameOf(file), certain: true }];
  }
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.name.startsWith('.') || entry.name === 'node_modules') return [];
    if (entry.isDirectory()) return findInFolder(path);
    if (!documentFile.test(entry.name) || overlayFile.test(entry.name)) return [];
    return [{ file: path, name: nameOf(path), certain: false }];
  });
}

/** `specs/prelude/openapi.yaml` is `prelude`; `petstore.v2.json` is `petstore.v2`. */
function nameOf(file: string): string {
  const base = basename(file);
  if (!documentName.test(base)) return base.slice(0, base.length - extname(base).length);
  return basename(dirname(join(process.cwd(), relative(process.cwd(), file))));
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

function withFile<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const what =
      code === 'ENOENT'
        ? 'there is no such file or folder'
        : `this can't be read (${code ?? (error as Error).message})`;
    throw DocumentError.at(
      { file, line: 1, column: 1 },
      'unreadable',
      what,
      'name a document, or a folder that holds some',
    );
  }
}

const readText = (file: string) => withFile(file, () => readFileSync(file, 'utf8'));

function readSource(file: string, text = readText(file)): Source {
  if (/\.md$/i.test(file)) return parseSource(readDocsPage(file, text));
  const json = /\.json$/i.test(file) || (!/\.ya?ml$/i.test(file) && /^\s*[{[]/.test(text));
  return parseSource({ file, text, format: json ? 'json' : 'yaml' });
}

function load(file: string, name: string, overlays: readonly string[], certain: boolean): Description | undefined {
  const source = certain ? readSource(file) : tryReading(file);
  if (!source || (!certain && !speaksOpenApi(source.value))) return undefined;
  const diagnostics: Diagnostic[] = [...source.warnings];
  const origins: Origins = new WeakMap();
  const overlayFiles = [...overlaysBeside(file), ...overlays];
  checkVersion(source.value, source);
  let root: unknown = source.value;
  for (const overlay of overlayFiles) {
    const applied = applyOverlay({ root, source, origins }, readSource(overlay));
    root = applied.root;
    diagnostics.push(...applied.diagnostics);
  }
  const version = checkVersion(root, source);
  return {
    name,
    file,
    root: root as JsonObject,
    version,
    files: [file, ...overlayFiles],
    diagnostics,
    source,
    origins,
  };
}

/** A file that only happens to lie in the folder may be anything, and is passed over where it is not a document. */
function tryReading(file: string): Source | undefined {
  let text = '';
  try {
    text = readText(file);
    return readSource(file, text);
  } catch (error) {
    if (!(error instanceof DocumentError) || (text !== '' && meansToBeDocument(file, text, error))) throw error;
    return undefined;
  }
}

function meansToBeDocument(file: string, text: string, { diagnostics }: DocumentError): boolean {
  if (/\.md$/i.test(file)) return diagnostics.every(({ rule }) => rule !== 'no-openapi-block');
  return /^(?:["']?(?:openapi|swagger)["']?|[\s{]*"(?:openapi|swagger)")\s*:/m.test(text);
}

function speaksOpenApi(value: unknown): boolean {
  return isObject(value) && ('openapi' in value || 'swagger' in value);
}

function overlaysBeside(file: string): string[] {
  const folder = dirname(file);
  const beside = readdirSync(folder)
    .filter((name) => overlayFile.test(name))
    .sort();
  return beside.map((name) => join(folder, name));
}

function checkVersion(root: unknown, source: Source): string {
  if (!isObject(root) || !speaksOpenApi(root)) {
    const found = isObject(root)
      ? `an object with ${Object.keys(root).slice(0, 4).join(', ') || 'nothing in it'}`
      : describeValue(root);
    throw DocumentError.at(
      source.locate([]),
      'not-openapi',
      `this is not an OpenAPI document: expected \`openapi: 3.x.y\` at the top, found ${found}`,
      'name an OpenAPI document',
    );
  }
  const field = 'openapi' in root ? 'openapi' : 'swagger';
  const version = root[field];
  if (typeof version !== 'string' || !/^3\.[0-2](?:\.|$)/.test(version)) {
    throw DocumentError.at(
      source.locate([field]),
      'openapi-version',
      `expected an OpenAPI version from 3.0 to 3.2 as a string, found ${describeValue(version)}`,
      'convert the document to OpenAPI 3',
    );
  }
  return version;
}
