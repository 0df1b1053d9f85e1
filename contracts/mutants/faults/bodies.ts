import { isObject, type JsonObject, toPointer, valueAt } from '../../../server/documents/index.js';
import { jsonIn } from '../../run/answer.js';
import { absent, type BodyPlace, changeAt, nameOf, type WhichItems } from '../body-place.js';
import { type Fault, onAnswer, type Planting, spread } from '../fault.js';
import { withJson } from '../service.js';

/** What is wrong with the bodies of successes, by the schema of the value at fault. */
export const bodyFaults: readonly Fault[] = [
  {
    kind: 'drop a required field',
    plant: places(
      ({ required, keys }) => required && isMember(keys),
      () => absent,
    ),
  },
  { kind: 'wrong type', plant: places(({ schema }) => typeOf(schema) !== undefined, otherType) },
  { kind: 'number as string', plant: places(({ schema }) => isNumber(schema), String) },
  {
    kind: 'null in non-nullable',
    plant: places(
      ({ schema, keys }) => !isNullable(schema) && isMember(keys),
      () => null,
    ),
  },
  {
    kind: 'unknown enum',
    plant: places(
      ({ schema }) => Array.isArray(schema.enum),
      () => 'unheard-of',
    ),
  },
  {
    kind: 'last enum value misspelt',
    plant: places(
      ({ schema, operation }) =>
        operation.resource !== undefined && Array.isArray(schema.enum) && schema.enum.length > 1,
      (value, { schema }) => (value === (schema.enum as unknown[]).at(-1) ? `${String(value)}d` : value),
    ),
  },
  {
    kind: 'enum in another case',
    plant: places(
      ({ schema }) => Array.isArray(schema.enum),
      (value) => (typeof value === 'string' ? swapCase(value) : value),
    ),
  },
  { kind: 'bad uuid', plant: places(({ schema }) => schema.format === 'uuid', bad('6f1de8a2-94b7')) },
  {
    kind: 'bad date',
    plant: places(({ schema }) => schema.format === 'date' || schema.format === 'date-time', bad('2024-13-45')),
  },
  {
    kind: 'time without T and zone',
    plant: places(({ schema }) => schema.format === 'date-time', bad('2024-03-09 10:00:00')),
  },
  {
    kind: 'time as a Unix number',
    plant: places(
      ({ schema }) => schema.format === 'date-time',
      () => 1709978400,
    ),
  },
  {
    kind: 'bad email or uri',
    plant: places(({ schema }) => schema.format === 'email' || schema.format === 'uri', bad('no such thing')),
  },
  {
    kind: 'extra property where closed',
    plant: places(isClosed, (value) => (isObject(value) ? { ...value, undocumented: true } : value)),
  },
  {
    kind: 'writeOnly leaked',
    plant: places(
      ({ schema }) => writeOnlyIn(schema) !== undefined,
      (value, { schema }) =>
        isObject(value) ? { ...value, [writeOnlyIn(schema) as string]: 'open sesame, it is me' } : value,
    ),
  },
  {
    kind: 'array to object',
    plant: places(
      ({ schema }) => typeOf(schema) === 'array',
      (value) => (Array.isArray(value) ? { ...value } : value),
    ),
  },
  {
    kind: 'array as null where empty',
    plant: places(
      // Without a collection it is never empty.
      ({ schema, operation }) =>
        operation.resource !== undefined && typeOf(schema) === 'array' && schema.minItems === undefined,
      (value) => (Array.isArray(value) && value.length === 0 ? null : value),
    ),
  },
  {
    kind: 'fault in the last array item only',
    plant: places(
      ({ keys, required, schema }) => keys.includes('*') && isMember(keys) && required && typeOf(schema) !== undefined,
      otherType,
      'last of several',
    ),
  },
  {
    kind: 'drop a required field of the last array item only',
    plant: places(
      ({ keys, required }) => keys.includes('*') && isMember(keys) && required,
      () => absent,
      'last of several',
    ),
  },
  {
    kind: 'wrong discriminator',
    plant: places(isDiscriminator, (value) => (value === 'circle' ? 'polygon' : 'circle')),
  },
  { kind: 'unknown discriminator', plant: places(isDiscriminator, () => 'blob') },
  {
    kind: 'above a maximum',
    plant: places(
      ({ schema }) => typeof schema.maximum === 'number',
      (_, { schema }) => Number(schema.maximum) + 1,
    ),
  },
  {
    kind: 'below a minimum',
    plant: places(
      ({ schema }) => typeof schema.minimum === 'number',
      (_, { schema }) => Number(schema.minimum) - 1,
    ),
  },
  {
    kind: 'longer than its maxLength',
    plant: places(
      ({ schema }) => typeof schema.maxLength === 'number',
      (value, { schema }) => (typeof value === 'string' ? 'x'.repeat(Number(schema.maxLength) + 1) : value),
    ),
  },
  {
    kind: 'empty where minLength',
    plant: places(({ schema }) => Number(schema.minLength) > 0, bad('')),
  },
  { kind: 'against its pattern', plant: places(({ schema }) => typeof schema.pattern === 'string', bad('§ 1')) },
  {
    kind: 'more items than maxItems',
    plant: places(
      ({ schema }) => typeof schema.maxItems === 'number',
      (value, { schema }) =>
        Array.isArray(value) && value.length > 0
          ? Array.from({ length: Number(schema.maxItems) + 1 }, (_, index) =>
              typeof value[0] === 'string' ? 'abcdefghij'.slice(index % 10) : value[0],
            )
          : value,
    ),
  },
  {
    kind: 'fewer items than minItems',
    plant: places(
      ({ schema }) => Number(schema.minItems) > 0,
      (value) => (Array.isArray(value) ? [] : value),
    ),
  },
  {
    kind: 'items repeated where unique',
    plant: places(
      ({ schema }) => schema.uniqueItems === true,
      (value) => (Array.isArray(value) && value.length < 5 ? [...value, value.at(-1)] : value),
    ),
  },
  {
    kind: 'fraction where integer',
    plant: places(
      ({ schema }) => typeOf(schema) === 'integer',
      (value) => Number(value) + 0.5,
    ),
  },
  {
    kind: 'number as object of its digits',
    plant: places(
      ({ schema }) => isNumber(schema),
      (value) => ({ $numberDecimal: String(value) }),
    ),
  },
  {
    kind: 'body wrapped in data',
    plant: places(
      ({ keys }) => keys.length === 0,
      (value) => ({ data: value }),
    ),
  },
  {
    kind: 'object in a list of one',
    plant: places(
      ({ keys, schema }) => keys.length === 0 && typeOf(schema) !== 'array',
      (value) => [value],
    ),
  },
  {
    kind: 'JSON in a string',
    plant: places(
      ({ keys }) => keys.length === 0,
      (value) => JSON.stringify(value),
    ),
  },
];

