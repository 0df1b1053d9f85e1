import type { Contract } from '../../contract/index.js';
import { messageOf } from '../../message-of.js';
import { problem } from '../../replies/index.js';
import { type Sessions, sharedSession } from '../../state/index.js';
import type { Handlers } from '../handler.js';
import { describeApi } from './describe.js';

interface ProcessOptions {
  readonly contracts: readonly Contract[];
  readonly version: string;
  readonly ready: Promise<void>;
  readonly sessions: Sessions;
}

/** A store that takes longer to answer is as good as away. */
const patienceMs = 2_000;

/** Health, readiness, and the document of all this. */
export function processHandlers({ contracts, version, ready, sessions }: ProcessOptions, document: unknown): Handlers {
  return {
    readHealth: async () => {
      await ready;
      // Where its documents are is nobody's business who has no token.
      const apis = contracts.map((contract) => {
        const { file: _, ...api } = describeApi(contract, contracts);
        return api;
      });
      return { status: 200, body: { status: 'pass', standin: version, apis } };
    },
    readReadiness: async () => {
      await ready;
      const fault = await faultOf(sessions);
      if (fault === undefined) return { status: 200, body: { status: 'pass' } };
      return { problem: problem('store-unreachable', { detail: fault, headers: { 'retry-after': '1' } }) };
    },
    readDocument: () => ({ status: 200, body: document }),
  };
}

async function faultOf(sessions: Sessions): Promise<string | undefined> {
  let impatience: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    impatience = setTimeout(() => reject(new Error(`the store did not answer within ${patienceMs} ms`)), patienceMs);
  });
  const ask = async () => {
    const store = await sessions.of(sharedSession);
    // It changes nothing.
    await store.peek('readiness', 1, 1, 0);
  };
  try {
    await Promise.race([ask(), tooLong]);
    return undefined;
  } catch (error) {
    return messageOf(error);
  } finally {
    clearTimeout(impatience);
  }
}
