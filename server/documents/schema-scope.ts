import { isObject } from './json.js';
import type { File } from './linked-files.js';
import { toUri } from './uri.js';

/** What holds at a place of a file (JSON Schema 2020-12 §8.1.1, §8.2.1). */
interface SchemaScope {
  /** What relative references are relative to. */
  readonly base: string;
  /** Of the nearest schema around it that has an `$id`; else of the file. */
  readonly keys: readonly string[];
  /** The nearest `$schema`, else the dialect of the document. */
  readonly dialect?: string;
}

/** The base URI, the identified resource and the dialect that hold at a place of a file. */
export function scopeOf(file: File, keys: readonly string[], dialectOfDocument?: unknown): SchemaScope {
  let base = file.uri;
  let resource: readonly string[] = [];
  let dialect = typeof dialectOfDocument === 'string' ? dialectOfDocument : undefined;
  let value: unknown = file.root;
  for (let depth = 0; ; depth++) {
    if (isObject(value)) {
      if (typeof value.$id === 'string' && !value.$id.startsWith('#')) {
        base = toUri(value.$id, base) ?? base;
        resource = keys.slice(0, depth);
      }
      if (typeof value.$schema === 'string') dialect = value.$schema;
    }
    const key = keys[depth];
    if (key === undefined) return { base, keys: resource, ...(dialect !== undefined && { dialect }) };
    value = (value as Record<string, unknown> | undefined)?.[key];
  }
}
