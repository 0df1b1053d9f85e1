import type { Worker } from 'node:cluster';
import type { Counted, Metrics } from '../control/index.js';
import { isWorkerMessage, type WorkerMessage } from './worker-setup.js';

/** A worker that is busier than this is left out. */
const patienceMs = 2000;

/** In a worker: asks for what all of them have counted. */
export function createGather(tell: (message: WorkerMessage) => void): () => Promise<readonly Counted[]> {
  const wanted = new Map<number, (counted: readonly Counted[]) => void>();
  let last = 0;
  process.on('message', (message) => {
    if (!isWorkerMessage(message) || message.worker !== 'counts') return;
    wanted.get(message.request)?.(message.counted);
    wanted.delete(message.request);
  });
  return () =>
    new Promise((resolve) => {
      wanted.set(++last, resolve);
      tell({ worker: 'counts-wanted', request: last });
    });
}

/** In a worker: says what it has counted whenever it is asked. */
export function sayCounts(metrics: Metrics | undefined, tell: (message: WorkerMessage) => void): void {
  process.on('message', async (message) => {
    if (!isWorkerMessage(message) || message.worker !== 'count') return;
    tell({ worker: 'counted', request: message.request, counted: (await metrics?.counted()) ?? [] });
  });
}

/** In the primary process: asks all for the one that wants to know. */
export function createCounts(
  workers: () => readonly Worker[],
  send: (worker: Worker, message: WorkerMessage) => void,
): { readonly hear: (worker: Worker, message: WorkerMessage) => void } {
  const open = new Map<number, { readonly counted: Counted[]; readonly wanted: number; readonly end: () => void }>();
  let last = 0;

  const gather = (asker: Worker, request: number) => {
    const asked = workers();
    const round = ++last;
    const counted: Counted[] = [];
    const end = () => {
      clearTimeout(impatience);
      if (open.delete(round)) send(asker, { worker: 'counts', request, counted });
    };
    const impatience = setTimeout(end, patienceMs);
    open.set(round, { counted, wanted: asked.length, end });
    for (const worker of asked) send(worker, { worker: 'count', request: round });
  };

  return {
    hear: (worker, message) => {
      if (message.worker === 'counts-wanted') gather(worker, message.request);
      if (message.worker !== 'counted') return;
      const round = open.get(message.request);
      if (round && round.counted.push(message.counted) === round.wanted) round.end();
    },
  };
}
