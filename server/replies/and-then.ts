import type { MaybePromise } from '../state/index.js';

/** Goes on with a value: at once where it is there, later where it is promised. */
export function andThen<T, U>(value: MaybePromise<T>, next: (value: T) => MaybePromise<U>): MaybePromise<U> {
  return value instanceof Promise ? value.then(next) : next(value);
}
