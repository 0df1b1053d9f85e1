import { setImmediate } from 'node:timers/promises';

/** Work goes on for so long before requests get their turn. */
const sliceMs = 20;

/** What is made of each of many, some of which take long: an operation is compiled when it is first looked at. */
export async function inTurns<T, U>(values: readonly T[], make: (value: T) => U): Promise<U[]> {
  const made: U[] = [];
  let endMs = performance.now() + sliceMs;
  for (const value of values) {
    made.push(make(value));
    if (performance.now() < endMs) continue;
    await setImmediate();
    endMs = performance.now() + sliceMs;
  }
  return made;
}
