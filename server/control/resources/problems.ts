import { existsSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { CheckedDescription } from '../../contract/check/index.js';
import { type Contract, lazyOf } from '../../contract/index.js';
import { type Description, formatPlace, packDescription } from '../../documents/index.js';

/** What is wrong with the document of an API. It is found out once, when it is first asked for. */
export const problemsOf = lazyOf(async ({ description }: Contract) => {
  const { diagnostics, examples } = await checkMeanwhile(description);
  return { problems: diagnostics.map((one) => ({ ...one, place: formatPlace(one.place) })), examples };
});

/** Longer documents have schemas of which a single one takes a second to compile; a thread takes a tenth of that to start. */
const longText = 200_000;

/** There once it is built: what is run from TypeScript has none. */
const threadFile = fileURLToPath(new URL('./check-thread.js', import.meta.url));

/** Checks it while requests are answered. */
async function checkMeanwhile(description: Description): Promise<CheckedDescription> {
  if (description.source.text.length > longText && existsSync(threadFile)) {
    try {
      return await checkInThread(description);
    } catch {
      // Where there is no memory for a second copy of it, say.
    }
  }
  return checkInTurns(description);
}

function checkInThread(description: Description): Promise<CheckedDescription> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(threadFile, { workerData: packDescription(description) });
    // Nobody waits for it at the end.
    thread.unref();
    thread.once('message', resolve);
    thread.once('error', reject);
    thread.once('exit', (code) => reject(new Error(`the thread ended with ${code}`)));
  });
}

/** It is checked for so long before requests get their turn. */
const sliceMs = 20;

async function checkInTurns(description: Description): Promise<CheckedDescription> {
  // Those who only serve need none of the rules.
  const { checkInSteps } = await import('../../contract/check/index.js');
  const steps = checkInSteps(description);
  let endMs = performance.now() + sliceMs;
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    if (performance.now() < endMs) continue;
    await setImmediate();
    endMs = performance.now() + sliceMs;
  }
}
