import { type Description, isObject, type JsonObject } from '../../documents/index.js';
import { flatten, type Located } from './flatten.js';
import { chosenAlternative } from './sample-alternatives.js';
import { withConditions } from './sample-conditions.js';
import { leastDepth } from './sample-depth.js';
import { withDiscriminator } from './sample-discriminator.js';
import { faultAt, goesInCircles, inside, type Making } from './sample-making.js';
import { affirmed } from './sample-negation.js';
import { ofType } from './sample-type.js';
import { withoutUnsent } from './sample-unsent.js';

/**
 * A value of a schema at a place of the whole value, `undefined` where there can be none.
 *
 * @param path JSON Pointer to the value that is made
 * @param name of the property that it is for
 */
export function makeValue(outer: Making, located: Located, path: string, depth: number, name = ''): unknown {
  if (located.schema === false) return undefined;
  outer.work.left--;
  if (goesInCircles(outer, located.schema)) {
    if (isNullable(located.schema)) return null;
    if (leastDepth(outer.description, located.schema) === Number.POSITIVE_INFINITY) return undefined;
  }
  const making = inside(outer, located.schema);
  const flat = flatOf(making.description, located);
  if (making !== outer && isNullable(flat) && goesInCircles(outer, located.schema)) return null;
  const named = withDiscriminator(making, located.schema, flat);
  return makeOf(making, named, { path, depth, name });
}

/** Where a value stands. */
export interface Standing {
  readonly path: string;
  readonly depth: number;
  readonly name: string;
}

/** A value of a schema whose `$ref` and `allOf` are taken in. */
export function makeOf(making: Making, given: JsonObject, standing: Standing): unknown {
  const { path } = standing;
  const flat = withoutNegation(making, given, faultAt(making, path)?.level ?? 0);
  if (isImpossible(flat)) return undefined;
  if ('const' in flat && !Array.isArray(flat.oneOf) && !Array.isArray(flat.anyOf)) return flat.const;
  const documented = faultAt(making, path)?.distrusted ? undefined : documentedValue(making, flat, path);
  if (documented) return documented.value;
  return (
    withConditions(making, flat, standing) ??
    chosenAlternative(making, flat, standing) ?? { value: ofType(making, flat, standing) }
  ).value;
}

/** A `not` within a `not` is no deeper. */
const negationsMax = 4;

function withoutNegation(making: Making, given: JsonObject, level: number): JsonObject {
  let flat = given;
  for (let depth = 0; depth < negationsMax && isSaidOtherwise(flat, level); depth++) flat = affirmed(making, flat);
  return flat;
}

/** What a `not` leaves is looked for where it is said by another `not`, and where a value went wrong. */
function isSaidOtherwise({ not }: JsonObject, level: number): boolean {
  if (!isObject(not) || Object.keys(not).length === 0) return false;
  return 'not' in not || 'anyOf' in not || (level > 0 && saidOnce(not));
}

/** What can't be said in other words is not tried to be said in yet others. */
function saidOnce(not: JsonObject): boolean {
  const keywords = Object.keys(not);
  return keywords.length > 1 || !/^(?:const|enum|pattern|multipleOf|uniqueItems|\$ref)$/.test(keywords[0] as string);
}

/** The value that the document gives for this schema. */
function documentedValue(making: Making, flat: JsonObject, path: string): { value: unknown } | undefined {
  const { kind, chance } = making;
  const choices = Array.isArray(flat.enum) ? flat.enum : [];
  const { examples } = flat;
  const level = faultAt(making, path)?.level ?? 0;
  if (kind === 'fresh' || level > 0) {
    if (choices.length > 0)
      return { value: level > 0 ? choices[(level - 1) % choices.length] : chance.pick(choices as unknown[]) };
    const isPlainText =
      flat.type === 'string' && !flat.format && !flat.pattern && Array.isArray(examples) && examples.length > 0;
    return isPlainText && level === 0 ? given(making, flat, path, chance.pick(examples as unknown[])) : undefined;
  }
  if (Array.isArray(examples) && examples.length > 0) return given(making, flat, path, examples[0]);
  if (flat.example !== undefined) return given(making, flat, path, flat.example);
  if (flat.default !== undefined) return given(making, flat, path, flat.default);
  return choices.length > 0 ? { value: choices[0] } : undefined;
}

function given(making: Making, flat: JsonObject, path: string, value: unknown): { value: unknown } {
  making.faults.given.add(path);
  return { value: withoutUnsent(making, flat, value) };
}

/** Whether no value at all is accepted. */
function isImpossible({ not, enum: choices }: JsonObject): boolean {
  if (Array.isArray(choices) && choices.length === 0) return true;
  return not === true || (isObject(not) && Object.keys(not).length === 0);
}

function isNullable(schema: unknown): boolean {
  return isObject(schema) && (schema.nullable === true || (Array.isArray(schema.type) && schema.type.includes('null')));
}

const flats = new WeakMap<Description, WeakMap<object, JsonObject>>();

/** As `flatten`, done once for each schema. */
export function flatOf(description: Description, located: Located): JsonObject {
  const { schema } = located;
  if (!isObject(schema)) return flatten(description, located);
  if (typeof schema.$ref !== 'string' && !Array.isArray(schema.allOf)) return schema;
  let known = flats.get(description);
  if (!known) {
    known = new WeakMap();
    flats.set(description, known);
  }
  const found = known.get(schema);
  if (found) return found;
  const made = flatten(description, located);
  known.set(schema, made);
  return made;
}
