import type { Contract } from '../contract/index.js';
import { type Counted, createMetrics, createTraces, type Metrics, tracesWanted } from '../control/index.js';
import type { Exchange } from '../http/index.js';
import { version } from '../package.js';
import type { Sessions } from '../state/index.js';
import { createRequestLog, type LogFormat } from './log/request-log.js';

/** Who is told of each request, besides the journal. */
export interface Observation {
  readonly log: LogFormat;
  readonly metrics: boolean;
}

interface Observers {
  readonly observers: readonly ((exchange: Exchange) => void)[];
  readonly metrics: Metrics | undefined;
  readonly close: () => Promise<void>;
}

interface Observed {
  /** As they are now. */
  readonly contracts: () => readonly Contract[];
  readonly sessions: Sessions;
  /** What all processes have counted that serve together. */
  readonly gather?: (() => Promise<readonly Counted[]>) | undefined;
}

/** The request log, metrics, and traces where the environment asks for them. */
export async function createObservers(
  { log: format, metrics: isCounting }: Observation,
  { contracts, sessions, gather }: Observed,
): Promise<Observers> {
  const log = await createRequestLog(format, contracts);
  const metrics = isCounting ? createMetrics({ contracts, sessions, gather }) : undefined;
  const traces = tracesWanted(process.env) ? await createTraces({ contracts, version }).catch(tellOnly) : undefined;
  return {
    metrics,
    observers: [log?.tell, metrics?.observe, traces?.observe].filter((told) => told !== undefined),
    close: async () => {
      log?.close();
      await traces?.close().catch(tellOnly);
    },
  };
}

/** The environment may be that of a whole machine, and standin can do its work without. */
const tellOnly = (error: unknown): undefined => {
  process.stderr.write(`${(error as Error).message}\n`);
};
