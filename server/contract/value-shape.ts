import { type Description, isObject, toPointer } from '../documents/index.js';
import { lazy } from './lazy.js';
import { flatten, type Located, typesOf } from './schema/index.js';

/** What a decoder of text must know of a schema: which types to read a text as, and the same of the parts. */
export interface ValueShape {
  /** The JSON types that the schema allows; empty for any. */
  readonly types: readonly string[];
  readonly items: () => ValueShape;
  /** Of the properties that the schema names, in whichever of its alternatives. */
  readonly properties: () => ReadonlyMap<string, ValueShape>;
  /** Of properties that it does not name; `undefined` where it says nothing of them, or forbids them. */
  readonly additional: () => ValueShape | undefined;
}

export const anyShape: ValueShape = {
  types: [],
  items: () => anyShape,
  properties: () => new Map(),
  additional: () => undefined,
};

/** Parts are looked at when first asked for: a schema may contain itself. */
export function shapeOf(description: Description, located: Located): ValueShape {
  const types = typesOf(description, located);
  const alternatives = lazy(() => alternativesOf(description, located));
  return {
    types,
    items: lazy(() => {
      const found = alternatives().find(({ schema }) => isObject(schema) && schema.items !== undefined);
      return found ? part(description, found, ['items']) : anyShape;
    }),
    properties: lazy(
      () =>
        new Map(
          alternatives().flatMap((alternative) =>
            namesIn(alternative.schema, 'properties').map(
              (name) => [name, part(description, alternative, ['properties', name])] as const,
            ),
          ),
        ),
    ),
    additional: lazy(() => {
      const found = alternatives().find(
        ({ schema }) =>
          isObject(schema) && (isObject(schema.additionalProperties) || schema.additionalProperties === true),
      );
      return found && part(description, found, ['additionalProperties']);
    }),
  };
}

const namesIn = (schema: unknown, keyword: string) => {
  const named = isObject(schema) ? schema[keyword] : undefined;
  return isObject(named) ? Object.keys(named) : [];
};

function part(description: Description, { schema, pointer }: Located, keys: readonly string[]): ValueShape {
  const value = keys.reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), schema);
  return isObject(value) ? shapeOf(description, { schema: value, pointer: `${pointer}${toPointer(keys)}` }) : anyShape;
}

/** Deeper than this, alternatives within alternatives are circles. */
const depthMax = 8;

/** The schema in one piece, and in one piece each of the schemas that it may be instead. */
function alternativesOf(description: Description, located: Located, depth = 0): Located[] {
  const schema = flatten(description, located);
  const members = ['oneOf', 'anyOf'].flatMap((keyword) => {
    const list = schema[keyword];
    return depth >= depthMax || !Array.isArray(list)
      ? []
      : list.flatMap((member, index) =>
          alternativesOf(
            description,
            { schema: member, pointer: `${located.pointer}${toPointer([keyword, index])}` },
            depth + 1,
          ),
        );
  });
  return [{ schema, pointer: located.pointer }, ...members];
}
