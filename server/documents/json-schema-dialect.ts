import type { Origin, Origins } from './description.js';
import { isObject } from './json.js';

const drafts = new Map([
  ['http://json-schema.org/draft-04/schema', 4],
  ['http://json-schema.org/draft-06/schema', 6],
  ['http://json-schema.org/draft-07/schema', 7],
  ['https://json-schema.org/draft/2019-09/schema', 2019],
]);
const current =
  /^https?:\/\/(?:json-schema\.org\/draft\/2020-12\/schema|spec\.openapis\.org\/oas\/3\.\d+\/(?:dialect|schema-base)\/\S+)$/;

const nameOf = (dialect: string) =>
  dialect.replace(/#$/, '').replace(/^https(?=:\/\/json-schema\.org\/draft-0)/, 'http');

/** Whether schemas of this dialect are understood, as they are or translated. */
export const knownDialect = (dialect: string): boolean => current.test(nameOf(dialect)) || isLegacyDialect(dialect);

/** Whether it is a dialect before JSON Schema 2020-12. */
export const isLegacyDialect = (dialect: string): boolean => drafts.has(nameOf(dialect));

type Schema = Record<string, unknown>;

/**
 * Says in JSON Schema 2020-12 what one schema, not those in it, says in an earlier draft; in place. What moves keeps its
 * place in the file.
 */
export function modernise(schema: Schema, dialect: string, origin: Origin, origins: Origins): void {
  const draft = drafts.get(nameOf(dialect)) ?? 2019;
  const move = (from: string, to: string) => {
    const written = origins.get(schema) ?? new Map<string, Origin>();
    written.set(to, written.get(from) ?? { source: origin.source, keys: [...origin.keys, from] });
    written.delete(from);
    origins.set(schema, written);
    schema[to] = schema[from];
    delete schema[from];
  };
  if (draft <= 7 && typeof schema.$ref === 'string')
    // Draft 4 to 7, §8.3 of draft 7: all other members of an object with `$ref` are ignored.
    for (const keyword of Object.keys(schema)) if (!keptBesideReference.has(keyword)) delete schema[keyword];
  if (draft === 4) {
    for (const [flag, bound] of [
      ['exclusiveMinimum', 'minimum'],
      ['exclusiveMaximum', 'maximum'],
    ] as const) {
      if (schema[flag] === true && schema[bound] !== undefined) move(bound, flag);
      else if (typeof schema[flag] === 'boolean') delete schema[flag];
    }
    delete schema.id;
  }
  if (Array.isArray(schema.items)) {
    move('items', 'prefixItems');
    if ('additionalItems' in schema) move('additionalItems', 'items');
  }
  delete schema.additionalItems;
  if (isObject(schema.dependencies)) {
    for (const [name, value] of Object.entries(schema.dependencies)) {
      const keyword = Array.isArray(value) ? 'dependentRequired' : 'dependentSchemas';
      schema[keyword] ??= {};
      (schema[keyword] as Schema)[name] = value;
      const place = { source: origin.source, keys: [...origin.keys, 'dependencies'] };
      origins.set(schema, (origins.get(schema) ?? new Map()).set(keyword, place));
    }
    delete schema.dependencies;
  }
}

/** Schemas that stand beside a reference are not part of it, but others may refer to them. */
const keptBesideReference = new Set(['$ref', '$defs', 'definitions', 'title', 'description']);
