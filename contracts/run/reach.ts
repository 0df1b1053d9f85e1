import { setTimeout as sleep } from 'node:timers/promises';
import { UnreachableError } from '../unreachable-error.js';

/** Asks where somebody may have stopped listening. */
interface Reach {
  /** @throws UnreachableError where nobody listens, nor will soon. */
  readonly reach: <T>(url: string, ask: () => Promise<T>) => Promise<T>;
  /** What was said when nobody was there any more; from then on nobody is asked. */
  readonly lost: () => UnreachableError | undefined;
}

/** A server that fell over may be started again by whoever watches it: for so long altogether somebody is waited for. */
const pausesMs = [50, 100, 200, 400, 800, 1600, 3200];

/** The request has not left: it can be sent again without being sent twice. */
const unsent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN']);

export function createReach(signal: AbortSignal | undefined): Reach {
  let lost: UnreachableError | undefined;
  return {
    lost: () => lost,
    reach: async (url, ask) => {
      for (const pauseMs of [...pausesMs, undefined]) {
        if (lost) throw lost;
        try {
          return await ask();
        } catch (error) {
          const code = codeOf(error as NodeJS.ErrnoException);
          if (!unsent.has(code)) throw error;
          if (pauseMs === undefined || signal?.aborted) {
            lost = new UnreachableError(`nobody answers any more at ${url} (${code})`);
            throw lost;
          }
          await sleep(pauseMs);
        }
      }
      throw new Error('there is a last time to ask');
    },
  };
}

/** Supertest makes an error of its own of one that it knows: `ECONNREFUSED: Connection refused`. */
export const codeOf = ({ code, message }: NodeJS.ErrnoException) => code ?? /^([A-Z_]+): /.exec(message)?.[1] ?? '';
