import { type Chance, type Contract, flatten, follow, type Located } from '../../server/contract/index.js';
import { isObject, type JsonObject, toPointer } from '../../server/documents/index.js';
import { freshen } from './freshen.js';
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
/** Of more alternatives than this, each is tried once. */
const branchesMax = 6;

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
  const isValid = (one: unknown) => making.contract.validatorOf(located, 'request').check(one);
  const isItem = (one: unknown) =>
    !isObject(schema.items) ||
    making.contract
      .validatorOf(follow(description, { schema: schema.items, pointer: `${located.pointer}/items` }), 'request')
      .check(one);
  const own = variants(schema, value, isValid, isItem, making.chance).map((one) => ({ ...one, keys }));
  const branches = alternativesOf(schema, located);
  const { inside, others } = ofBranches(making, schema, branches, value, keys, depth);
  if (depth >= depthMax) return [...own, ...others];
  return unique([...own, ...members(making, schema, located, value, keys, depth), ...inside, ...others]);
}

function members(
  making: Making,
  schema: JsonObject,
  located: Located,
  value: unknown,
  keys: readonly string[],
  depth: number,
): Variation[] {
  if (isObject(value)) {
    const properties = isObject(schema.properties) ? schema.properties : {};
    return Object.keys(value).flatMap((name) => {
      const member = Object.hasOwn(properties, name) ? properties[name] : undefined;
      const at = { schema: member, pointer: `${located.pointer}${toPointer(['properties', name])}` };
      return isObject(member) ? visit(making, at, value[name], [...keys, name], depth + 1) : [];
    });
  }
  const [first] = Array.isArray(value) ? value : [];
  if (first === undefined || !isObject(schema.items)) return [];
  const items = { schema: schema.items, pointer: `${located.pointer}/items` };
  return visit(making, items, first, [...keys, '0'], depth + 1);
}

const unique = (found: readonly Variation[]) => [
  ...new Map(found.map((one) => [`${toPointer(one.keys)} ${one.how}`, one])).values(),
];

interface Branch extends Located {
  readonly keyword: string;
  readonly name: string | number;
}

function alternativesOf(schema: JsonObject, { pointer }: Located): Branch[] {
  return ['oneOf', 'anyOf'].flatMap((keyword) => {
    const list = schema[keyword];
    if (!Array.isArray(list)) return [];
    return list.slice(0, enumMax).map((member, index): Branch => {
      const reference = isObject(member) && typeof member.$ref === 'string' ? member.$ref.split('/').at(-1) : undefined;
      return { schema: member, pointer: `${pointer}/${keyword}/${index}`, keyword, name: reference ?? index + 1 };
    });
  });
}

/** What the alternative that a value is of says of it; each of the others, by a value of its own, and what it says of that. */
function ofBranches(
  making: Making,
  schema: JsonObject,
  branches: readonly Branch[],
  value: unknown,
  keys: readonly string[],
  depth: number,
): { inside: Variation[]; others: Variation[] } {
  const { contract, chance } = making;
  const inside: Variation[] = [];
  const others: Variation[] = [];
  for (const branch of branches) {
    const followed = follow(contract.description, branch);
    const own = flatten(contract.description, followed);
    if (contract.validatorOf(followed, 'request').check(value)) {
      if (depth < depthMax) inside.push(...members(making, withoutName(own, schema), followed, value, keys, depth));
      continue;
    }
    const made = contract.samplerOf(branch, 'request')('documented', chance);
    const mixed = isObject(value) && isObject(made) ? { ...made, ...discriminatorOf(schema, made) } : made;
    const how = `as ${branch.keyword} ${branch.name}`;
    others.push({ keys, how, value: mixed });
    if (!contract.validatorOf(followed, 'request').check(mixed)) continue;
    // Deeper down, that would be more than anybody waits for.
    if (depth > 0 || branches.length > branchesMax) continue;
    const more = members(making, withoutName(own, schema), followed, mixed, [], depth).map((one) => ({
      keys,
      how: `${how}, ${toPointer(one.keys)} ${one.how}`,
      value: withValueAt(mixed, one.keys, one.value),
    }));
    others.push(...more);
  }
  return { inside, others };
}

/** What tells alternatives apart is no matter of each. */
function withoutName(own: JsonObject, { discriminator }: JsonObject): JsonObject {
  const name = isObject(discriminator) ? discriminator.propertyName : undefined;
  if (typeof name !== 'string' || !isObject(own.properties)) return own;
  const { [name]: _, ...properties } = own.properties;
  return { ...own, properties };
}

