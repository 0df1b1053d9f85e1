import { isObject, type JsonObject } from '../../documents/index.js';
import { arrayOf } from './sample-array.js';
import { contentOf } from './sample-content.js';
import { faultAt, type Making } from './sample-making.js';
import { numberOf } from './sample-number.js';
import { objectOf } from './sample-object.js';
import { sampleString } from './sample-string.js';
import type { Standing } from './sample-value.js';

/** A value of one of the types that a schema allows. */
export function ofType(making: Making, schema: JsonObject, standing: Standing): unknown {
  const level = faultAt(making, standing.path)?.level ?? 0;
  switch (typeOf(schema, level)) {
    case 'object':
      return objectOf(making, schema, standing);
    case 'array':
      return arrayOf(making, schema, standing);
    case 'integer':
      return numberOf(making, schema, 'integer', standing.name, level);
    case 'number':
      return numberOf(making, schema, 'number', standing.name, level);
    case 'boolean':
      return making.kind === 'fresh' || level > 0 ? making.chance.integer(0, 1) === 1 : true;
    case 'null':
      return null;
    default:
      return contentOf(making, schema, standing) ?? sampleString(schema, { ...making, name: standing.name, level });
  }
}

/** The keywords that speak of one type only (JSON Schema 2020-12 Validation §6). */
const implied: readonly (readonly [string, readonly string[]])[] = [
  [
    'object',
    [
      'properties',
      'required',
      'additionalProperties',
      'patternProperties',
      'minProperties',
      'maxProperties',
      'propertyNames',
      'dependentRequired',
      'dependentSchemas',
    ],
  ],
  ['array', ['items', 'prefixItems', 'contains', 'minItems', 'maxItems', 'uniqueItems']],
  ['string', ['pattern', 'minLength', 'maxLength']],
  ['number', ['minimum', 'maximum', 'multipleOf', 'exclusiveMinimum', 'exclusiveMaximum']],
];

/** The first type that is not null; where that went wrong, the next ones in turn. */
function typeOf(schema: JsonObject, level: number): unknown {
  if (typeof schema.type === 'string' && schema.type !== 'null' && schema.not === undefined) return schema.type;
  const types = [schema.type].flat().filter((type) => typeof type === 'string');
  const worthwhile = types.filter((type) => type !== 'null');
  const ordered = excluded(schema, [...worthwhile, ...types.filter((type) => type === 'null')]);
  if (ordered.length > 0) {
    const isFirst = level === 0 || ordered.length === 1;
    return isFirst ? ordered[0] : ordered[level % ordered.length];
  }
  return implied.find(([, keywords]) => keywords.some((keyword) => keyword in schema))?.[0] ?? other(schema);
}

function other({ not }: JsonObject): string {
  const types = isObject(not) ? [not.type].flat() : [];
  if (!types.includes('string')) return 'string';
  return ['integer', 'boolean', 'object', 'array'].find((type) => !types.includes(type)) ?? 'null';
}

function excluded({ not }: JsonObject, types: readonly unknown[]): readonly unknown[] {
  if (!isObject(not) || Object.keys(not).length !== 1 || not.type === undefined) return types;
  const without: unknown[] = [not.type].flat();
  return types.filter((type) => !without.includes(type));
}
