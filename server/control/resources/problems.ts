import { setImmediate } from 'node:timers/promises';
import { type Contract, lazyOf } from '../../contract/index.js';
import { formatPlace } from '../../documents/index.js';

/** It is checked for so long before requests get their turn. */
const sliceMs = 20;

/** What is wrong with the document of an API. It is found out once, when it is first asked for. */
export const problemsOf = lazyOf(async ({ description }: Contract) => {
  // Those who only serve need none of the rules.
  const { checkInSteps } = await import('../../contract/check/index.js');
  const steps = checkInSteps(description);
  let endMs = performance.now() + sliceMs;
  for (;;) {
    const { done, value } = steps.next();
    if (done) {
      const { diagnostics, examples } = value;
      return { problems: diagnostics.map((one) => ({ ...one, place: formatPlace(one.place) })), examples };
    }
    if (performance.now() < endMs) continue;
    await setImmediate();
    endMs = performance.now() + sliceMs;
  }
});