function discriminatorOf({ discriminator }: JsonObject, made: JsonObject): JsonObject {
  const name = isObject(discriminator) ? discriminator.propertyName : undefined;
  return typeof name === 'string' && Object.hasOwn(made, name) ? { [name]: made[name] } : {};
}

function variants(
  schema: JsonObject,
  value: unknown,
  isValid: (value: unknown) => boolean,
  isItem: (value: unknown) => boolean,
  chance: Chance,
): Omit<Variation, 'keys'>[] {
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
    // A number that is no whole one is lost to those who keep it as one.
    if (schema.type === 'number' || [schema.type].flat().includes('number')) {
      const between = [value + 0.25, value - 0.25, 0.25].find((one) => one % 1 !== 0 && isValid(one));
      if (value % 1 === 0 && between !== undefined) found.push({ how: 'with a fraction', value: between });
    }
  }
  if (typeof value === 'string') {
    const [min, max] = [number('minLength'), number('maxLength')];
    const sized = (length: number) => sizes(value, length).find(isValid) ?? sizes(value, length)[0];
    when(min, 'at its minLength', sized);
    when(max !== undefined && max <= lengthMax ? max : undefined, 'at its maxLength', sized);
    const foreign = [...foreignText].slice(0, max ?? foreignText.length).join('');
    if (schema.format === undefined && schema.pattern === undefined && isValid(foreign))
      found.push({ how: 'in many letters', value: foreign });
    const digits = ['0042', '007', '0420'].find(isValid);
    if (schema.format === undefined && schema.enum === undefined && digits !== undefined)
      found.push({ how: 'in digits that begin with 0', value: digits });
  }
  if (Array.isArray(value)) {
    const [min, max] = [number('minItems'), number('maxItems')];
    const items = (length: number) => itemsOf(value, length, isValid, isItem, chance);
    when(min ?? 0, `with ${min ?? 0} items`, items);
    when(max !== undefined && max <= itemsMax ? max : undefined, `with ${max} items`, items);
    if (value.length === 1 && (min ?? 0) < 2 && (max ?? 2) > 1) when(2, 'with 2 items', items);
  }
  return found;
}

/** What gets lost where texts are kept, or written, in other letters than they are in. */
const foreignText = 'O\'Zoë & 世界 🦊 "a" b';

/** A text of a length, of which there are several: the longest part of an address is not its last. */
function sizes(value: string, length: number): string[] {
  const characters = [...value];
  const missing = length - characters.length;
  if (missing === 0) return [value];
  const [local = '', domain = ''] = value.split(/@(.*)/s);
  const labels = (count: number): string =>
    count <= 0
      ? ''
      : count === 1
        ? 'x'
        : count <= 50
          ? `${'x'.repeat(count - 1)}.`
          : `${'x'.repeat(49)}.${labels(count - 50)}`;
  if (missing < 0) {
    const cut = characters.slice(0, length).join('');
    const short = length >= 6 ? `${'a'.repeat(length - 5)}@b.de` : cut;
    const link = 'http://a'.padEnd(length, 'a').slice(0, length);
    return [cut, short, link];
  }
  return [
    value + (characters.at(-1) ?? 'x').repeat(missing),
    ...(domain === '' ? [] : [`${local}@${labels(missing)}${domain}`, `${local}${'x'.repeat(missing)}@${domain}`]),
    value + 'x'.repeat(missing),
    `${value}${missing > 1 ? '/' : 'x'}${'x'.repeat(Math.max(0, missing - 1))}`,
    'x'.repeat(missing) + value,
  ];
}

/** As many items, each another where it may be: in which order they are is to be seen. */
function itemsOf(
  value: readonly unknown[],
  length: number,
  isValid: (value: unknown) => boolean,
  isItem: (value: unknown) => boolean,
  chance: Chance,
): readonly unknown[] {
  const [first] = value;
  if (first === undefined) return value;
  const made: unknown[] = [];
  for (let index = 0; index < length; index++) {
    const item = value[index] ?? first;
    made.push(index < value.length ? item : freshen(item, isItem, chance));
  }
  const repeated = Array.from({ length }, (_, index) => value[index % value.length]);
  return isValid(made) || !isValid(repeated) ? made : repeated;
}
