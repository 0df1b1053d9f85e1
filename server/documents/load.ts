import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Description, Origins } from './description.js';
import { type Diagnostic, formatDiagnostic } from './diagnostic.js';
import { DocumentError } from './document-error.js';
import { type Found, findDocuments, nameFor, overlayFile } from './find-documents.js';
import { describeValue, isObject, type JsonObject } from './json.js';
import { createLibrary, type LibraryOptions } from './library.js';
import { link } from './link.js';
import { applyOverlay } from './overlay.js';
import { readOverlay } from './overlay-document.js';
import { isUrl, readSource, readText, type Texts } from './read-source.js';
import type { Source } from './source.js';
import { convertSwagger } from './swagger/index.js';
import { decode } from './uri.js';

export interface LoadOptions {
  /** Overlay files to apply to each document, after those that stand beside it. */
  readonly overlays?: readonly string[];
  /** Whether references may lead out of the folder of the document, or of the folder that was named; not by default. */
  readonly allowOutside?: boolean;
  /** Whether documents and references may be URLs; not by default. What they hold must be among `texts`. */
  readonly allowRemote?: boolean;
  /** What `fetchTexts` read ahead. */
  readonly texts?: Texts;
  /** Told of each URL that is needed, and is not among `texts`. */
  readonly onMissing?: (url: string) => void;
}

