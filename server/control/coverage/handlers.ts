import type { Contract } from '../../contract/index.js';
import { problem } from '../../replies/index.js';
import { done, type Handlers } from '../handler.js';
import type { Recorder } from '../journal/recorder.js';
import { readCoverage } from './read.js';

/** What of the documents the traffic met. */
export function coverageHandlers(contracts: readonly Contract[], recorder: Recorder | undefined): Handlers {
  const off = { problem: problem('journal-off', { detail: 'start standin without --no-journal to count' }) };
  return {
    readCoverage: async ({ store }) => {
      if (!recorder) return off;
      await recorder.flush();
      return { status: 200, body: readCoverage(contracts, await store.tallies()) };
    },
    clearCoverage: async ({ store }) => {
      if (!recorder) return off;
      await recorder.flush();
      await store.forgetTallies();
      return done;
    },
  };
}
