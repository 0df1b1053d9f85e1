import { isDeepStrictEqual } from 'node:util';
import {
  type Contract,
  flatten,
  isJson,
  type Located,
  type Operation,
  type Response,
} from '../../server/contract/index.js';
import { isObject, type JsonObject, toPointer, valueAt } from '../../server/documents/index.js';

/** A value in the bodies of a response, by its schema. */
export interface BodyPlace {
  readonly operation: Operation;
  readonly response: Response;
  /** Names of members; `*` for each item of a list. */
  readonly keys: readonly string[];
  /** With its `$ref` and `allOf` resolved. */
  readonly schema: JsonObject;
  readonly required: boolean;
  /** It is there only where a value above it is of one branch of a `oneOf`: the member that says so, at a depth in `keys`. */
  readonly guards: readonly Guard[];
}

interface Guard {
  readonly depth: number;
  readonly name: string;
  readonly value: unknown;
}

/** Schemas may contain themselves. */
const depthMax = 6;

/** Each place of each JSON response, in the order of the document. */
export function bodyPlaces(contract: Contract): BodyPlace[] {
  const { description } = contract;
  return contract.operations
    .filter(({ method }) => method !== 'HEAD')
    .flatMap((operation) =>
      operation.responses.flatMap((response) => {
        const [mediaType] = response.content;
        if (!mediaType || !isJson(mediaType.mediaType)) return [];
        const pointer = `${mediaType.pointer}/schema`;
        const visit = (
          located: Located,
          keys: readonly string[],
          required: boolean,
          guards: readonly Guard[],
        ): BodyPlace[] => {
          if (keys.length > depthMax) return [];
          const schema = flatten(description, located);
          const at = (where: readonly string[], child: unknown) => ({
            schema: child,
            pointer: `${located.pointer}${toPointer(where)}`,
          });
          const properties = Object.entries(isObject(schema.properties) ? schema.properties : {});
          const names = Array.isArray(schema.required) ? (schema.required as string[]) : [];
          const branches = Array.isArray(schema.oneOf) ? (schema.oneOf as unknown[]) : [];
          return [
            { operation, response, keys, schema, required, guards },
            ...properties.flatMap(([name, child]) =>
              visit(at(['properties', name], child), [...keys, name], names.includes(name), guards),
            ),
            ...(schema.items === undefined ? [] : visit(at(['items'], schema.items), [...keys, '*'], true, guards)),
            ...branches.flatMap((branch, index) => {
              const inside = flatten(description, at(['oneOf', String(index)], branch));
              const members = Object.entries(isObject(inside.properties) ? inside.properties : {});
              const told = members
                .map(([name, member]) => [name, flatten(description, { schema: member, pointer: '' })] as const)
                .find(([, member]) => 'const' in member);
              const guard = told && { depth: keys.length, name: told[0], value: told[1].const };
              return visit(at(['oneOf', String(index)], branch), keys, required, guard ? [...guards, guard] : guards);
            }),
          ];
        };
        return visit({ schema: valueAt(description.root, pointer), pointer }, [], true, []);
      }),
    );
}

/** What a value becomes for a member that is to go. */
export const absent = Symbol('absent');

/** Which items of the lists on the way are meant. */
export type WhichItems = 'all' | 'last of several';

/** A copy of a body with the values at a place changed; `undefined` where there are none, or the change is none. */
export function changeAt(
  body: unknown,
  { keys, guards }: Pick<BodyPlace, 'keys' | 'guards'>,
  change: (value: unknown) => unknown,
  which: WhichItems = 'all',
): { readonly body: unknown } | undefined {
  let changed = false;
  const visit = (value: unknown, depth: number): unknown => {
    const here = guards.filter((guard) => guard.depth === depth);
    if (!here.every((guard) => isObject(value) && value[guard.name] === guard.value)) return value;
    if (depth === keys.length) {
      const made = change(structuredClone(value));
      changed ||= !isDeepStrictEqual(made, value);
      return made;
    }
    const key = keys[depth] as string;
    if (key === '*') {
      if (!Array.isArray(value) || (which !== 'all' && value.length < 2)) return value;
      return value
        .map((item, index) => (which === 'all' || index === value.length - 1 ? visit(item, depth + 1) : item))
        .filter((item) => item !== absent);
    }
    if (!isObject(value) || !Object.hasOwn(value, key)) return value;
    const { [key]: member, ...rest } = value;
    const made = visit(member, depth + 1);
    // In its place among the others.
    return made === absent
      ? rest
      : Object.fromEntries(Object.entries(value).map(([name, old]) => [name, name === key ? made : old]));
  };
  const made = visit(body, 0);
  return changed ? { body: made } : undefined;
}

export function nameOf({ operation, response, keys, guards }: BodyPlace): string {
  const branch = guards.map(({ value }) => ` of a ${String(value)}`).join('');
  return `${operation.id} ${response.status} ${toPointer(keys) || 'body'}${branch}`;
}