/**
 * Reads OpenAPI documents. A path is a document (JSON, YAML, or a Markdown docs page), a folder, a glob, a URL, or `-` for
 * standard input. A folder with an `openapi.yaml` is one API named after the folder; otherwise each document in it, and in
 * its folders, is an API. Files that a document refers to are read with it.
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
    gather(() => findDocuments(path)).flatMap((found) =>
      gather(() => [load(found, (name) => nameFor(name, taken), options) ?? []].flat()),
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

function load(found: Found, claim: (name: string) => string, options: LoadOptions): Description | undefined {
  const { file, certain } = found;
  const { overlays = [], texts = new Map() } = options;
  const source = certain ? readDocument(file, options) : tryReading(file);
  if (!source || (!certain && !speaksOpenApi(source.value))) return undefined;
  const name = claim(found.name);
  const diagnostics: Diagnostic[] = [...source.warnings];
  const origins: Origins = new WeakMap();
  checkVersion(source.value, source);
  const beside = overlaysBeside(file);
  const applied: Source[] = [];
  let root: unknown = source.value;
  for (const path of [...beside, ...overlays]) {
    const overlay = readSource(path, readText(path, texts));
    const document = readOverlay(overlay);
    if (isForAnother(document.extends, path, file)) {
      if (beside.includes(path)) continue;
      diagnostics.push(forAnother(overlay, document.extends as string));
    }
    const result = applyOverlay({ root, source, origins }, overlay, document);
    applied.push(overlay);
    root = result.root;
    diagnostics.push(...result.diagnostics);
  }
  const version = checkVersion(root, source, diagnostics);
  const library: LibraryOptions = {
    allowOutside: options.allowOutside === true,
    allowRemote: options.allowRemote === true,
    texts,
    ...(options.onMissing && { onMissing: options.onMissing }),
  };
  const read = { root: root as JsonObject, version, source, origins };
  const linked = link(read, applied, createLibrary(file, found.folder, library));
  const converted = version === '2.0' ? convertSwagger(read) : undefined;
  return {
    name,
    file,
    ...read,
    ...(converted && { root: converted.root, version: converted.version }),
    files: [file, ...linked.files, ...applied.map((overlay) => overlay.file)],
    diagnostics: [...diagnostics, ...linked.diagnostics, ...(converted?.diagnostics ?? [])],
  };
}

function readDocument(file: string, { allowRemote, texts, onMissing }: LoadOptions): Source {
  if (isUrl(file) && allowRemote && !texts?.has(file)) {
    onMissing?.(file);
    throw DocumentError.at(
      { file, line: 1, column: 1 },
      'unreadable',
      "this can't be fetched",
      'correct the URL, or start what it leads to',
    );
  }
  return readSource(file, readText(file, texts));
}

/** A file that only happens to lie in the folder may be anything, and is passed over where it is not a document. */
function tryReading(file: string): Source | undefined {
  let text = '';
  try {
    text = readText(file);
    return readSource(file, text);
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    if (error.diagnostics.some(({ rule }) => rule === 'encoding'))
      text = readFileSync(file, 'latin1')
        .replaceAll('\0', '')
        .replace(/^(?:\xff\xfe|\xfe\xff)/, '');
    if (text !== '' && meansToBeDocument(file, text, error)) throw error;
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
  if (isUrl(file) || !existsSync(file)) return [];
  const beside = readdirSync(folder)
    .filter((name) => overlayFile.test(name))
    .sort();
  return beside.map((name) => join(folder, name));
}

/** An overlay that lies beside several documents may say which of them it `extends` (Overlay 1.1 §4.4.1). */
function isForAnother(reference: string | undefined, overlay: string, file: string): boolean {
  if (reference === undefined || /^[a-z][a-z0-9+.-]*:/i.test(reference)) return false;
  const path = decode(reference.replace(/[?#].*$/, ''));
  if (path === undefined || path === '') return false;
  const target = resolve(dirname(overlay), path);
  return existsSync(target) && target !== resolve(file);
}

/** Whoever names an overlay wants it applied, though perhaps not to this document. */
function forAnother(overlay: Source, reference: string): Diagnostic {
  return {
    severity: 'warning',
    rule: 'overlay-extends',
    message: `this overlay extends "${reference}", and is applied to another document`,
    advice: 'name it for that document only, or remove `extends`',
    place: overlay.locate(['extends']),
  };
}

function checkVersion(root: unknown, source: Source, diagnostics: Diagnostic[] = []): string {
  if (isObject(root) && !speaksOpenApi(root) && typeof root.overlay === 'string') {
    throw DocumentError.at(
      source.locate(['overlay']),
      'not-openapi',
      'this is an Overlay, not an OpenAPI document',
      `name the document, and this with --overlay${typeof root.extends === 'string' ? ` (it extends ${root.extends})` : ''}`,
    );
  }
  if (!isObject(root) || !speaksOpenApi(root)) {
    const found = isObject(root)
      ? `an object with ${Object.keys(root).slice(0, 4).join(', ') || 'nothing in it'}`
      : source.text.trim() === ''
        ? 'an empty file'
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
  if (field === 'swagger' && (version === '2.0' || version === 2)) return '2.0';
  if (typeof version !== 'string' || !/^3\.\d+(?:\.|$)/.test(version) || field === 'swagger') {
    throw DocumentError.at(
      source.locate([field]),
      'openapi-version',
      `expected an OpenAPI version, 2.0 or from 3.0 to 3.2, as a string, found ${describeValue(version)}`,
      versionAdvice(field, String(version)),
    );
  }
  if (!/^3\.[0-2](?:\.|$)/.test(version))
    diagnostics.push({
      severity: 'warning',
      rule: 'openapi-version',
      message: `OpenAPI ${version} is newer than what is known here`,
      advice: 'it is read as OpenAPI 3.2',
      place: source.locate([field]),
      pointer: `/${field}`,
    });
  return version;
}

function versionAdvice(field: 'openapi' | 'swagger', version: string): string {
  if (field === 'swagger') return 'write `openapi: 3.x.y`, or convert the document to OpenAPI 3';
  if (version === '3') return 'say which: `openapi: "3.1.1"`';
  if (/^3(?:\.\d+)?$/.test(version)) return `put it in quotes: \`openapi: "${version}.0"\``;
  return /^[4-9]/.test(version) ? 'write the document in OpenAPI 3.2 or before' : 'convert the document to OpenAPI 3';
}
