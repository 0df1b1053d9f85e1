export type KeywordForm = readonly [what: string, holds: (value: unknown) => boolean];

const count: KeywordForm = ['a whole number from 0', (value) => Number.isInteger(value) && (value as number) >= 0];
const number: KeywordForm = ['a number', (value) => typeof value === 'number'];
const bound: KeywordForm = [
  'a number (in OpenAPI 3.0, true or false)',
  (value) => typeof value === 'number' || typeof value === 'boolean',
];
const flag: KeywordForm = ['true or false', (value) => typeof value === 'boolean'];
const text: KeywordForm = ['a string', (value) => typeof value === 'string'];
const list: KeywordForm = ['a list', Array.isArray];
const names: KeywordForm = [
  'a list of strings',
  (value) => Array.isArray(value) && value.every((name) => typeof name === 'string'),
];
const schemas: KeywordForm = ['a list with at least one schema', (value) => Array.isArray(value) && value.length > 0];

/** What the value of a keyword must be (JSON Schema 2020-12, OpenAPI 3.0.4 §4.7.24). Keywords that hold schemas are parts of the grammar. */
export const keywordForms: Readonly<Record<string, KeywordForm>> = {
  minLength: count,
  maxLength: count,
  minItems: count,
  maxItems: count,
  minProperties: count,
  maxProperties: count,
  minContains: count,
  maxContains: count,
  minimum: number,
  maximum: number,
  exclusiveMinimum: bound,
  exclusiveMaximum: bound,
  multipleOf: ['a number above 0', (value) => typeof value === 'number' && value > 0],
  uniqueItems: flag,
  nullable: flag,
  readOnly: flag,
  writeOnly: flag,
  deprecated: flag,
  pattern: text,
  format: text,
  required: names,
  enum: list,
  allOf: schemas,
  anyOf: schemas,
  oneOf: schemas,
};

export const jsonTypes: readonly string[] = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'];

/**
 * Takes out of a schema what has no meaning, and says what: one keyword of the wrong form should not make the rest count for
 * nothing.
 */
export function dropMalformed(schema: Record<string, unknown>): string[] {
  const found: string[] = [];
  for (const keyword of Object.keys(schema)) {
    const form = Object.hasOwn(keywordForms, keyword) ? keywordForms[keyword] : undefined;
    if (!form || form[1](schema[keyword])) continue;
    found.push(`\`${keyword}\` must be ${form[0]}`);
    delete schema[keyword];
  }
  if (schema.type === undefined) return found;
  const known = [schema.type].flat().filter((type) => jsonTypes.includes(type as string));
  if (known.length < [schema.type].flat().length) found.push(`\`type\` must be one of ${jsonTypes.join(', ')}`);
  if (known.length === 0) delete schema.type;
  else if (Array.isArray(schema.type)) schema.type = known;
  return found;
}
