import { type Contract, flatten, follow, type Located } from '../../server/contract/index.js';
import { isObject, type JsonObject, toPointer } from '../../server/documents/index.js';
import { forbidden, memberBreaches, sampleFor, schemaOfMember, unspoken } from './breach-members.js';
import { withValueAt } from './with-value-at.js';

/** A value that breaks a schema in one known way. */
export interface Breach {
  /** JSON Pointer to the value at fault; to the absent member itself. */
  readonly pointer: string;
  /** The JSON Schema keyword that it breaks. */
  readonly keyword: string;
  readonly value: unknown;
  /** Where one keyword is broken in several ways: `as null`. */
  readonly how?: string;
}

/** Deeper members are left in peace: schemas may contain themselves. */
const depthMax = 5;

/** Longer values than this are not made to break a `maxLength` or `maxItems`. */
const lengthMax = 100_000;

/**
 * Breaches of each required property and each constraint that the schema puts on a valid value. Of one keyword at one place
 * there may be several, the best first.
 */
export function breaches(contract: Contract, located: Located, valid: unknown): Breach[] {
  return visit(contract, located, valid, [], 0).map(({ keys, keyword, value, at = keys, how }) => ({
    pointer: toPointer(at),
    keyword,
    value: withValueAt(valid, keys, value),
    ...(how !== undefined && { how }),
  }));
}

interface Change {
  readonly keys: readonly string[];
  readonly keyword: string;
  readonly value: unknown;
  /** Where the violation is, when that is not where the change is. */
  readonly at?: readonly string[];
  readonly how?: string;
}

function visit(contract: Contract, located: Located, value: unknown, keys: readonly string[], depth: number): Change[] {
  const { description } = contract;
  const schema = flatten(description, located);
  const own = [
    ...changes(schema, value),
    ...memberBreaches(contract, schema, located, value),
    ...forbidden(contract, schema, located, value).map((one) => ({ keyword: 'not', value: one })),
  ].map((change) => ({ ...change, keys }));
  if (depth >= depthMax) return own;
  const inBranches = branchesOf(contract, schema, located, value).flatMap((branch) =>
    visit(contract, branch, value, keys, depth + 1),
  );
  if (isObject(value)) return [...own, ...ofMembers(contract, schema, located, value, keys, depth), ...inBranches];
  const [first] = Array.isArray(value) ? value : [];
  if (Array.isArray(value) && Array.isArray(schema.prefixItems)) {
    const placed = schema.prefixItems.slice(0, value.length).flatMap((member, index) => {
      const at = { schema: member, pointer: `${located.pointer}/prefixItems/${index}` };
      return isObject(member) ? visit(contract, at, value[index], [...keys, String(index)], depth + 1) : [];
    });
    return [...own, ...placed, ...inBranches];
  }
  if (first === undefined || schema.items === undefined) return [...own, ...inBranches];
  const items = { schema: schema.items, pointer: `${located.pointer}/items` };
  const inFirst = visit(contract, items, first, [...keys, '0'], depth + 1);
  return [...own, ...inFirst, ...afterTheFirst(inFirst, value as readonly unknown[], keys), ...inBranches];
}

/** One fault of an item itself, in an item after those that are right. */
function afterTheFirst(inFirst: readonly Change[], items: readonly unknown[], keys: readonly string[]): Change[] {
  const own = inFirst.filter((change) => change.keys.length === keys.length + 1 && change.value !== undefined);
  const telling = own.find(({ keyword }) => keyword !== 'type') ?? own[0];
  if (!telling) return [];
  const { keyword, value } = telling;
  const at = [...keys, String(items.length)];
  return [{ keys, keyword, value: [...items, value], at, how: `against its ${keyword}, after items that are valid` }];
}

/** The alternatives that the value is one of. */
function branchesOf(contract: Contract, schema: JsonObject, { pointer }: Located, value: unknown): Located[] {
  return ['oneOf', 'anyOf'].flatMap((keyword) => {
    const list = schema[keyword];
    if (!Array.isArray(list)) return [];
    const members = list.map((member, index) =>
      follow(contract.description, { schema: member, pointer: `${pointer}/${keyword}/${index}` }),
    );
    return members.filter((member) => contract.validatorOf(member, 'request').check(value));
  });
}

