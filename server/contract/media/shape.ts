import { type Description, isObject, type JsonObject, toPointer } from '../../documents/index.js';
import { lazy } from '../lazy.js';
import { flatten, follow, type Located, typesOf } from '../schema/index.js';

/**
 * What a schema says of how a value is put together: enough to read text into typed values, and to write values as text.
 * Its parts are looked into when asked for, so that schemas may contain themselves.
 */
export interface Shape {
  /** The JSON types it allows; empty for any. */
  readonly types: () => readonly string[];
  /** All its keywords, with those of `allOf`. */
  readonly schema: () => JsonObject;
  /** By name, those of `oneOf` and `anyOf` included. */
  readonly properties: () => ReadonlyMap<string, Shape>;
  /** Of an array: each of its items. */
  readonly items: () => Shape;
  /** Of an object: what is not among its properties. */
  readonly additional: () => Shape;
  /** The XML Object: the nearest one. */
  readonly xml: () => JsonObject;
  /** The name of the component, where the schema is a reference to one. */
  readonly component: () => string | undefined;
  /** Whether it is a reference itself, which XML takes for more than an element (OpenAPI 3.2 §4.26.1). */
  readonly isReference: boolean;
  readonly pointer: string;
}

/** Alternatives within alternatives, no deeper than this. */
const alternativesMax = 6;

export function shapeOf(description: Description, located: Located): Shape {
  const { schema: raw, pointer } = located;
  const schema = lazy(() => flatten(description, located));
  const at = (value: unknown, ...keys: string[]) =>
    shapeOf(description, { schema: value, pointer: `${pointer}${toPointer(keys)}` });
  return {
    pointer,
    isReference: isObject(raw) && typeof raw.$ref === 'string',
    schema,
    types: lazy(() => typesOf(description, located)),
    properties: lazy(() => {
      const found = new Map<string, Shape>();
      for (const flat of [schema(), ...alternatives(description, schema())]) {
        for (const [name, property] of Object.entries(isObject(flat.properties) ? flat.properties : {}))
          if (!found.has(name)) found.set(name, at(property, 'properties', name));
      }
      return found;
    }),
    items: lazy(() => {
      const flat = [schema(), ...alternatives(description, schema())].find(({ items }) => isObject(items));
      return at(flat?.items ?? {}, 'items');
    }),
    additional: lazy(() => {
      const flat = [schema(), ...alternatives(description, schema())].find(({ additionalProperties }) =>
        isObject(additionalProperties),
      );
      return at(flat?.additionalProperties ?? schema().additionalProperties ?? {}, 'additionalProperties');
    }),
    xml: lazy(() => {
      const { schema: followed } = follow(description, located);
      const own = isObject(raw) && isObject(raw.xml) && !description.version.startsWith('3.0') ? raw.xml : undefined;
      const near = own ?? (isObject(followed) && isObject(followed.xml) ? followed.xml : schema().xml);
      return isObject(near) ? near : {};
    }),
    component: lazy(() => componentOf(raw)),
  };
}

function alternatives(description: Description, schema: JsonObject, depth = 0): JsonObject[] {
  if (depth >= alternativesMax) return [];
  return ['oneOf', 'anyOf'].flatMap((keyword) => {
    const members = schema[keyword];
    if (!Array.isArray(members)) return [];
    return members.flatMap((member) => {
      const flat = flatten(description, { schema: member, pointer: '' });
      return [flat, ...alternatives(description, flat, depth + 1)];
    });
  });
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

/** Whether a string of the schema stands for octets: `format: binary` of 3.0, and 3.1's string with a media type of its own. */
export function isBinary(shape: Shape): boolean {
  const { format, contentMediaType, contentEncoding } = shape.schema();
  return format === 'binary' || (typeof contentMediaType === 'string' && contentEncoding === undefined);
}

/** Whether a string of the schema stands for octets written in base 64: `format: byte`, `contentEncoding: base64`. */
export function base64Of(shape: Shape): 'base64' | 'base64url' | undefined {
  const { format, contentEncoding } = shape.schema();
  const coding = typeof contentEncoding === 'string' ? contentEncoding.toLowerCase() : undefined;
  if (coding === 'base64url' || coding === 'base64') return coding;
  return format === 'byte' || format === 'base64' ? 'base64' : undefined;
}

/** Whether the schema could accept a text: it says so, or says nothing of types. */
export function allowsText(shape: Shape): boolean {
  const types = shape.types();
  return types.length === 0 || types.includes('string');
}

export const isList = (shape: Shape) => shape.types().includes('array');
export const isRecord = (shape: Shape) => shape.types().includes('object');
