import { isObject } from '../../documents/index.js';
import type { Direction } from './dialect.js';
import { anything, madeUp, type Validator, type Validators } from './validator.js';

/** Validators of schemas that stand nowhere in the document: parts that are put together while a value is made. */
export type Checkers = (schema: unknown) => Validator;

/** To compile a schema takes long, and it is kept: for one sampler no more than this are. The whole value is checked anyhow. */
const compiledMax = 100;

let count = 0;

export function createCheckers(validators: () => Validators, direction: Direction): Checkers {
  const byIdentity = new WeakMap<object, Validator>();
  const byText = new Map<string, Validator>();
  return (schema) => {
    if (!isObject(schema)) return schema === false ? nothing : anything;
    const known = byIdentity.get(schema);
    if (known) return known;
    // Parts are put together anew in each try, and are the same.
    const text = JSON.stringify(schema);
    const found = byText.get(text) ?? (byText.size >= compiledMax ? anything : make(schema));
    if (found !== anything) byText.set(text, found);
    byIdentity.set(schema, found);
    return found;
  };

  function make(schema: object): Validator {
    return validators().of(schema, `${madeUp}${count++}`, direction);
  }
}

const nothing: Validator = {
  check: () => false,
  violations: (_value, location) => [{ location, pointer: '', keyword: 'false schema', message: 'must not be there' }],
};
