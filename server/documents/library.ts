import { isUtf8 } from 'node:buffer';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { DocumentError } from './document-error.js';
import { isUrl, readSource, standardInput, type Texts } from './read-source.js';
import type { Source } from './source.js';

export interface LibraryOptions {
  /** References may lead out of the document's folder tree. */
  readonly allowOutside: boolean;
  /** References may lead to URLs. */
  readonly allowRemote: boolean;
  readonly texts: Texts;
  /** Told of each URL that is not among the texts. */
  readonly onMissing?: (url: string) => void;
}

/** Why a file that a reference names is not read. */
export interface Refusal {
  readonly rule: 'reference-outside' | 'reference-remote' | 'unresolved-reference';
  readonly message: string;
  readonly advice: string;
  /** Whether there is such a file, and it is no text. */
  readonly isBinary?: true;
}

/** The files that the references of one document lead to, each read once. */
export interface Library {
  /** The URI that references in the document are relative to. */
  readonly base: string;
  readonly read: (uri: string) => Source | Refusal;
  readonly readText: (uri: string) => { readonly source: Source; readonly text: string } | Refusal;
}

/** @param folder the folder that was named, or the document's own: what is below it may be read. */
export function createLibrary(file: string, folder: string, options: LibraryOptions): Library {
  const { allowOutside, allowRemote, texts, onMissing } = options;
  const path = resolve(file === standardInput ? 'stdin' : file);
  const tree = isUrl(file) ? undefined : realpathSync(folder);
  const sources = new Map<string, Source | Refusal>();
  const readings = new Map<string, { file: string; text: string } | Refusal>();

  /** A reference to JSON Schema itself needs no fetching: what is meant is any schema. */
  function metaschema(uri: string): Source | undefined {
    if (!/^https?:\/\/json-schema\.org\/(?:draft-0\d|draft\/20\d\d-\d\d)\/(?:hyper-)?schema$/.test(uri))
      return undefined;
    const value = { anyOf: [{ type: 'object' }, { type: 'boolean' }] };
    return { file: uri, text: '', value, warnings: [], locate: () => ({ file: uri, line: 1, column: 1 }) };
  }

  function text(uri: string): { file: string; text: string } | Refusal {
    if (isUrl(uri)) return remote(uri);
    if (!uri.startsWith('file:'))
      return unresolved(`"${uri}" is neither a file nor a URL that can be fetched`, 'name a file, or an http(s) URL');
    return local(uri);
  }

  function remote(uri: string): { file: string; text: string } | Refusal {
    if (!allowRemote)
      return {
        rule: 'reference-remote',
        message: `"${uri}" is elsewhere, and is not fetched unasked`,
        advice: 'allow it with --allow-remote, or keep a copy beside the document',
      };
    const known = texts.get(uri);
    if (known !== undefined) return { file: uri, text: known };
    onMissing?.(uri);
    return unresolved(`"${uri}" can't be fetched`, 'correct the reference');
  }

  function local(uri: string): { file: string; text: string } | Refusal {
    let target: string;
    try {
      target = fileURLToPath(uri);
    } catch {
      return unresolved(`"${uri}" is no file`, 'correct the reference');
    }
    const shown = isUrl(file)
      ? target
      : join(dirname(file === standardInput ? '.' : file), relative(dirname(path), target));
    if (!allowOutside && !isInside(target, tree))
      return {
        rule: 'reference-outside',
        message: `"${shown}" is outside the folder of the document`,
        advice: 'allow it with --allow-outside, or name a folder that holds both',
      };
    if (!existsSync(target)) return unresolved(`there is no file "${shown}"`, 'correct the reference, or add the file');
    try {
      const bytes = readFileSync(target);
      if (!isUtf8(bytes))
        return { ...unresolved(`"${shown}" is no text`, 'refer to JSON, YAML or text in UTF-8'), isBinary: true };
      return { file: shown, text: bytes.toString('utf8') };
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      return unresolved(`"${shown}" can't be read (${code ?? message})`, 'correct the reference');
    }
  }

  const reading = (uri: string) => remember(readings, uri, text);
  return {
    base: isUrl(file) ? file : pathToFileURL(path).href,
    readText: (uri) => {
      const found = reading(uri);
      if ('rule' in found) return found;
      const { file: name, text: content } = found;
      const locate = () => ({ file: name, line: 1, column: 1 });
      return { text: content, source: { file: name, value: content, text: content, warnings: [], locate } };
    },
    read: (uri) =>
      remember(sources, uri, () => {
        const known = metaschema(uri);
        if (known) return known;
        const found = reading(uri);
        if ('rule' in found) return found;
        try {
          return readSource(found.file, found.text);
        } catch (error) {
          if (!(error instanceof DocumentError)) throw error;
          return unresolved(error.message.replace(/; .*/, ''), 'correct that file');
        }
      }),
  };
}

/** What a reference that leads nowhere is told. */
export const unresolved = (message: string, advice: string): Refusal => ({
  rule: 'unresolved-reference',
  message,
  advice,
});

function remember<T>(known: Map<string, T>, key: string, make: (key: string) => T): T {
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = make(key);
  known.set(key, made);
  return made;
}

/** Also by its real path: a link inside may lead outside. */
function isInside(target: string, tree: string | undefined): boolean {
  if (tree === undefined) return false;
  const within = (path: string) => path === tree || path.startsWith(tree.endsWith(sep) ? tree : tree + sep);
  try {
    return within(realpathSync(target));
  } catch {
    // What is not there has no real path; its folder may have one.
    try {
      return within(join(realpathSync(dirname(target)), 'x'));
    } catch {
      return within(resolve(target));
    }
  }
}
