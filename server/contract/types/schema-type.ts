import { type Description, isObject, type JsonObject } from '../../documents/index.js';
import { createSchemaGraph, targetOf } from './schema-graph.js';
import { calledAt, type TypeNames } from './type-names.js';
import {
  anyObject,
  arrayOf,
  comment,
  intersection,
  literal,
  type Member,
  propertyName as memberName,
  never,
  objectOf,
  type TypeText,
  union,
  unit,
  unknown,
} from './type-text.js';

/** Requests do not have what is `readOnly`, replies not what is `writeOnly`. */
export type Side = 'request' | 'reply';

export interface SchemaTypes {
  /** The type of a schema; schemas that are referred to get a name. */
  readonly of: (schema: unknown, side: Side) => TypeText;
  /** The type of the schema at a pointer, by its name. */
  readonly named: (pointer: string, side: Side) => TypeText;
  /** Declarations of all that has a name by now, and of what they take. */
  readonly declarations: () => string[];
}

interface Context {
  readonly side: Side;
  /** Pointers of the schemas that are being written as parts of the first: their names may not stand here. */
  readonly within: readonly string[];
  /** Members that are not on this side, which `required` speaks of all the same. */
  readonly absent: ReadonlySet<string>;
}

/** Schemas that are parts of each other are written in place, no deeper than this. */
const depthMax = 4;

