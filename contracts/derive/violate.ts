import { flatten, type Located } from '../../server/contract/index.js';
import { type Description, isObject, type JsonObject, toPointer } from '../../server/documents/index.js';
import { withValueAt } from './with-value-at.js';

/** A value that breaks a schema in one known way. */
export interface Breach {
  /** JSON Pointer to the value at fault; to the absent member itself. */
  readonly pointer: string;
  /** The JSON Schema keyword that it breaks. */
  readonly keyword: string;
  readonly value: unknown;
}

/** Deeper members are left in peace: schemas may contain themselves. */
const depthMax = 5;

/** Longer values than this are not made to break a `maxLength` or `maxItems`. */
const lengthMax = 100_000;

/** One breach for each required property and each constraint that the schema puts on a valid value. */
export function breaches(description: Description, located: Located, valid: unknown): Breach[] {
  return visit(description, located, valid, [], 0).map(({ keys, keyword, value, at = keys }) => ({
    pointer: toPointer(at),
    keyword,
    value: withValueAt(valid, keys, value),
  }));
}

interface Change {
  readonly keys: readonly string[];
  readonly keyword: string;
  readonly value: unknown;
  /** Where the violation is, when that is not where the change is. */
  readonly at?: readonly string[];
}

function visit(
  description: Description,
  located: Located,
  value: unknown,
  keys: readonly string[],
  depth: number,
): Change[] {
  const schema = flatten(description, located);
  const own = changes(schema, value).map((change) => ({ ...change, keys }));
  if (depth >= depthMax) return own;
  if (isObject(value)) return [...own, ...ofMembers(description, schema, located, value, keys, depth)];
  const [first] = Array.isArray(value) ? value : [];
  if (first === undefined || schema.items === undefined) return own;
  return [
    ...own,
    ...visit(
      description,
      { schema: schema.items, pointer: `${located.pointer}/items` },
      first,
      [...keys, '0'],
      depth + 1,
    ),
  ];
}

function ofMembers(
  description: Description,
  schema: JsonObject,
  located: Located,
  value: JsonObject,
  keys: readonly string[],
  depth: number,
): Change[] {
  const required = Array.isArray(schema.required) ? (schema.required as string[]) : [];
  const dropped = required
    .filter((name) => Object.hasOwn(value, name))
    .map((name) => ({ keys: [...keys, name], keyword: 'required', value: undefined }));
  const extra =
    schema.additionalProperties === false
      ? [{ keys: [...keys, 'undocumentedByContract'], keyword: 'additionalProperties', value: true, at: keys }]
      : [];
  const properties = isObject(schema.properties) ? schema.properties : {};
  const inside = Object.keys(value).flatMap((name) => {
    const [member, place] = Object.hasOwn(properties, name)
      ? [properties[name], toPointer(['properties', name])]
      : [schema.additionalProperties, '/additionalProperties'];
    return isObject(member)
      ? visit(
          description,
          { schema: member, pointer: `${located.pointer}${place}` },
          value[name],
          [...keys, name],
          depth + 1,
        )
      : [];
  });
  return [...dropped, ...extra, ...inside];
}

/** What can be done to the value itself. */
function changes(schema: JsonObject, value: unknown): Omit<Change, 'keys'>[] {
  const wrongType =
    typeof value === 'string'
      ? { standin: true }
      : typeof value === 'number'
        ? 'many'
        : typeof value === 'boolean'
          ? 'perhaps'
          : 'standin';
  const number = (keyword: string) => (typeof schema[keyword] === 'number' ? schema[keyword] : undefined);
  const found: (readonly [keyword: string, value: unknown] | undefined)[] = [
    schema.type === undefined ? undefined : ['type', wrongType],
  ];
  const when = <T>(bound: T | undefined, keyword: string, make: (bound: T) => unknown) =>
    found.push(bound === undefined ? undefined : [keyword, make(bound)]);
  if (Array.isArray(schema.enum))
    found.push(['enum', typeof value === 'number' ? -987_654_321 : 'not-in-the-enumeration']);
  if ('const' in schema) found.push(['const', typeof value === 'number' ? -987_654_321 : 'not-the-constant']);
  if (typeof value === 'string') {
    const { format, pattern } = schema;
    const [min, max] = [number('minLength'), number('maxLength')];
    if (typeof format === 'string') found.push(['format', 'not in the format'], ['format', '//']);
    if (typeof pattern === 'string') found.push(['pattern', '\u0000'], ['pattern', '~'], ['pattern', '']);
    when(min === 0 ? undefined : min, 'minLength', (length) => value.slice(0, length - 1));
    when(max !== undefined && max < lengthMax ? max : undefined, 'maxLength', (length) => longer(value, length + 1));
  }
  if (typeof value === 'number') {
    when(number('minimum'), 'minimum', (bound) => bound - 1);
    when(number('maximum'), 'maximum', (bound) => bound + 1);
    when(number('exclusiveMinimum'), 'exclusiveMinimum', (bound) => bound);
    when(number('exclusiveMaximum'), 'exclusiveMaximum', (bound) => bound);
    when(number('multipleOf'), 'multipleOf', (step) => value + step / 2);
  }
  if (Array.isArray(value)) {
    const [min, max] = [number('minItems'), number('maxItems')];
    when(min === 0 ? undefined : min, 'minItems', (length) => value.slice(0, length - 1));
    when(max !== undefined && max < lengthMax && value.length > 0 ? max : undefined, 'maxItems', (length) =>
      Array.from({ length: length + 1 }, (_, index) => value[index % value.length]),
    );
    when(schema.uniqueItems === true && value.length > 0 ? true : undefined, 'uniqueItems', () => [value[0], ...value]);
  }
  return found.flatMap((change) => (change ? [{ keyword: change[0], value: change[1] }] : []));
}

/** Email addresses stay such, so that only their length is wrong. */
function longer(value: string, length: number): string {
  const at = value.lastIndexOf('@');
  if (at === -1) return value.padEnd(length, 'x');
  const labels = 'x'.repeat(Math.max(0, length - value.length)).replace(/.{60}/g, (part) => `${part.slice(1)}.`);
  return `${value.slice(0, at + 1)}${labels}${value.slice(at + 1)}`;
}