function ofMembers(
  contract: Contract,
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
  const closed = ['additionalProperties', 'unevaluatedProperties'].filter((keyword) => schema[keyword] === false);
  const extra = closed.map((keyword) => ({ keys: [...keys, 'undocumentedByContract'], keyword, value: true }));
  const inside = Object.keys(value).flatMap((name) => {
    const at = schemaOfMember(schema, located, name);
    return at && isObject(at.schema) ? visit(contract, at, value[name], [...keys, name], depth + 1) : [];
  });
  const beside = unspoken(schema, located, value).flatMap(({ name, located: at }) => {
    const { schema: own, value: sample } = sampleFor(contract, at);
    return changes(own, sample).map((change) => ({ ...change, keys: [...keys, name] }));
  });
  return [
    ...dropped,
    ...extra,
    ...dependents(schema, value, keys),
    ...counted(schema, value, keys),
    ...inside,
    ...beside,
  ];
}

/** JSON Schema Validation §6.5.4: what one property brings with it. */
function dependents({ dependentRequired }: JsonObject, value: JsonObject, keys: readonly string[]): Change[] {
  if (!isObject(dependentRequired)) return [];
  return Object.entries(dependentRequired).flatMap(([name, needed]) => {
    if (!Object.hasOwn(value, name) || !Array.isArray(needed)) return [];
    return needed
      .filter((one): one is string => typeof one === 'string' && Object.hasOwn(value, one))
      .map((one) => ({ keys: [...keys, one], keyword: 'dependentRequired', value: undefined }));
  });
}

/** JSON Schema Validation §6.5.1, §6.5.2. */
function counted(schema: JsonObject, value: JsonObject, keys: readonly string[]): Change[] {
  const { minProperties, maxProperties, required } = schema;
  const names = Object.keys(value);
  const found: Change[] = [];
  if (typeof minProperties === 'number' && minProperties > 0) {
    const free = names.filter((name) => !(Array.isArray(required) && required.includes(name)));
    const less = Object.fromEntries(
      Object.entries(value).filter(([name]) => !free.slice(0, names.length - minProperties + 1).includes(name)),
    );
    found.push({ keys, keyword: 'minProperties', value: less });
  }
  if (typeof maxProperties === 'number' && maxProperties < 1000 && schema.additionalProperties !== false) {
    const [sample = 'standin'] = Object.values(value);
    const more = Array.from({ length: Math.max(0, maxProperties + 1 - names.length) }, (_, index) => [
      `standin${index}`,
      sample,
    ]);
    found.push({ keys, keyword: 'maxProperties', value: { ...value, ...Object.fromEntries(more) } });
  }
  return found;
}

/** What is near to a format, and is none. */
const nearlyOf: Readonly<Record<string, readonly string[]>> = {
  date: ['2024-02-31', '2024-01-01T00:00:00Z'],
  'date-time': ['2024-02-31T00:00:00Z', '2024-01-01'],
  uuid: ['123e4567-e89b-12d3-a456-42661417400'],
  email: ['standin.example.com'],
  ipv4: ['256.0.0.1'],
};

