import { isObject, type JsonObject, toPointer } from '../../documents/index.js';
import { closedApart, opened } from './closed-apart.js';
import { dropMalformed } from './keyword-forms.js';
import { partsOf, type Target } from './parts-of.js';

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
  // What a string holds is not looked into (JSON Schema 2020-12 Validation §8.1).
  'contentEncoding',
  'contentMediaType',
  'contentSchema',
  // Every reference is a pointer by now, so that nothing needs a name; two directions would share it.
  '$schema',
  '$id',
  'id',
  '$anchor',
  '$dynamicAnchor',
  '$recursiveAnchor',
  '$vocabulary',
]);

/**
 * How `additionalProperties: false` is read: `together` with the other parts of a schema, where they would exclude each
 * other otherwise; as `open`, in such a part; to the letter.
 */
export type Reading = 'together' | 'open' | 'literal';

export interface Translation {
  /** OpenAPI 3.0: `nullable`, boolean `exclusiveMinimum`, siblings of `$ref` ignored. */
  readonly is30: boolean;
  readonly direction: Direction;
  readonly reading: Reading;
  /**
   * The key that a `$ref` of the document is known by to the validator; `undefined` where it leads nowhere.
   *
   * @param isInPlace whether the schema with the `$ref` is applied to the very value that the one translated is
   */
  readonly keyOf: (reference: string, reading: Reading, isInPlace: boolean) => string | undefined;
  /** The schema behind a `$ref`, to look for `readOnly` on it. */
  readonly target: Target;
  /** Told of each schema whose parts are closed against each other, and are taken as closed together. */
  readonly onClosedApart: (pointer: string, names: readonly string[]) => void;
  /** Told of keywords that are left out, for they are not of the form they must be. */
  readonly onMalformed?: (pointer: string, faults: readonly string[]) => void;
  /** Told when a schema speaks of a property that every object of JavaScript inherits (`constructor`). */
  readonly onInheritedName?: () => void;
  /** Names of properties that are not sent in this direction, as schemas around this one (by `allOf`) have it. */
  readonly unsent?: ReadonlySet<string>;
}

/** Keywords whose schemas are applied to the same value as the schema that they stand in. */
const inPlace = new Set(['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else', 'dependentSchemas']);
/** What they say is turned round: to accept more there would be to accept less. */
const inverted = new Set(['not', 'if']);

/** A schema of the document in the one dialect that is validated: JSON Schema 2020-12, without annotations. */
export function translate(schema: unknown, translation: Translation, pointer = '', isInPlace = true): unknown {
  if (!isObject(schema)) return schema !== false;
  const { is30, keyOf, target, onClosedApart } = translation;
  const unsent = new Set([...(translation.unsent ?? []), ...unsentProperties(schema, translation)]);
  const apart =
    translation.reading === 'together' ? closedApart(schema, target, is30, (name) => unsent.has(name)) : undefined;
  const reading = apart ? 'open' : translation.reading;
  const out: Record<string, unknown> = {};
  if (typeof schema.$ref === 'string') {
    const key = keyOf(schema.$ref, reading, isInPlace);
    if (key !== undefined) out.$ref = key;
    if (is30) return out;
  }
  const { unsent: _, ...outside } = translation;
  const inner = (value: unknown, keyword: string, ...keys: (string | number)[]) => {
    const isPart = keyword === 'allOf';
    const shares = isPart || keyword === 'anyOf' || keyword === 'oneOf';
    const own = inverted.has(keyword) ? 'literal' : isPart || reading !== 'open' ? reading : 'together';
    return translate(
      value,
      { ...outside, reading: own, ...(shares && { unsent }) },
      `${pointer}${toPointer([keyword, ...keys])}`,
      isInPlace && inPlace.has(keyword),
    );
  };
  for (const [keyword, value] of Object.entries(reading === 'open' ? opened(schema) : schema)) {
    if (keyword === '$ref' || annotations.has(keyword) || keyword.startsWith('x-')) continue;
    if (one.includes(keyword)) out[keyword] = Array.isArray(value) ? true : inner(value, keyword);
    else if (list.includes(keyword)) {
      if (Array.isArray(value) && value.length > 0)
        out[keyword] = value.map((member, index) => inner(member, keyword, index));
    } else if (named.includes(keyword)) {
      if (isObject(value))
        out[keyword] = Object.fromEntries(
          Object.entries(value).map(([name, member]) => [name, inner(member, keyword, name)]),
        );
    } else out[keyword] = value;
  }
  const malformed = dropMalformed(out);
  if (malformed.length > 0) translation.onMalformed?.(pointer, malformed);
  if (Array.isArray(out.required)) out.required = out.required.filter((name) => !unsent.has(name));
  if (is30) fromOpenApi30(out, schema);
  // Ajv refuses the whole schema for it.
  if (Array.isArray(out.enum) && out.enum.length === 0) delete out.enum;
  if (apart) {
    const undescribed = Object.fromEntries(apart.undescribed.map((name) => [name, true]));
    if (apart.undescribed.length > 0) out.properties = { ...undescribed, ...(out.properties as object) };
    out.unevaluatedProperties = false;
    onClosedApart(pointer, apart.names);
  }
  if (namesOf(out).some((name) => String(name) in Object.prototype)) translation.onInheritedName?.();
  nameProto(out);
  return out;
}

const namesOf = ({ required, properties, dependentSchemas, dependentRequired }: Record<string, unknown>): unknown[] => [
  ...(Array.isArray(required) ? required : []),
  ...[properties, dependentSchemas, dependentRequired].flatMap((value) => (isObject(value) ? Object.keys(value) : [])),
];

/** Ajv passes over a property `__proto__`; as a pattern it does not. */
function nameProto(out: Record<string, unknown>): void {
  const { properties, patternProperties } = out;
  if (!isObject(properties) || !Object.hasOwn(properties, '__proto__')) return;
  const { ['__proto__']: member, ...rest } = properties;
  out.properties = rest;
  out.patternProperties = { ...(patternProperties as object), '^__proto__$': member };
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
