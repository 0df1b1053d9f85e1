import { isObject, type JsonObject } from '../../documents/index.js';

/** Which side of the exchange a schema is read for: `readOnly` and `writeOnly` mean something on one of them. */
export type Direction = 'request' | 'response';

const one = [
  'items',
  'additionalProperties',
  'additionalItems',
  'not',
  'if',
  'then',
  'else',
  'contains',
  'propertyNames',
  'unevaluatedItems',
  'unevaluatedProperties',
];
const list = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const named = ['properties', 'patternProperties', 'dependentSchemas', '$defs', 'definitions'];
/** Annotations, and what OpenAPI adds: nothing a validator decides on. */
const annotations = new Set([
  'title',
  'description',
  'default',
  'example',
  'examples',
  'deprecated',
  'discriminator',
  'xml',
  'externalDocs',
  'nullable',
  '$comment',
  '$schema',
]);

export interface Translation {
  /** OpenAPI 3.0: `nullable`, boolean `exclusiveMinimum`, siblings of `$ref` ignored. */
  readonly is30: boolean;
  readonly direction: Direction;
  /** The key that a `$ref` of the document is known by to the validator; `undefined` where it leads nowhere. */
  readonly keyOf: (reference: string) => string | undefined;
  /** The schema behind a `$ref`, to look for `readOnly` on it. */
  readonly target: (schema: unknown) => unknown;
}

/** A schema of the document in the one dialect that is validated: JSON Schema 2020-12, without annotations. */
export function translate(schema: unknown, translation: Translation): unknown {
  if (!isObject(schema)) return schema !== false;
  const { is30, keyOf } = translation;
  const out: Record<string, unknown> = {};
  if (typeof schema.$ref === 'string') {
    const key = keyOf(schema.$ref);
    if (key !== undefined) out.$ref = key;
    if (is30) return out;
  }
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword === '$ref' || annotations.has(keyword) || keyword.startsWith('x-')) continue;
    if (one.includes(keyword)) out[keyword] = Array.isArray(value) ? true : translate(value, translation);
    else if (list.includes(keyword)) {
      if (Array.isArray(value) && value.length > 0)
        out[keyword] = value.map((member) => translate(member, translation));
    } else if (named.includes(keyword)) {
      if (isObject(value))
        out[keyword] = Object.fromEntries(
          Object.entries(value).map(([name, member]) => [name, translate(member, translation)]),
        );
    } else out[keyword] = value;
  }
  requireOnlyWhatIsSent(out, schema, translation);
  if (is30) fromOpenApi30(out, schema);
  return out;
}

/** A required `readOnly` property need not be sent, a required `writeOnly` one not be returned (OpenAPI 3.0.4 §4.7.24, 3.1 §4.8.24). */
function requireOnlyWhatIsSent(
  out: Record<string, unknown>,
  schema: JsonObject,
  { direction, target }: Translation,
): void {
  if (!Array.isArray(out.required)) return;
  const { properties } = schema;
  if (!isObject(properties)) return;
  const marker = direction === 'request' ? 'readOnly' : 'writeOnly';
  out.required = out.required.filter((name) => {
    const property = target(properties[name as string]);
    return !(isObject(property) && property[marker] === true);
  });
}

/** What OpenAPI 3.0 says differently (3.0.4 §4.7.24). */
function fromOpenApi30(out: Record<string, unknown>, schema: JsonObject): void {
  for (const [flag, bound] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ] as const) {
    if (out[flag] === true && out[bound] !== undefined) {
      out[flag] = out[bound];
      delete out[bound];
    } else if (typeof out[flag] === 'boolean') delete out[flag];
  }
  if (schema.nullable === true) {
    if (typeof out.type === 'string') out.type = [out.type, 'null'];
    if (Array.isArray(out.enum) && !out.enum.includes(null)) out.enum = [...out.enum, null];
    for (const keyword of ['allOf', 'anyOf', 'oneOf']) {
      if (!Array.isArray(out[keyword])) continue;
      const composed = { [keyword]: out[keyword] };
      delete out[keyword];
      const alternatives = [{ type: 'null' }, composed];
      out.anyOf = out.anyOf ? [{ type: 'null' }, { allOf: [{ anyOf: out.anyOf }, composed] }] : alternatives;
    }
  }
}
