import type { Description } from '../../documents/index.js';
import type { Chance } from '../chance.js';
import type { Direction } from './dialect.js';
import type { Located } from './flatten.js';
import { createCheckers } from './sample-check.js';
import { createFaults, type Making } from './sample-making.js';
import { satisfy } from './sample-satisfy.js';
import { makeValue } from './sample-value.js';
import { createValidators, type Validators } from './validator.js';

/**
 * Makes a value of a schema, one that it accepts wherever such a value is found. `documented` takes the values that the
 * document gives wherever it gives some; `fresh` makes new ones where the schema leaves a choice.
 */
export type Sampler = (kind: 'documented' | 'fresh', chance: Chance) => unknown;

/** One value is made of no more parts than this, tries included: what comes after has only what is required. */
const workMax = 30_000;
/** Where no valid value was found with all of that, later tries of the same schema get this. */
const hopelessWorkMax = 2_000;

/**
 * @param validators those of the description; without them values are made, and not checked against the schema.
 */
export function createSampler(
  description: Description,
  located: Located,
  direction: Direction,
  validators?: Validators,
): Sampler {
  const validator = validators?.of(located.schema, located.pointer, direction);
  const checkers = createCheckers(validators ?? createValidators(description), direction);
  let isHopeless = false;
  return (kind, chance) => {
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
    if (!validator) return makeValue(making, located, '', 0);
    const { value, isValid } = satisfy(making, validator, (attempt) => makeValue(attempt, located, '', 0));
    isHopeless = !isValid;
    return value;
  };
}
