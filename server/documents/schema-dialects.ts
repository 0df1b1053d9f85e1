import { diagnose, type Origin, originOf } from './description.js';
import type { Diagnostic } from './diagnostic.js';
import { isLegacyDialect, knownDialect, modernise } from './json-schema-dialect.js';
import type { File, Linkable } from './linked-files.js';
import { toPointer } from './pointer.js';
import { scopeOf } from './schema-scope.js';

interface SchemaDialects {
  /** Takes note of the dialect of a schema, where it may have one of its own. */
  readonly note: (file: File, schema: Record<string, unknown>, keys: () => readonly string[]) => void;
  /** Rewrites the schemas noted that are of an older dialect. */
  readonly modernise: () => void;
}

/** Reads `jsonSchemaDialect` and `$schema` (OpenAPI 3.1.1 §4.8.24.5); of each dialect that is not known it warns once. */
export function createSchemaDialects(description: Linkable, diagnostics: Diagnostic[]): SchemaDialects {
  const { jsonSchemaDialect } = description.root;
  const legacy: { schema: Record<string, unknown>; dialect: string; origin: Origin }[] = [];
  const unknown = new Set<string>();
  const isSilent = /^(?:2|3\.0)/.test(description.version);
  if (!isSilent && typeof jsonSchemaDialect === 'string') warnOf(jsonSchemaDialect, '/jsonSchemaDialect');

  function warnOf(dialect: string, pointer: string): void {
    if (knownDialect(dialect) || unknown.has(dialect)) return;
    unknown.add(dialect);
    diagnostics.push(
      diagnose(
        description,
        pointer,
        'warning',
        'unknown-dialect',
        `the JSON Schema dialect "${dialect}" is not known`,
        'its schemas are read as JSON Schema 2020-12',
      ),
    );
  }

  return {
    note: (file, schema, keys) => {
      if (isSilent || (!file.hasDialects && jsonSchemaDialect === undefined)) return;
      const { dialect } = scopeOf(file, keys(), jsonSchemaDialect);
      if (dialect === undefined) return;
      const at = [...file.prefix, ...keys()];
      if (typeof schema.$schema === 'string') warnOf(dialect, toPointer([...at, '$schema']));
      if (isLegacyDialect(dialect)) legacy.push({ schema, dialect, origin: originOf(description, at) });
    },
    modernise: () => {
      for (const { schema, dialect, origin } of legacy) modernise(schema, dialect, origin, description.origins);
    },
  };
}
