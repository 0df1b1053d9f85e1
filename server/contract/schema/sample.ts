import type { Description } from '../../documents/index.js';
import type { Chance } from '../chance.js';
import { lazy } from '../lazy.js';
import type { Direction } from './dialect.js';
import type { Located } from './flatten.js';
import { createCheckers } from './sample-check.js';
import { createFaults, type Making } from './sample-making.js';
import { satisfy } from './sample-satisfy.js';
import { makeValue } from './sample-value.js';
import { createValidators, type Validator, type Validators } from './validator.js';

/**
 * Makes a value of a schema, one that it accepts wherever such a value is found. `documented` takes the values that the
 * document gives wherever it gives some; `fresh` makes new ones where the schema leaves a choice. The name of what it is for
 * suggests what is plausible.
 */
export type Sampler = (kind: 'documented' | 'fresh', chance: Chance, name?: string) => unknown;

/** One value is made of no more parts than this, tries included: what comes after has only what is required. */
const workMax = 30_000;
/** Where no valid value was found with all of that, later tries of the same schema get this. */
const hopelessWorkMax = 2_000;

/**
 * @param validators those of the description; without them values are made, and not checked against the schema
 * @param validator what the values are checked with, where that is more than the schema itself
 */
export function createSampler(
  description: Description,
  located: Located,
  direction: Direction,
  validators?: Validators,
  validator: Validator | undefined = validators?.of(located.schema, located.pointer, direction),
): Sampler {
  const checkers = createCheckers(
    lazy(() => validators ?? createValidators(description)),
    direction,
  );
  let isHopeless = false;
  return (kind, chance, name = '') => {
    const work = { left: isHopeless ? hopelessWorkMax : workMax };
    const making: Making = {
      description,
      direction,
      kind,
      chance,
      isLean: false,
      within: [],
      faults: createFaults(),
      checkers,
      work,
      workAtStart: work.left,
    };
    if (!validator) return makeValue(making, located, '', 0, name);
    const { value, isValid } = satisfy(making, validator, (attempt) => makeValue(attempt, located, '', 0, name));
    isHopeless = !isValid;
    return value;
  };
}
