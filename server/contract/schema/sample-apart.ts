import { isObject } from '../../documents/index.js';
import type { Making } from './sample-making.js';
import { flatOf } from './sample-value.js';
import type { Validator } from './validator.js';

/** Values of each type: what one alternative leaves open, another may rule out. */
const oddities: readonly unknown[] = ['other', 0, true, null, {}, [], 0.5];
const propertiesMax = 30;

/**
 * An object that one alternative of a `oneOf` accepts, changed so that the others don't: in a property that they document
 * and this one leaves open. Of other values one of another type. `undefined` where there is none.
 */
export function setApart(
  { checkers, description }: Making,
  value: unknown,
  member: unknown,
  members: readonly unknown[],
  whole: Validator,
): unknown {
  if (!isObject(value)) return oddities.find((oddity) => whole.check(oddity));
  let apart = value;
  const own = checkers(member);
  for (const other of members) {
    if (other === member || !checkers(other).check(apart)) continue;
    const { properties } = flatOf(description, { schema: other, pointer: '' });
    const found = Object.keys(isObject(properties) ? properties : {})
      .slice(0, propertiesMax)
      .flatMap((name) => oddities.map((oddity) => ({ ...apart, [name]: oddity })))
      .find((changed) => !checkers(other).check(changed) && own.check(changed));
    if (!found) return undefined;
    apart = found;
  }
  return whole.check(apart) ? apart : undefined;
}
