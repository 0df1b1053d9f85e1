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
  // Every reference is a pointer by now, so that nothing needs a name; two directions would share it.
  '$schema',
  '$id',
  'id',
  '$anchor',
  '$dynamicAnchor',
  '$recursiveAnchor',
  '$vocabulary',
]);

export interface Translation {
  /** OpenAPI 3.0: `nullable`, boolean `exclusiveMinimum`, siblings of `$ref` ignored. */
  readonly is30: boolean;
  readonly direction: Direction;
  /** The key that a `$ref` of the document is known by to the validator; `undefined` where it leads nowhere. */
  readonly keyOf: (reference: string) => string | undefined;
  /** The schema behind a `$ref`, to look for `readOnly` on it. */
  readonly target: (schema: unknown) => unknown;
  /** Names of properties that are not sent in this direction, as schemas around this one (by `allOf`) have it. */
  readonly unsent?: ReadonlySet<string>;
}

/** A schema of the document in the one dialect that is validated: JSON Schema 2020-12, without annotations. */
export function translate(schema: unknown, translation: Translation): unknown {
  if (!isObject(schema)) return schema !== false;
  const { is30, keyOf } = translation;
  const { unsent: _, ...inner } = translation;
  const unsent = new Set([...(translation.unsent ?? []), ...unsentProperties(schema, translation)]);
  const out: Record<string, unknown> = {};
  if (typeof schema.$ref === 'string') {
    const key = keyOf(schema.$ref);
    if (key !== undefined) out.$ref = key;
    if (is30) return out;
  }
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword === '$ref' || annotations.has(keyword) || keyword.startsWith('x-')) continue;
    if (one.includes(keyword)) out[keyword] = Array.isArray(value) ? true : translate(value, inner);
    else if (list.includes(keyword)) {
      if (Array.isArray(value) && value.length > 0)
        out[keyword] = value.map((member) =>
          translate(member, keyword === 'prefixItems' ? inner : { ...inner, unsent }),
        );
    } else if (named.includes(keyword)) {
      if (isObject(value))
        out[keyword] = Object.fromEntries(
          Object.entries(value).map(([name, member]) => [name, translate(member, inner)]),
        );
    } else out[keyword] = value;
  }
  if (Array.isArray(out.required)) out.required = out.required.filter((name) => !unsent.has(name));
  if (is30) fromOpenApi30(out, schema);
  return out;
}

/** Deeper than this, schemas that are said by `allOf` and `$ref` to be part of another are circles. */
const partsMax = 8;

/** A schema, and those that it says hold of the same value. */
function partsOf(schema: unknown, target: Translation['target'], depth = 0): JsonObject[] {
  if (!isObject(schema) || depth > partsMax) return [];
  const members = [...(Array.isArray(schema.allOf) ? schema.allOf : []), ...('$ref' in schema ? [target(schema)] : [])];
  return [schema, ...members.flatMap((member) => partsOf(member, target, depth + 1))];
}

/**
 * Names of the properties that are not sent: a required `readOnly` one need not be in a request, a required `writeOnly` one
 * not in a response (OpenAPI 3.0.4 §4.7.24, 3.1 §4.8.24).
 */
function unsentProperties(schema: JsonObject, { direction, target }: Translation): string[] {
  const marker = direction === 'request' ? 'readOnly' : 'writeOnly';
  return partsOf(schema, target).flatMap(({ properties }) =>
    Object.entries(isObject(properties) ? properties : {}).flatMap(([name, property]) =>
      partsOf(property, target).some((part) => part[marker] === true) ? [name] : [],
    ),
  );
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
    const composed = ['allOf', 'anyOf', 'oneOf'].filter((keyword) => keyword in out);
    if (composed.length > 0) {
      const alternative = Object.fromEntries(composed.map((keyword) => [keyword, out[keyword]]));
      for (const keyword of composed) delete out[keyword];
      out.anyOf = [{ type: 'null' }, alternative];
    }
  }
}
