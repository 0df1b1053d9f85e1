import {
  type Contract,
  createChance,
  flatten,
  follow,
  type Located,
  textMatching,
} from '../../server/contract/index.js';
import { isObject, type JsonObject, toPointer } from '../../server/documents/index.js';

/** A value in place of an object or a list that is at fault for what it has, or has not, among its members. */
interface MemberBreach {
  readonly keyword: string;
  readonly value: unknown;
  readonly how?: string;
}

/** A schema that speaks of a member which the value does not have, and the name that it would have. */
interface Unspoken {
  readonly name: string;
  readonly located: Located;
}

/** Names that hardly any schema of names lets through. */
const oddNames = ['', '~ no name ~', 'x'.repeat(300), 'UPPER', 'lower', '0'];

/** Against what is said of names, and of which items there must be (JSON Schema 2020-12 Core §10.3.1.3, §10.3.2.4). */
export function memberBreaches(
  contract: Contract,
  schema: JsonObject,
  { pointer }: Located,
  value: unknown,
): MemberBreach[] {
  if (isObject(value) && isObject(schema.propertyNames)) {
    const [sample = 'standin'] = Object.values(value);
    return oddNames
      .filter((name) => !Object.hasOwn(value, name))
      .map((name) => ({ keyword: 'propertyNames', value: { ...value, [name]: sample } }));
  }
  if (!Array.isArray(value) || !isObject(schema.contains)) return [];
  const wanted = contract.validatorOf(
    follow(contract.description, { schema: schema.contains, pointer: `${pointer}/contains` }),
    'request',
  );
  const others = [...value, 'standin', -987_654_321, { standin: true }, null].filter((one) => !wanted.check(one));
  const match = value.find((one) => wanted.check(one));
  const most = schema.maxContains;
  return [
    ...[value.filter((one) => !wanted.check(one)), ...others.map((other) => value.map(() => other))].map((list) => ({
      keyword: 'contains',
      value: list,
    })),
    ...(typeof most === 'number' && most < 1000 && match !== undefined
      ? [
          {
            keyword: 'contains',
            value: [...value, ...Array.from({ length: most + 1 }, () => match)],
            how: 'with more matches than its maxContains',
          },
        ]
      : []),
  ];
}

/** Values of what a value must not be: itself, or together with what it must not have besides. */
export function forbidden(contract: Contract, schema: JsonObject, { pointer }: Located, value: unknown): unknown[] {
  if (!isObject(schema.not)) return [];
  const located = { schema: schema.not, pointer: `${pointer}/not` };
  const made = contract.samplerOf(located, 'request')('documented', createChance('not', Date.now));
  return isObject(value) && isObject(made) ? [{ ...value, ...made }, made] : [made];
}

/** What is said of members besides those that are named, where the value has none of them. */
export function unspoken(schema: JsonObject, { pointer }: Located, value: JsonObject): Unspoken[] {
  const { patternProperties, additionalProperties } = schema;
  const patterns = isObject(patternProperties) ? Object.entries(patternProperties) : [];
  const named = patterns.flatMap(([pattern, member]): Unspoken[] => {
    const matcher = matcherOf(pattern);
    if (!matcher || !isObject(member) || Object.keys(value).some((name) => matcher.test(name))) return [];
    const bounds = { patterns: [pattern], min: 0, max: 40 };
    const name = textMatching(bounds, createChance(pattern, Date.now), (text) => matcher.test(text));
    if (name === undefined) return [];
    return [{ name, located: { schema: member, pointer: `${pointer}${toPointer(['patternProperties', pattern])}` } }];
  });
  const properties = isObject(schema.properties) ? schema.properties : {};
  const isAnyThere = Object.keys(value).some((name) => !Object.hasOwn(properties, name));
  if (!isObject(additionalProperties) || isAnyThere) return named;
  const located = { schema: additionalProperties, pointer: `${pointer}/additionalProperties` };
  return [...named, { name: 'undocumentedByContract', located }];
}

/** Where the schema of a member stands: that of its name, of the pattern it has, of all others. */
export function schemaOfMember(schema: JsonObject, { pointer }: Located, name: string): Located | undefined {
  const { properties, patternProperties, additionalProperties } = schema;
  if (isObject(properties) && Object.hasOwn(properties, name))
    return { schema: properties[name], pointer: `${pointer}${toPointer(['properties', name])}` };
  const pattern = isObject(patternProperties)
    ? Object.keys(patternProperties).find((one) => matcherOf(one)?.test(name))
    : undefined;
  if (isObject(patternProperties) && pattern !== undefined)
    return { schema: patternProperties[pattern], pointer: `${pointer}${toPointer(['patternProperties', pattern])}` };
  return isObject(additionalProperties)
    ? { schema: additionalProperties, pointer: `${pointer}/additionalProperties` }
    : undefined;
}

/** A valid value for a member that is not there, by which it can be told what is against its schema. */
export function sampleFor(
  contract: Contract,
  located: Located,
): { readonly schema: JsonObject; readonly value: unknown } {
  const value = contract.samplerOf(located, 'request')('documented', createChance(located.pointer, Date.now));
  return { schema: flatten(contract.description, located), value };
}

/** ECMA-262, as JSON Schema has it (2020-12 Core §6.4); what is none speaks of nothing. */
function matcherOf(pattern: string): RegExp | undefined {
  try {
    return new RegExp(pattern, 'u');
  } catch {
    return undefined;
  }
}
