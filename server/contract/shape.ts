import { type Description, isObject, type JsonObject, toPointer } from '../documents/index.js';
import { lazy, lazyOf } from './lazy.js';
import { type Pattern, patternOf } from './pattern/index.js';
import { flatten, follow, type Located, typesOf } from './schema/index.js';

/**
 * What a schema says of how a value is put together: enough to read text into typed values, and to write values as text.
 * Its parts are looked into when asked for, so that schemas may contain themselves.
 */
export interface Shape {
  /** Where the schema stands. */
  readonly pointer: string;
  /** The JSON types it allows; empty for any. */
  readonly types: () => readonly string[];
  /** All its keywords, with those of `allOf`. */
  readonly schema: () => JsonObject;
  /** By name, those of `oneOf` and `anyOf` included. */
  readonly properties: () => ReadonlyMap<string, Shape>;
  /** Of an object: the property of a name, which may be one that a pattern or nothing but `additionalProperties` speaks of. */
  readonly property: (name: string) => Shape;
  /** Whether an object is said to have properties besides those that are named. */
  readonly isOpen: () => boolean;
  /** Of an object: what is not among its properties. */
  readonly additional: () => Shape;
  /** Of an array: each of its items. */
  readonly items: () => Shape;
  /** Of an array: the item of a place, counted from 0. */
  readonly itemAt: (index: number) => Shape;
  /** The XML Object: the nearest one. */
  readonly xml: () => JsonObject;
  /** The name of the component, where the schema is a reference to one. */
  readonly component: () => string | undefined;
}

/** Alternatives within alternatives, no deeper than this. */
const alternativesMax = 8;

export function shapeOf(description: Description, located: Located): Shape {
  const { schema: raw } = located;
  const schema = lazy(() => flatten(description, located));
  const alternatives = lazy(() => alternativesOf(description, { schema: schema(), pointer: located.pointer }));
  /** The shape under a keyword, in the first alternative that has one. */
  const under = (keyword: string, isWanted: (value: unknown) => boolean) => {
    const found = alternatives().find((one) => isWanted(one.schema[keyword]));
    return found && shapeAt(description, found, [keyword]);
  };
  const among = (keyword: string) =>
    alternatives().flatMap((one) => namesIn(one.schema[keyword]).map((name) => [name, one] as const));
  const properties = lazy(() => {
    const found = new Map<string, Shape>();
    for (const [name, one] of among('properties'))
      if (!found.has(name)) found.set(name, shapeAt(description, one, ['properties', name]));
    return found;
  });
  const patterns = lazy(() =>
    among('patternProperties').flatMap(([pattern, one]) => {
      const matcher = regExpOf(pattern);
      return matcher ? [{ matcher, shape: shapeAt(description, one, ['patternProperties', pattern]) }] : [];
    }),
  );
  const additional = lazy(
    () => under('additionalProperties', isObject) ?? under('unevaluatedProperties', isObject) ?? anyShape(description),
  );
  const items = lazy(() => under('items', isObject) ?? anyShape(description));
  const prefix = lazy(() => {
    const found = alternatives().find((one) => Array.isArray(one.schema.prefixItems));
    const list = found ? (found.schema.prefixItems as unknown[]) : [];
    return list.map((_, index) => shapeAt(description, found as Alternative, ['prefixItems', index]));
  });
  return {
    pointer: located.pointer,
    schema,
    types: lazy(() => typesOf(description, located)),
    properties,
    property: (name) =>
      properties().get(name) ?? patterns().find(({ matcher }) => matcher.test(name))?.shape ?? additional(),
    isOpen: lazy(
      () =>
        patterns().length > 0 ||
        alternatives().some(({ schema: { additionalProperties: more } }) => more === true || isObject(more)),
    ),
    additional,
    items,
    itemAt: (index) => prefix()[index] ?? items(),
    xml: lazy(() => {
      const { schema: followed } = follow(description, located);
      const own = isObject(raw) && isObject(raw.xml) && !description.version.startsWith('3.0') ? raw.xml : undefined;
      const near = own ?? (isObject(followed) && isObject(followed.xml) ? followed.xml : schema().xml);
      return isObject(near) ? near : {};
    }),
    component: lazy(() => componentOf(raw)),
  };
}

const anyShape = lazyOf((description: Description) => shapeOf(description, { schema: {}, pointer: '' }));

const namesIn = (value: unknown) => (isObject(value) ? Object.keys(value) : []);

/** `undefined` for a pattern that is none. */
function regExpOf(source: string): Pattern | undefined {
  try {
    return patternOf(source, 'u');
  } catch {
    return undefined;
  }
}

/** A schema in one piece. */
interface Alternative {
  readonly schema: JsonObject;
  readonly pointer: string;
}

function shapeAt(
  description: Description,
  { schema, pointer }: Alternative,
  keys: readonly (string | number)[],
): Shape {
  const value = keys.reduce<unknown>((at, key) => (at as Readonly<Record<string, unknown>>)[key], schema);
  return shapeOf(description, { schema: value, pointer: `${pointer}${toPointer(keys)}` });
}

/** The schema, and in one piece each of the schemas that it may be instead. Each is looked at once, for a schema may be its own alternative. */
function alternativesOf(
  description: Description,
  { schema, pointer }: Alternative,
  seen: Set<unknown> = new Set(),
  depth = 0,
): Alternative[] {
  const members = ['oneOf', 'anyOf'].flatMap((keyword) => {
    const list = schema[keyword];
    if (depth >= alternativesMax || !Array.isArray(list)) return [];
    return list.flatMap((member, index) => {
      const located = follow(description, { schema: member, pointer: `${pointer}${toPointer([keyword, index])}` });
      if (seen.has(located.schema)) return [];
      seen.add(located.schema);
      const flat = { schema: flatten(description, located), pointer: located.pointer };
      return alternativesOf(description, flat, seen, depth + 1);
    });
  });
  return [{ schema, pointer }, ...members];
}

function componentOf(schema: unknown): string | undefined {
  if (!isObject(schema)) return undefined;
  const reference = schema.$ref ?? (Array.isArray(schema.allOf) && schema.allOf.length === 1 && schema.allOf[0]?.$ref);
  if (typeof reference !== 'string') return undefined;
  const name = reference.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(name).replaceAll('~1', '/').replaceAll('~0', '~');
  } catch {
    return name;
  }
}

/** Whether the schema could accept a text: it says so, or says nothing of types. */
export function allowsText(shape: Shape): boolean {
  const types = shape.types();
  return types.length === 0 || types.includes('string');
}

export const isList = (shape: Shape) => shape.types().includes('array');
export const isRecord = (shape: Shape) => shape.types().includes('object');
