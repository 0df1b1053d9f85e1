import type { JsonObject } from '../../documents/index.js';
import type { Making } from './sample-making.js';
import { numberByName } from './sample-name.js';

/** Ranges of the formats of the OpenAPI format registry; beyond 2^53 a number of JavaScript is no longer the one meant. */
const ranges: Readonly<Record<string, readonly [min: number, max: number]>> = {
  int8: [-128, 127],
  int16: [-32_768, 32_767],
  int32: [-2_147_483_648, 2_147_483_647],
  int64: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  uint8: [0, 255],
  uint16: [0, 65_535],
  uint32: [0, 4_294_967_295],
  uint64: [0, Number.MAX_SAFE_INTEGER],
  'double-int': [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
};

const number = (value: unknown) => (typeof value === 'number' ? value : undefined);

/** A number within the bounds of a schema, a multiple of its `multipleOf`. */
export function numberOf(
  { kind, chance }: Pick<Making, 'kind' | 'chance'>,
  schema: JsonObject,
  type: 'integer' | 'number',
  name = '',
  level = 0,
): number {
  const { low, high, step, over, under } = boundsOf(schema, type, level);
  if (high < low) return type === 'number' ? between(schema, over, under) : low * step;
  const isBare = step === (type === 'integer' ? 1 : step) && schema.multipleOf === undefined;
  const named = isBare && level === 0 ? numberByName(name, type, kind === 'fresh' ? chance : undefined) : undefined;
  if (named !== undefined && named >= low * step && named <= high * step && named !== over && named !== under)
    return named;
  // Whole numbers went wrong, or the one at the bound: the next may be neither.
  if (level === 1) return tidy(Math.min(low + 1, high) * step);
  const count = kind === 'fresh' || level > 1 ? chance.integer(low, Math.min(high, low + 1_000_000)) : low;
  return tidy(count * step);
}

/** The multiples of `step` that the schema allows, from the `low`th to the `high`th. */
export function boundsOf(schema: JsonObject, type: 'integer' | 'number', level: number) {
  const [min, max] = rangeOf(schema);
  const exclusive = (flag: unknown, bound: unknown) => number(flag) ?? (flag === true ? number(bound) : undefined);
  const over = exclusive(schema.exclusiveMinimum, schema.minimum);
  const under = exclusive(schema.exclusiveMaximum, schema.maximum);
  const minimum = largest(
    over === undefined || schema.exclusiveMinimum !== true ? number(schema.minimum) : undefined,
    min,
  );
  const maximum = smallest(
    under === undefined || schema.exclusiveMaximum !== true ? number(schema.maximum) : undefined,
    max,
  );
  const step = stepOf(schema, type, level);
  const most = smallest(under, maximum);
  const lows = [
    ...(over === undefined ? [] : [Math.floor(quotient(over, step)) + 1]),
    ...(minimum === undefined ? [] : [Math.ceil(quotient(minimum, step))]),
  ];
  const hasRange = schema.minimum !== undefined || over !== undefined;
  const start = Math.min(0, most === undefined ? 0 : Math.floor(quotient(most, step)) - 1);
  const low = hasRange ? Math.max(...lows) : Math.max(start, ...lows.filter((bound) => bound > start));
  const highs = [
    ...(under === undefined ? [] : [Math.ceil(quotient(under, step)) - 1]),
    ...(maximum === undefined ? [] : [Math.floor(quotient(maximum, step))]),
  ];
  const isOpen = schema.maximum === undefined && under === undefined;
  const high = isOpen ? Math.min(low + 1000, ...highs) : Math.min(...highs);
  return { low, high, step, over, under };
}

/** Bounds beyond 2^53 count, though what is made within them is no longer exact. */
function rangeOf({ format, minimum, maximum }: JsonObject): readonly [min?: number, max?: number] {
  const range = ranges[String(format)];
  const isLeft = range && ((number(minimum) ?? range[0]) > range[1] || (number(maximum) ?? range[1]) < range[0]);
  return !range || isLeft ? [] : range;
}

function stepOf({ multipleOf }: JsonObject, type: 'integer' | 'number', level: number): number {
  const step = number(multipleOf);
  if (step === undefined || step <= 0) return type === 'number' && level > 0 ? 0.5 : 1;
  if (type === 'number' || Number.isInteger(step)) return step;
  // The least multiple of it that is a whole number.
  for (let count = 1; count <= 1000; count++) if (Number.isInteger(tidy(step * count))) return tidy(step * count);
  return step;
}

/** 0.3 / 0.1 is 2.9999999999999996. */
const quotient = (value: number, step: number) => tidy(value / step);
export const tidy = (value: number) => (Number.isSafeInteger(value) ? value : Number(value.toPrecision(15)));

function between(schema: JsonObject, over: number | undefined, under: number | undefined): number {
  const low = largest(over, number(schema.minimum)) ?? 0;
  const high = smallest(under, number(schema.maximum)) ?? 0;
  return low + (high - low) / 2;
}

function largest(left: number | undefined, right: number | undefined): number | undefined {
  return left === undefined ? right : right === undefined ? left : Math.max(left, right);
}
function smallest(left: number | undefined, right: number | undefined): number | undefined {
  return left === undefined ? right : right === undefined ? left : Math.min(left, right);
}
