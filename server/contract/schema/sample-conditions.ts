import { isObject, type JsonObject } from '../../documents/index.js';
import { merge } from './merge.js';
import { faultAt, type Making } from './sample-making.js';
import { flatOf, makeOf, type Standing } from './sample-value.js';

interface Conditional {
  readonly condition: unknown;
  readonly consequence: unknown;
  readonly alternative: unknown;
}

/** A schema with more conditions than this is met by trying, not by thinking. */
const conditionsMax = 32;

/** `if`, `then`, `else`: what is made without them is looked at, and made again with what follows from it. */
export function withConditions(
  making: Making,
  flat: JsonObject,
  standing: Standing,
): { readonly value: unknown } | undefined {
  const [bare, conditionals] = split(making, flat);
  if (conditionals.length === 0) return undefined;
  const turn = faultAt(making, standing.path)?.level ?? 0;
  let schema = bare;
  conditionals.forEach(({ condition, consequence, alternative }, index) => {
    const isMet = making.checkers(condition).check(makeOf(making, schema, standing));
    // Where that went wrong, another of them is turned round.
    const isTurned = turn > 0 && (turn - 1) % conditionals.length === index;
    const holds = alternative === false || (consequence !== false && isTurned !== isMet);
    schema = holds
      ? both(making, both(making, schema, condition), consequence)
      : both(making, isMet ? both(making, schema, { not: condition }) : schema, alternative);
  });
  return { value: makeOf(making, schema, standing) };
}

function both({ description }: Making, schema: JsonObject, other: unknown): JsonObject {
  if (!isObject(other)) return other === false ? { ...schema, not: {} } : schema;
  const flat = flatOf(description, { schema: other, pointer: '' });
  return merge(schema, 'if' in schema || 'if' in flat ? omitConditions(flat) : flat);
}

/** Conditions within conditions are left to the validator. */
function omitConditions({ if: _i, then: _t, else: _e, ...rest }: JsonObject): JsonObject {
  return rest;
}

function split({ description }: Making, flat: JsonObject): [JsonObject, Conditional[]] {
  const conditionals: Conditional[] = [];
  let schema = flat;
  while ('if' in schema && conditionals.length < conditionsMax) {
    const { if: condition, then: consequence, else: alternative, ...rest } = schema;
    conditionals.push({ condition, consequence, alternative });
    schema = flatOf(description, { schema: rest, pointer: '' });
  }
  return [schema, conditionals];
}
