import { setImmediate } from 'node:timers/promises';
import { type Contract, lazyOf } from '../../contract/index.js';
import { formatPlace } from '../../documents/index.js';

/** What is wrong with the document of an API. It is found out once, when it is first asked for. */
export const problemsOf = lazyOf(async ({ description }: Contract) => {
  // Those who only serve need none of the rules.
  const { checkByRule } = await import('../../contract/check/index.js');
  const steps = checkByRule(description);
  for (;;) {
    const { done, value } = steps.next();
    if (done) {
      const { diagnostics, examples } = value;
      return { problems: diagnostics.map((one) => ({ ...one, place: formatPlace(one.place) })), examples };
    }
    // A rule may take long: requests get their turn.
    await setImmediate();
  }
});
