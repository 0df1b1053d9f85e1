import { basename, extname } from 'node:path';
import type { Description } from './description.js';
import type { Diagnostic } from './diagnostic.js';
import type { JsonObject } from './json.js';
import type { Library, Refusal } from './library.js';
import type { Source } from './source.js';
import { decode } from './uri.js';

/** The member of the root that holds each other file which the document refers to, whole. */
export const filesMember = 'x-standin-files';

/** A `$schema` that is not the dialect of OpenAPI 3.1 or JSON Schema 2020-12. */
const otherDialect =
  /\$schema["']?\s*:(?!\s*(?:["']?https?:\/\/(?:json-schema\.org\/draft\/2020-12|spec\.openapis\.org\/oas\/3)|\{))/;

/** A description before its references are linked. */
export type Linkable = Pick<Description, 'root' | 'source' | 'origins' | 'version'>;

/** The document, or another file that it refers to. */
export interface File {
  readonly uri: string;
  readonly root: unknown;
  /** The keys that it is found under from the root of the description on. */
  readonly prefix: readonly string[];
  readonly source: Source;
  readonly hasDialects: boolean;
  readonly hasIdentifiers: boolean;
}

/** A place in a file. */
export interface Target {
  readonly file: File;
  readonly keys: readonly string[];
}

export interface LinkedFiles {
  readonly document: File;
  /** The file of a URI, read when it is first asked for. */
  readonly open: (uri: string) => File | Refusal;
  /** The names of those that were opened. */
  readonly opened: () => string[];
}

/** Puts each file that is opened under a member of the root, whole. What its text is warned of goes to `diagnostics`. */
export function createLinkedFiles(
  { root, source, origins }: Linkable,
  library: Library,
  diagnostics: Diagnostic[],
): LinkedFiles {
  const document: File = { uri: library.base, root, prefix: [], ...textOf(source) };
  const files = new Map([[document.uri, document]]);

  function open(uri: string): File | Refusal {
    const known = files.get(uri);
    if (known) return known;
    const opened = library.read(uri);
    if ('rule' in opened) return opened;
    const holder = root as Record<string, unknown>;
    holder[filesMember] ??= {};
    const embedded = holder[filesMember] as Record<string, unknown>;
    const name = nameFor(uri, embedded);
    embedded[name] = opened.value;
    const places = origins.get(embedded) ?? new Map();
    origins.set(embedded, places.set(name, { source: opened, keys: [] }));
    const file: File = { uri, root: opened.value, prefix: [filesMember, name], ...textOf(opened) };
    files.set(uri, file);
    diagnostics.push(...opened.warnings);
    return file;
  }

  return {
    document,
    open,
    opened: () => [...files.values()].filter((file) => file !== document).map((file) => file.source.file),
  };
}

const textOf = (source: Source) => ({
  source,
  hasDialects: otherDialect.test(source.text),
  hasIdentifiers: source.text.includes('$id') || source.text.includes('\\u0024'),
});

/** `file:///a/schemas/User.yaml` is known as `User`; what is taken gets a number. */
function nameFor(uri: string, taken: JsonObject): string {
  const file = decode(new URL(uri).pathname) ?? '';
  const stem = basename(file, extname(file)).replace(/[^\w.-]+/g, '-') || 'file';
  let name = stem;
  for (let count = 2; name in taken; count++) name = `${stem}-${count}`;
  return name;
}
