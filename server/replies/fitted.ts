import { isDeepStrictEqual } from 'node:util';
import type { ResponseMediaType, Violation } from '../contract/index.js';
import { fromPointer, isObject } from '../documents/index.js';
import { at } from './evaluate.js';
import { withMember, withoutMember } from './with-member.js';

/** More rounds would be hoping. */
const roundsMax = 5;

/**
 * The value as the schema of a response accepts it, or `undefined`. What the schema requires and the value lacks is taken
 * from a valid example; so is what the schema refuses. What it does not know is left out.
 */
export function fitted(
  mediaType: ResponseMediaType,
  value: unknown,
  example: unknown,
): { readonly value: unknown } | undefined {
  const { validator } = mediaType;
  let made = mediaType.sentPart(value);
  for (let round = 0; round <= roundsMax; round++) {
    if (validator.check(made)) return { value: made };
    const violations = validator.violations(made, 'body');
    const [first] = violations;
    // Where none fits, what is wrong in each of them is told as well.
    const mended: unknown =
      first?.keyword === 'oneOf' && violations.length === 1
        ? asOneAlternative(mediaType, made, fromPointer(first.pointer), example)
        : violations.reduce((before, violation) => mend(before, violation, example, round), made);
    if (isDeepStrictEqual(mended, made) && round > 1) return undefined;
    made = mended;
  }
  return undefined;
}

function mend(value: unknown, { pointer, keyword }: Violation, example: unknown, round: number): unknown {
  const keys = fromPointer(pointer);
  if (keyword === 'additionalProperties' || keyword === 'unevaluatedProperties') return withoutMember(value, keys);
  // What can't be mended where it is wrong may be by what is around it.
  const around = keyword === 'required' || round < 2 ? keys : keys.slice(0, Math.max(1, keys.length - round + 1));
  if (around.length === 0) return isObject(value) && isObject(example) ? { ...example, ...value } : value;
  const sent = at(value, keys);
  if (keyword === 'type' && round === 0 && isScalar(sent)) return withMember(value, keys, inOtherType(sent));
  const given = alike(example, around);
  const there = at(value, around);
  // Where an alternative asks for more than was sent, what was sent may still do with the rest of the example.
  if (isObject(given) && isObject(there) && !Object.keys(given).every((name) => Object.hasOwn(there, name)))
    return withMember(value, around, { ...given, ...there });
  return given === undefined ? withoutMember(value, around) : withMember(value, around, given);
}

/** Where more than one alternative fits: without what the example does without, as little of it as will do. */
function asOneAlternative(
  { validator }: ResponseMediaType,
  value: unknown,
  keys: readonly string[],
  example: unknown,
): unknown {
  const there = at(value, keys);
  const given = alike(example, keys);
  if (!isObject(there) || !isObject(given)) return value;
  const others = Object.keys(there)
    .filter((name) => !Object.hasOwn(given, name))
    .map((name) => [...keys, name]);
  const less = others.map((other) => withoutMember(value, other)).find(validator.check);
  return less ?? others.reduce(withoutMember, value);
}

const isScalar = (value: unknown) => typeof value === 'string' || typeof value === 'number';

/** A number as text, or the number that a text is. */
function inOtherType(value: unknown): unknown {
  if (typeof value === 'number') return String(value);
  return /^-?\d{1,15}$/.test(String(value)) ? Number(value) : value;
}

/** What an example has at a place; of a list, what its last item has where there are not as many. */
function alike(example: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>((at, key) => {
    if (Array.isArray(at)) return at[Number(key)] ?? at.at(-1);
    return isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  }, example);
}
