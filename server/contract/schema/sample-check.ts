import { isObject } from '../../documents/index.js';
import type { Direction } from './dialect.js';
import { anything, type Validator, type Validators } from './validator.js';

/** Validators of schemas that stand nowhere in the document: parts that are put together while a value is made. */
export type Checkers = (schema: unknown) => Validator;

let count = 0;

export function createCheckers(validators: Validators, direction: Direction): Checkers {
  const known = new WeakMap<object, Validator>();
  return (schema) => {
    if (!isObject(schema)) return schema === false ? nothing : anything;
    const found = known.get(schema);
    if (found) return found;
    const made = validators.of(schema, `/~sample/${count++}`, direction);
    known.set(schema, made);
    return made;
  };
}

const nothing: Validator = {
  check: () => false,
  violations: (_value, location) => [{ location, pointer: '', keyword: 'false schema', message: 'must not be there' }],
};
