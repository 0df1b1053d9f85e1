import { isObject, type JsonObject } from '../../documents/index.js';

/** The types a schema names, `null` among them where it is allowed (`nullable` in OpenAPI 3.0); `undefined`: any. */
export function acceptedTypes({ type, nullable, enum: values }: JsonObject): readonly string[] | undefined {
  if (type === undefined) return undefined;
  const types = (Array.isArray(type) ? type : [type]).map(String);
  const isNullable = nullable === true || (Array.isArray(values) && values.includes(null) && types.includes('null'));
  return [...new Set([...types, ...(isNullable ? ['null'] : [])])].sort();
}

interface Constraint {
  readonly keyword: string;
  readonly was: unknown;
  /** `undefined` where there is none any more. */
  readonly is: unknown;
  readonly isNarrower: boolean;
}

/** The greater the narrower, or the other way round. */
const lowerBounds = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties', 'multipleOf'];
const upperBounds = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'];
/** Any other value is taken for a narrower one, since nobody knows better. */
const others = ['pattern', 'format', 'uniqueItems'];

/** Constraints on values that differ. */
export function narrowing(old: JsonObject, now: JsonObject): Constraint[] {
  const differing = (keyword: string) => old[keyword] !== now[keyword] && !isObject(old[keyword]);
  const bound = (keywords: readonly string[], isNarrower: (was: number, is: number) => boolean) =>
    keywords.filter(differing).map((keyword) => {
      const [was, is] = [old[keyword], now[keyword]];
      const both = typeof was === 'number' && typeof is === 'number';
      return { keyword, was, is, isNarrower: both ? isNarrower(was, is) : is !== undefined };
    });
  return [
    ...bound(lowerBounds, (was, is) => is > was),
    ...bound(upperBounds, (was, is) => is < was),
    ...others.filter(differing).map((keyword) => ({
      keyword,
      was: old[keyword],
      is: now[keyword],
      isNarrower: now[keyword] !== undefined && now[keyword] !== false,
    })),
  ];
}