/** What can be done to the value itself. */
function changes(schema: JsonObject, value: unknown): Omit<Change, 'keys'>[] {
  const number = (keyword: string) => (typeof schema[keyword] === 'number' ? schema[keyword] : undefined);
  const found: Omit<Change, 'keys'>[] = [];
  const put = (keyword: string, ...values: readonly unknown[]) => {
    for (const one of values) found.push({ keyword, value: one });
  };
  const when = <T>(bound: T | undefined, keyword: string, make: (bound: T) => unknown) => {
    if (bound !== undefined) put(keyword, make(bound));
  };
  if (schema.type !== undefined) {
    put('type', wrongType(value));
    // A number where a text is due, and the other way round, is what clients do in earnest.
    if (typeof value === 'number') found.push({ keyword: 'type', value: String(value), how: 'as a string' });
    if (typeof value === 'string') found.push({ keyword: 'type', value: 12, how: 'as a number' });
    if (typeof value === 'boolean') found.push({ keyword: 'type', value: String(value), how: 'as a string' });
    if (value !== null) found.push({ keyword: 'type', value: null, how: 'as null' });
  }
  if (Array.isArray(schema.oneOf)) put('oneOf', { standin: true }, 'standin', -987_654_321);
  if (Array.isArray(schema.anyOf)) put('anyOf', { standin: true }, 'standin', -987_654_321);
  if (Array.isArray(schema.enum)) put('enum', typeof value === 'number' ? -987_654_321 : 'not-in-the-enumeration');
  const named = Array.isArray(schema.enum) ? schema.enum : [];
  const otherCase = typeof value === 'string' ? inOtherCase(value) : undefined;
  if (otherCase !== undefined && named.includes(value) && otherCase !== value)
    found.push({ keyword: 'enum', value: otherCase, how: 'in another case' });
  if ('const' in schema) put('const', typeof value === 'number' ? -987_654_321 : 'not-the-constant');
  if (typeof value === 'string') {
    const { format, pattern } = schema;
    const [min, max] = [number('minLength'), number('maxLength')];
    if (typeof format === 'string') put('format', ...(nearlyOf[format] ?? []), 'not in the format', '//');
    const near = [`${value}~`, ...withoutOne(value)];
    // Where there is a format as well, it is the pattern alone that is to be broken.
    if (typeof pattern === 'string') put('pattern', ...(format === undefined ? ['\u0000', '~', ''] : []), ...near);
    when(min === 0 ? undefined : min, 'minLength', (length) => [...value].slice(0, length - 1).join(''));
    when(max !== undefined && max < lengthMax ? max : undefined, 'maxLength', (length) => longer(value, length + 1));
  }
  if (typeof value === 'number') {
    const step = number('multipleOf') ?? 1;
    when(number('minimum'), 'minimum', (bound) => bound - step);
    when(number('maximum'), 'maximum', (bound) => bound + step);
    when(number('exclusiveMinimum'), 'exclusiveMinimum', (bound) => bound);
    when(number('exclusiveMaximum'), 'exclusiveMaximum', (bound) => bound);
    when(number('multipleOf'), 'multipleOf', (of) => value + of / 2);
    // OpenAPI 3.0: a flag beside the bound.
    if (schema.exclusiveMinimum === true) when(number('minimum'), 'exclusiveMinimum', (bound) => bound);
    if (schema.exclusiveMaximum === true) when(number('maximum'), 'exclusiveMaximum', (bound) => bound);
  }
  if (Array.isArray(value)) {
    const [min, max] = [number('minItems'), number('maxItems')];
    when(min === 0 ? undefined : min, 'minItems', (length) => value.slice(0, length - 1));
    when(max !== undefined && max < lengthMax && value.length > 0 ? max : undefined, 'maxItems', (length) =>
      Array.from({ length: length + 1 }, (_, index) => value[index % value.length]),
    );
    when(schema.uniqueItems === true && value.length > 0 ? true : undefined, 'uniqueItems', () => [value[0], ...value]);
    if (schema.uniqueItems === true && value.length > 0) put('uniqueItems', [value[0], value[0]]);
  }
  return found;
}

const inOtherCase = (text: string) => (text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase());

/** The text without one of its first letters: what is wrong with a pattern alone is near to what is right. */
const withoutOne = (text: string) =>
  Array.from({ length: Math.min(text.length, 12) }, (_, index) => text.slice(0, index) + text.slice(index + 1));

function wrongType(value: unknown): unknown {
  if (typeof value === 'string') return { standin: true };
  if (typeof value === 'number') return 'many';
  return typeof value === 'boolean' ? 'perhaps' : 'standin';
}

/** Email addresses stay such, so that only their length is wrong. */
function longer(value: string, length: number): string {
  const at = value.lastIndexOf('@');
  if (at === -1) return value.padEnd(length, 'x');
  const labels = 'x'.repeat(Math.max(0, length - value.length)).replace(/.{60}/g, (part) => `${part.slice(1)}.`);
  return `${value.slice(0, at + 1)}${labels}${value.slice(at + 1)}`;
}
