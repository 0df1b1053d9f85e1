import { type Chance, type Contract, flatten, follow, type Located } from '../../server/contract/index.js';
import { isObject, type JsonObject, toPointer } from '../../server/documents/index.js';
import { withValueAt } from './with-value-at.js';

/** A value at a boundary of what its schema allows. Whether it is valid on the whole is for others to find out. */
export interface Boundary {
  /** JSON Pointer to what was varied. */
  readonly pointer: string;
  /** `at its maximum` */
  readonly how: string;
  readonly value: unknown;
}

const depthMax = 4;
/** Longer texts and lists than this say no more than shorter ones. */
const lengthMax = 10_000;
const itemsMax = 100;
/** Of longer enumerations, and more alternatives, the first. */
const enumMax = 24;

/** Each boundary that a schema sets to a valid value: bounds, lengths, enumerations, alternatives, null. */
export function boundariesOf(contract: Contract, located: Located, valid: unknown, chance: Chance): Boundary[] {
  const found = visit({ contract, chance }, located, valid, [], 0);
  return found.map(({ keys, how, value }) => ({
    pointer: toPointer(keys),
    how,
    value: withValueAt(valid, keys, value),
  }));
}

interface Making {
  readonly contract: Contract;
  readonly chance: Chance;
}

interface Variation {
  readonly keys: readonly string[];
  readonly how: string;
  readonly value: unknown;
}

function visit(making: Making, located: Located, value: unknown, keys: readonly string[], depth: number): Variation[] {
  const { description } = making.contract;
  const schema = flatten(description, located);
  const own = [...variants(schema, value), ...alternatives(making, schema, located, value)].map((one) => ({
    ...one,
    keys,
  }));
  if (depth >= depthMax) return own;
  if (isObject(value)) {
    const properties = isObject(schema.properties) ? schema.properties : {};
    const inside = Object.keys(value).flatMap((name) => {
      const member = Object.hasOwn(properties, name) ? properties[name] : undefined;
      const at = { schema: member, pointer: `${located.pointer}${toPointer(['properties', name])}` };
      return isObject(member) ? visit(making, at, value[name], [...keys, name], depth + 1) : [];
    });
    return [...own, ...inside];
  }
  const [first] = Array.isArray(value) ? value : [];
  if (first === undefined || !isObject(schema.items)) return own;
  const items = { schema: schema.items, pointer: `${located.pointer}/items` };
  return [...own, ...visit(making, items, first, [...keys, '0'], depth + 1)];
}

/** Each of `oneOf` and `anyOf`, by a value of its own. */
function alternatives(
  { contract, chance }: Making,
  schema: JsonObject,
  { pointer }: Located,
  value: unknown,
): Omit<Variation, 'keys'>[] {
  return ['oneOf', 'anyOf'].flatMap((keyword) => {
    const list = schema[keyword];
    if (!Array.isArray(list)) return [];
    return list.slice(0, enumMax).flatMap((member, index) => {
      const branch = { schema: member, pointer: `${pointer}/${keyword}/${index}` };
      const isOwn = contract.validatorOf(follow(contract.description, branch), 'request').check(value);
      if (isOwn) return [];
      const name = isObject(member) && typeof member.$ref === 'string' ? member.$ref.split('/').at(-1) : index + 1;
      const made = contract.samplerOf(branch, 'request')('documented', chance);
      const mixed = isObject(value) && isObject(made) ? { ...made, ...discriminatorOf(schema, made) } : made;
      return [{ how: `as ${keyword} ${name}`, value: mixed }];
    });
  });
}

function discriminatorOf({ discriminator }: JsonObject, made: JsonObject): JsonObject {
  const name = isObject(discriminator) ? discriminator.propertyName : undefined;
  return typeof name === 'string' && Object.hasOwn(made, name) ? { [name]: made[name] } : {};
}

function variants(schema: JsonObject, value: unknown): Omit<Variation, 'keys'>[] {
  const found: Omit<Variation, 'keys'>[] = [];
  const number = (keyword: string) => (typeof schema[keyword] === 'number' ? (schema[keyword] as number) : undefined);
  const when = (bound: number | undefined, how: string, make: (bound: number) => unknown) => {
    if (bound !== undefined) found.push({ how, value: make(bound) });
  };
  const isNullable = schema.nullable === true || (Array.isArray(schema.type) && schema.type.includes('null'));
  if (isNullable && value !== null) found.push({ how: 'as null', value: null });
  if (Array.isArray(schema.enum)) {
    for (const one of schema.enum.slice(0, enumMax)) found.push({ how: `as ${JSON.stringify(one)}`, value: one });
    return found;
  }
  if (typeof value === 'boolean') found.push({ how: `as ${!value}`, value: !value });
  if (typeof value === 'number') {
    const step = number('multipleOf') ?? (Number.isInteger(value) ? 1 : 0.5);
    when(number('minimum'), 'at its minimum', (bound) => (schema.exclusiveMinimum === true ? bound + step : bound));
    when(number('maximum'), 'at its maximum', (bound) => (schema.exclusiveMaximum === true ? bound - step : bound));
    when(number('exclusiveMinimum'), 'at its minimum', (bound) => bound + step);
    when(number('exclusiveMaximum'), 'at its maximum', (bound) => bound - step);
  }
  if (typeof value === 'string') {
    const [min, max] = [number('minLength'), number('maxLength')];
    when(min, 'at its minLength', (length) => sized(value, length));
    when(max !== undefined && max <= lengthMax ? max : undefined, 'at its maxLength', (length) => sized(value, length));
  }
  if (Array.isArray(value)) {
    const [min, max] = [number('minItems'), number('maxItems')];
    when(min ?? 0, `with ${min ?? 0} items`, (length) => itemsOf(value, length));
    when(max !== undefined && max <= itemsMax ? max : undefined, `with ${max} items`, (length) =>
      itemsOf(value, length),
    );
  }
  return found;
}

function sized(value: string, length: number): string {
  const characters = [...value];
  if (characters.length >= length) return characters.slice(0, length).join('');
  return value + (characters.at(-1) ?? 'x').repeat(length - characters.length);
}

const itemsOf = (value: readonly unknown[], length: number) =>
  value.length === 0 ? value : Array.from({ length }, (_, index) => value[index % value.length]);
