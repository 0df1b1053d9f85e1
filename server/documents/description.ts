import type { Diagnostic, Severity } from './diagnostic.js';
import { DocumentError } from './document-error.js';
import { isObject, type JsonObject } from './json.js';
import type { Place } from './place.js';
import { fromPointer, valueAt } from './pointer.js';
import type { Source } from './source.js';

/** Where a value that an overlay wrote comes from. */
export interface Origin {
  readonly source: Source;
  readonly keys: readonly string[];
}

/** What overlays wrote: for an object or list of the description, its members that came from elsewhere. */
export type Origins = WeakMap<object, Map<string, Origin>>;

/** One OpenAPI description: read, overlaid, and still able to say where each of its values stands. */
export interface Description {
  /** Short name, fit for a URL segment: `prelude`. */
  readonly name: string;
  readonly file: string;
  readonly root: JsonObject;
  /** The `openapi` or `swagger` field. */
  readonly version: string;
  /** Each file it was read from, overlays included. */
  readonly files: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
  readonly source: Source;
  readonly origins: Origins;
}

/** The place of the value at a pointer, in the file that gave it: the document's, or an overlay's. */
export function locate(description: Pick<Description, 'root' | 'source' | 'origins'>, pointer: string): Place {
  const found = originOf(description, fromPointer(pointer));
  return found.source.locate(found.keys);
}

/** Where the value at `keys` of a description comes from. */
export function originOf(
  { root, source, origins }: { readonly root: unknown; readonly source: Source; readonly origins: Origins },
  keys: readonly string[],
): Origin {
  let origin: Origin = { source, keys: [] };
  let value: unknown = root;
  for (const key of keys) {
    const written = typeof value === 'object' && value !== null ? origins.get(value)?.get(key) : undefined;
    origin = written ?? { source: origin.source, keys: [...origin.keys, key] };
    value = (value as Record<string, unknown> | null | undefined)?.[key];
  }
  return origin;
}

/** A diagnostic at a pointer of a description. */
export function diagnose(
  description: Pick<Description, 'root' | 'source' | 'origins'>,
  pointer: string,
  severity: Severity,
  rule: string,
  message: string,
  advice?: string,
): Diagnostic {
  return { severity, rule, message, place: locate(description, pointer), pointer, ...(advice && { advice }) };
}

/** A value with the pointer it stands at, after every `$ref` on the way was followed. */
export interface Resolved {
  readonly value: unknown;
  readonly pointer: string;
}

/**
 * Follows `$ref`s from a value that is not a schema until something else stands there. Members beside a `$ref` that the
 * standard lets override (`summary`, `description`) are left alone: nothing here reads them.
 *
 * @throws DocumentError where a reference leads nowhere, in a circle, or out of the document.
 */
export function resolve(description: Description, value: unknown, pointer: string): Resolved {
  const seen = new Set<string>();
  let current: Resolved = { value, pointer };
  while (isObject(current.value) && typeof current.value.$ref === 'string') {
    const { $ref } = current.value;
    const at = `${current.pointer}/$ref`;
    const fail = (message: string, advice: string) =>
      new DocumentError([diagnose(description, at, 'error', 'unresolved-reference', message, advice)]);
    // Linking has said already why it leads nowhere.
    const known = description.diagnostics.find(({ pointer: found }) => found === at);
    if (known) throw new DocumentError([known]);
    if (seen.has($ref)) throw fail(`"${$ref}" leads back to itself`, 'break the circle');
    seen.add($ref);
    const target = $ref.startsWith('#') ? pointerOf($ref) : undefined;
    const found = target === undefined ? undefined : valueAt(description.root, target);
    if (found === undefined) throw fail(`"${$ref}" leads nowhere`, 'correct the reference, or add what it names');
    current = { value: found, pointer: target as string };
  }
  return current;
}

/** The JSON Pointer in a URI fragment (`#/a~1b%20c`); `undefined` where the fragment is not a pointer. */
export function pointerOf(reference: string): string | undefined {
  const fragment = reference.slice(1);
  if (fragment !== '' && !fragment.startsWith('/')) return undefined;
  try {
    return decodeURIComponent(fragment);
  } catch {
    return undefined;
  }
}