/** The body of an error, wrong. */
export const errorBodyFaults: readonly Fault[] = [
  {
    kind: 'error body off schema',
    plant: (api) =>
      byStatus(
        api.errorPlaces.filter(({ required, keys }) => required && isMember(keys) && keys.length === 1),
        () => absent,
      )(api),
  },
  {
    kind: 'error body with a wrong type',
    plant: (api) =>
      byStatus(
        api.errorPlaces.filter(({ schema, keys }) => keys.length === 1 && typeOf(schema) !== undefined),
        otherType,
      )(api),
  },
  {
    kind: 'error with an unknown code',
    plant: (api) =>
      byStatus(
        api.errorPlaces.filter(({ schema }) => Array.isArray(schema.enum)),
        () => 'E_UNHEARD_OF',
      )(api),
  },
];

type Change = (value: unknown, place: BodyPlace) => unknown;

function places(which: (place: BodyPlace) => boolean, change: Change, items: WhichItems = 'all'): Fault['plant'] {
  return (api) => {
    const found = api.places.filter((place) => place.schema.writeOnly !== true && which(place));
    return spread(found, ({ keys, guards }) => guards.length > 0 || keys.includes('*')).map((place) =>
      planting(place, change, items)(api),
    );
  };
}

/** Errors are provoked one by one: the fault is in one status of the first operation, in another of the last. */
function byStatus(found: readonly BodyPlace[], change: Change): Fault['plant'] {
  return (api) => {
    const provocable = found.filter(
      ({ response: { status, content }, keys }) =>
        !/^(?:429|5..)$/.test(status) &&
        // What no example shows, the provider does not send.
        content.some((mediaType) =>
          mediaType.examples().some(({ value }) => valueAt(value, toPointer(keys)) !== undefined),
        ),
    );
    const statuses = [...new Set(provocable.map(({ response }) => response.status))];
    const chosen = statuses.flatMap((status) =>
      spread(provocable.filter(({ response }) => response.status === status)).slice(-1),
    );
    return [...new Set([...provocable.slice(0, 1), ...chosen])].map((place) => planting(place, change, 'all')(api));
  };
}

const planting =
  (place: BodyPlace, change: Change, items: WhichItems) =>
  (api: Parameters<Fault['plant']>[0]): Planting => ({
    place: nameOf(place),
    reasons: ['schema'],
    wrap: onAnswer(api, place.operation, (answer) => {
      if (String(answer.status) !== place.response.status) return undefined;
      const changed = changeAt(jsonIn(answer), place, (value) => change(value, place), items);
      return changed && withJson(answer, changed.body);
    }),
  });

const isMember = (keys: readonly string[]) => keys.length > 0 && keys.at(-1) !== '*';

/** The one type that a value has, besides null. */
function typeOf({ type }: JsonObject): string | undefined {
  const types = [type].flat().filter((one) => one !== 'null' && one !== undefined);
  return types.length === 1 ? String(types[0]) : undefined;
}

const isNumber = (schema: JsonObject) => /^(?:number|integer)$/.test(typeOf(schema) ?? '');

const isNullable = ({ type, nullable }: JsonObject) => nullable === true || [type].flat().includes('null');

function otherType(value: unknown): unknown {
  if (value === null) return value;
  return typeof value === 'string' ? { text: value } : typeof value === 'number' ? [value] : 'something else';
}

function bad(text: string): Change {
  return (value) => (typeof value === 'string' ? text : value);
}

const swapCase = (text: string) => (text === text.toLowerCase() ? text.toUpperCase() : text.toLowerCase());

function isClosed({ schema }: BodyPlace): boolean {
  return schema.additionalProperties === false || schema.unevaluatedProperties === false;
}

function isDiscriminator({ schema, guards, keys }: BodyPlace): boolean {
  return 'const' in schema && guards.some(({ name, depth }) => keys[depth] === name && keys.length === depth + 1);
}

function writeOnlyIn({ properties }: JsonObject): string | undefined {
  const found = Object.entries(isObject(properties) ? properties : {}).find(
    ([, member]) => isObject(member) && member.writeOnly === true,
  );
  return found?.[0];
}
