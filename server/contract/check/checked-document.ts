import {
  type Description,
  DocumentError,
  isObject,
  type JsonObject,
  type Resolved,
  resolve,
  toPointer,
} from '../../documents/index.js';
import { lazy } from '../lazy.js';
import { createValidators, flatten, type Validators } from '../schema/index.js';
import { type Endpoint, findEndpoints } from './endpoints.js';
import { type ClassifiedExample, classifyExamples } from './examples.js';
import { findParts, type Parts } from './parts.js';

/** A description as the rules see it: nothing here throws for what is wrong with the document. */
export interface CheckedDocument {
  readonly description: Description;
  /** Whether the schemas are of OpenAPI 3.0 or before it: not quite JSON Schema. */
  readonly is30: boolean;
  readonly parts: Parts;
  /** The operations of `paths`, by the way of their path. */
  readonly endpoints: readonly Endpoint[];
  readonly validators: Validators;
  readonly examples: () => readonly ClassifiedExample[];
  /** The object behind any `$ref`s; `undefined` where there is none. */
  readonly follow: (value: unknown, pointer: string) => (Resolved & { readonly value: JsonObject }) | undefined;
  /** The keywords of a schema, with those of its `$ref` and `allOf`. */
  readonly flatten: (schema: unknown, pointer: string) => JsonObject;
}

export function openForCheck(description: Description): CheckedDocument {
  const parts = findParts(description);
  const follow: CheckedDocument['follow'] = (value, pointer) => {
    try {
      const resolved = resolve(description, value, pointer);
      return isObject(resolved.value) ? { value: resolved.value, pointer: resolved.pointer } : undefined;
    } catch (error) {
      if (error instanceof DocumentError) return undefined;
      throw error;
    }
  };
  const document: CheckedDocument = {
    description,
    is30: !/^3\.[1-9]/.test(description.version),
    parts,
    endpoints: findEndpoints(description, follow),
    validators: createValidators(description),
    examples: lazy(() => classifyExamples(document)),
    follow,
    flatten: (schema, pointer) => flatten(description, { schema, pointer }),
  };
  return document;
}

/** The members of a map of objects, behind their `$ref`s, with the names they have. */
export function* membersOf(
  document: CheckedDocument,
  map: unknown,
  pointer: string,
): Iterable<Resolved & { readonly value: JsonObject; readonly name: string; readonly at: string }> {
  for (const [name, entry] of Object.entries(isObject(map) ? map : {})) {
    const at = `${pointer}${toPointer([name])}`;
    const found = document.follow(entry, at);
    if (found) yield { ...found, name, at };
  }
}
