import { isObject, type JsonObject } from '../../documents/index.js';
import type { Shape } from '../shape.js';
import { bare } from './item-form.js';
import type { KeyGeneration } from './resource.js';

/**
 * Names that the key of an item may have, the likeliest first: that of the path parameter, with and without the name of
 * the thing; `id`; the name of the thing with `id`.
 */
export function keyNames(parameter: string, singular: string): string[] {
  const thing = bare(singular);
  const name = bare(parameter);
  const rest = name.startsWith(thing) ? name.slice(thing.length) : '';
  const [, word = ''] =
    /(id|uuid|guid|name|slug|key|code|number|handle|username|email|sku|token|login)$/.exec(name) ?? [];
  return [...new Set([name, rest, 'id', `${thing}id`, `${thing}uuid`, 'uuid', 'uid', 'guid', word])].filter(
    (candidate) => candidate !== '',
  );
}

/** The property of a shape that has the first of these names. Keys are texts or whole numbers. */
export function keyProperty(shape: Shape, names: readonly string[]): string | undefined {
  const properties = [...shape.properties()];
  for (const wanted of names) {
    for (const [name, property] of properties) if (bare(name) === wanted && canBeKey(property)) return name;
  }
  return undefined;
}

export function canBeKey(shape: Shape): boolean {
  const types = shape.types();
  return types.length === 0 || types.some((type) => type === 'string' || type === 'integer' || type === 'number');
}

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** How new keys are made, by the type, format, pattern and examples of the property. */
export function keyGeneration(shape: Shape, examples: readonly unknown[], sample: Sample): KeyGeneration {
  const schema = shape.schema();
  const types = shape.types();
  if (types.includes('integer') || (types.includes('number') && !types.includes('string')))
    return { kind: 'increment' };
  const given = [schema.example, ...(Array.isArray(schema.examples) ? schema.examples : []), ...examples];
  const texts = given.filter((value) => typeof value === 'string');
  if (types.length === 0 && given.some((value) => Number.isInteger(value))) return { kind: 'increment' };
  if (schema.format === 'uuid' || (texts.length > 0 && texts.every((text) => uuid.test(text)))) return { kind: 'uuid' };
  const kinds: KeyGeneration[] = [...ulidKinds(texts, schema.pattern), { kind: 'uuid' }];
  return kinds.find((kind) => accepts(schema, kind)) ?? { kind: 'sample', sample };
}

const anUuid = '6ba7b810-9dad-41d1-80b4-00c04fd430c8';
const anUlid = '01ARZ3NDEKTSV4RRFFQ69G5FAV';

type Ulid = Extract<KeyGeneration, { kind: 'ulid' }>;

/** ULIDs, and what is as long and comes after a prefix: as examples have it, or the pattern; each in both cases, that shown first. */
function ulidKinds(examples: readonly string[], pattern: unknown): Ulid[] {
  const shown = examples.flatMap((text): Ulid[] => {
    const [, prefix, rest] =
      /^()([\dA-HJKMNP-TV-Z]{26})$/i.exec(text) ?? /^([A-Za-z]+_)([\dA-Za-z]{8,})$/.exec(text) ?? [];
    if (prefix === undefined || rest === undefined) return [];
    const kinds = bothCases(prefix);
    return rest !== rest.toLowerCase() && rest === rest.toUpperCase() ? kinds.reverse() : kinds;
  });
  const [, fixed] = (typeof pattern === 'string' && /^\^([A-Za-z]+[_-]?)(?=[[\\(.])/.exec(pattern)) || [];
  return [...shown, ...(fixed === undefined ? [] : bothCases(fixed))];
}

const bothCases = (prefix: string): Ulid[] => [
  { kind: 'ulid', prefix },
  { kind: 'ulid', prefix, isUpperCase: true },
];

/** A key as it is made. */
export function sampleKey(made: KeyGeneration): string {
  if (made.kind === 'ulid') return made.prefix + (made.isUpperCase ? anUlid : anUlid.toLowerCase());
  return made.kind === 'increment' ? '1' : anUuid;
}

/** Whether keys made so would do as values of a schema, as far as its own keywords say. */
export function accepts({ pattern, maxLength, minLength, ...schema }: JsonObject, made: KeyGeneration): boolean {
  const isOther = ['enum', 'const', 'format', 'oneOf', 'anyOf', 'not'].some((keyword) => keyword in schema);
  const text = sampleKey(made);
  return (
    !isOther &&
    (typeof maxLength !== 'number' || text.length <= maxLength) &&
    (typeof minLength !== 'number' || text.length >= minLength) &&
    (typeof pattern !== 'string' || patternOf(pattern)?.test(text) === true)
  );
}

function patternOf(pattern: string): RegExp | undefined {
  try {
    return new RegExp(pattern, 'u');
  } catch {
    return undefined;
  }
}

type Sample = Extract<KeyGeneration, { kind: 'sample' }>['sample'];

/** The values of a property in examples as they are documented, valid or not. */
export function exampleValues(mediaTypeObject: unknown, keys: readonly string[]): unknown[] {
  if (!isObject(mediaTypeObject)) return [];
  const named = isObject(mediaTypeObject.examples) ? Object.values(mediaTypeObject.examples) : [];
  const whole = [mediaTypeObject.example, ...named.map((entry) => (isObject(entry) ? entry.value : undefined))];
  return whole.map((value) =>
    keys.reduce<unknown>((at, key) => (isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined), value),
  );
}
