import { createFaults, type Faults, learn, type Making } from './sample-making.js';
import type { Validator } from './validator.js';

export interface Satisfaction {
  /** The valid value; else the one with the fewest violations. */
  readonly value: unknown;
  readonly isValid: boolean;
}

/** Each way of making a value is corrected this often by what the validator finds wrong. */
const correctionsMax = 8;

/** Makes a value, and makes it again with what was wrong in mind, until it is valid or nothing more can be learnt. */
export function satisfy(
  making: Making,
  validator: Validator,
  make: (making: Making) => unknown,
  path = '',
): Satisfaction {
  let best: { value: unknown; count: number } | undefined;
  for (const way of waysOf(making)) {
    let faults: Faults = way.faults;
    for (let correction = 0; correction <= correctionsMax; correction++) {
      if (best && making.work.left <= 0) return { value: best.value, isValid: false };
      const value = make({ ...way, faults, workAtStart: way.work.left });
      if (value !== undefined && validator.check(value)) return { value, isValid: true };
      const violations = value === undefined ? [] : validator.violations(value, 'body');
      if (!best || violations.length < best.count) best = { value, count: violations.length };
      if (violations.length === 0) break;
      faults = { at: new Map([...faults.at].map(([key, fault]) => [key, { ...fault }])), given: faults.given };
      learn(faults, violations, path);
      faults.given.clear();
    }
  }
  return { value: best?.value, isValid: false };
}

function* waysOf(making: Making): Generator<Making> {
  yield making;
  yield { ...making, isLean: true, faults: createFaults() };
  yield { ...making, kind: 'fresh', faults: createFaults() };
  yield { ...making, kind: 'fresh', isLean: true, faults: createFaults() };
}