export function createSchemaTypes(description: Description, names: TypeNames): SchemaTypes {
  const graph = createSchemaGraph(description);
  const known = new Map<string, { readonly name: string; readonly pointer: string; readonly side: Side }>();
  const isLegacy = description.version.startsWith('3.0');

  const named = (pointer: string, side: Side): TypeText => {
    const isInput = side === 'request' && graph.isSplit(pointer);
    const key = `${isInput ? 'request' : 'reply'} ${pointer}`;
    let entry = known.get(key);
    if (!entry) {
      const called = calledAt(pointer);
      entry = { name: names.take(isInput ? `${called} Input` : called), pointer, side: isInput ? 'request' : 'reply' };
      known.set(key, entry);
    }
    return unit(entry.name);
  };

  const reference = (pointer: string, context: Context): TypeText => {
    const { within, side } = context;
    const [whole] = within;
    const schema = graph.at(pointer);
    if (schema === undefined || within.includes(pointer)) return unknown;
    if (whole === undefined || !graph.isPartOf(whole, pointer)) return named(pointer, side);
    return within.length > depthMax ? unknown : write(schema, { ...context, within: [...within, pointer] });
  };

  const write = (schema: unknown, context: Context): TypeText => {
    if (schema === false) return never;
    if (!isObject(schema)) return unknown;
    const target = targetOf(schema);
    if (target !== undefined && (isLegacy || Object.keys(schema).length === 1)) return reference(target, context);
    const absent = new Set([...context.absent, ...absentMembers(schema, context.side)]);
    const part = { ...context, absent };
    const made = intersection([
      ...(target === undefined ? [] : [reference(target, part)]),
      ...baseOf(schema, part),
      ...listOf(schema.allOf).map((one) => write(one, part)),
      ...[schema.oneOf, schema.anyOf].flatMap((list) =>
        Array.isArray(list) && list.length > 0 ? [alternatives(list, schema.discriminator, part)] : [],
      ),
    ]);
    return schema.nullable === true ? union([made, literal(null)]) : made;
  };

  /** What the keywords of a schema say themselves. */
  const baseOf = (schema: JsonObject, context: Context): TypeText[] => {
    if ('const' in schema) return [valueType(schema.const)];
    if (Array.isArray(schema.enum)) return [union(schema.enum.map(valueType))];
    const isComposed = ['allOf', 'oneOf', 'anyOf', '$ref'].some((keyword) => keyword in schema);
    const types = typesOf(schema);
    if (types.length === 0 || (isComposed && types.join() === 'object' && !speaksOfMembers(schema))) return [];
    return [union(types.map((type) => typeOf(type, schema, context)))];
  };

  const typeOf = (type: unknown, schema: JsonObject, context: Context): TypeText => {
    switch (type) {
      case 'string':
      case 'boolean':
      case 'null':
      case 'number':
        return unit(type);
      case 'integer':
        return unit('number');
      case 'array':
        return arrayType(schema, context);
      case 'object':
        return objectType(schema, context);
      default:
        return unknown;
    }
  };

  const arrayType = (schema: JsonObject, { side }: Context): TypeText => {
    const inner: Context = { side, within: [], absent: new Set() };
    // Before 2020-12, a tuple was a list of `items`.
    const first = listOf(schema.prefixItems ?? (Array.isArray(schema.items) ? schema.items : undefined));
    const others = Array.isArray(schema.items) ? schema.additionalItems : schema.items;
    if (first.length === 0) return arrayOf(write(others ?? {}, inner));
    const least = typeof schema.minItems === 'number' ? schema.minItems : 0;
    const items = first.map((one, index) => {
      const { text, kind } = write(one, inner);
      return index < least ? text : `${kind === 'unit' ? text : `(${text})`}?`;
    });
    const rest = others === false ? [] : [`...${arrayOf(write(others ?? {}, inner)).text}`];
    return unit(`[${[...items, ...rest].join(', ')}]`);
  };

  const objectType = (schema: JsonObject, { side, absent }: Context): TypeText => {
    const inner: Context = { side, within: [], absent: new Set() };
    const properties = isObject(schema.properties) ? schema.properties : {};
    const required = new Set(listOf(schema.required));
    const members = Object.entries(properties).flatMap(([name, property]): Member[] => {
      if (isAbsent(resolved(property), side)) return [];
      const isOptional = !required.has(name);
      return [{ name, type: write(property, inner), isOptional, comment: commentOf(property) }];
    });
    const further = [...required]
      .filter(
        (name): name is string => typeof name === 'string' && !Object.hasOwn(properties, name) && !absent.has(name),
      )
      .map((name): Member => ({ name, type: unknown }));
    const { additionalProperties: more, patternProperties: patterns } = schema;
    const all = [...members, ...further];
    const typesOfOthers = [
      ...(isObject(patterns) ? Object.values(patterns) : []),
      ...(more === undefined || more === false ? [] : [more]),
    ];
    if (all.length > 0) return objectOf(all, typesOfOthers.length > 0 ? unknown : undefined);
    if (typesOfOthers.length === 0)
      return Object.keys(properties).length > 0 || more === false ? unit('{}') : anyObject;
    return objectOf([], union(typesOfOthers.map((one) => write(one, inner))));
  };

  const alternatives = (list: readonly unknown[], discriminator: unknown, context: Context): TypeText => {
    // A value that is of the whole is of one of them already.
    if (list.some((one) => isObject(one) && context.within.includes(targetOf(one) ?? ''))) return unknown;
    const told = isObject(discriminator) ? discriminator : {};
    return union(list.map((one) => intersection([write(one, context), ...tag(one, told)])));
  };

  /** The values of the discriminator that lead to an alternative. */
  const tag = (alternative: unknown, { propertyName, mapping }: JsonObject): TypeText[] => {
    const target = isObject(alternative) ? targetOf(alternative) : undefined;
    if (target === undefined || typeof propertyName !== 'string') return [];
    if (isSettled(graph.at(target), propertyName)) return [];
    const mapped = Object.entries(isObject(mapping) ? mapping : {})
      .filter(
        ([, to]) =>
          typeof to === 'string' &&
          [to, `#/components/schemas/${to}`].some((ref) => targetOf({ $ref: ref }) === target),
      )
      .map(([value]) => value);
    const values = mapped.length > 0 ? mapped : [target.slice(target.lastIndexOf('/') + 1)];
    return [unit(`{ ${memberName(propertyName)}: ${union(values.map(literal)).text} }`)];
  };

  /** Whether a schema says by itself which values a member may have. */
  const isSettled = (schema: unknown, name: string, depth = 0): boolean => {
    const whole = resolved(schema);
    if (!isObject(whole) || depth > depthMax) return false;
    const property = isObject(whole.properties) ? resolved(whole.properties[name]) : undefined;
    if (isObject(property) && ('enum' in property || 'const' in property)) return true;
    return listOf(whole.allOf).some((one) => isSettled(one, name, depth + 1));
  };

  const resolved = (schema: unknown): unknown => {
    let found = schema;
    for (let hops = 0; isObject(found) && hops < 20; hops++) {
      const target = targetOf(found);
      if (target === undefined) return found;
      found = graph.at(target);
    }
    return found;
  };

  const absentMembers = (schema: unknown, side: Side, depth = 0): string[] => {
    const whole = resolved(schema);
    if (!isObject(whole) || depth > depthMax) return [];
    const own = Object.entries(isObject(whole.properties) ? whole.properties : {});
    return [
      ...own.flatMap(([name, property]) => (isAbsent(resolved(property), side) ? [name] : [])),
      ...listOf(whole.allOf).flatMap((one) => absentMembers(one, side, depth + 1)),
    ];
  };

  return {
    of: (schema, side) => write(schema, { side, within: [], absent: new Set() }),
    named,
    declarations: () => {
      const made: string[] = [];
      // Writing one may name others, which come behind it.
      for (const { name, pointer, side } of known.values()) {
        const schema = graph.at(pointer);
        const { text } = write(schema, { side, within: [pointer], absent: new Set() });
        made.push(`${commentOf(schema)}export type ${name} = ${text};\n`);
      }
      return made;
    },
  };
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function isAbsent(schema: unknown, side: Side): boolean {
  return isObject(schema) && schema[side === 'request' ? 'readOnly' : 'writeOnly'] === true;
}

/** The types that a schema names, or those that its keywords speak of. */
function typesOf(schema: JsonObject): readonly unknown[] {
  const { type } = schema;
  if (type !== undefined) return Array.isArray(type) ? type : [type];
  if (speaksOfMembers(schema)) return ['object'];
  return 'items' in schema || 'prefixItems' in schema ? ['array'] : [];
}

const speaksOfMembers = (schema: JsonObject) =>
  ['properties', 'additionalProperties', 'patternProperties', 'required'].some((keyword) => keyword in schema);

function valueType(value: unknown): TypeText {
  if (Array.isArray(value)) return unit(`[${value.map((item) => valueType(item).text).join(', ')}]`);
  if (!isObject(value)) return literal(value);
  return objectOf(Object.entries(value).map(([name, member]) => ({ name, type: valueType(member) })));
}

function commentOf(schema: unknown): string {
  if (!isObject(schema)) return '';
  const text = schema.description ?? schema.title;
  return comment(typeof text === 'string' ? text : undefined, { deprecated: schema.deprecated === true });
}
