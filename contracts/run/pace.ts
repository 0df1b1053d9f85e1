import { setTimeout as sleep } from 'node:timers/promises';

/** Waits so that no more than `rate` turns begin in a second; without a rate not at all. */
export function createPace(rate: number | undefined): () => Promise<void> {
  if (rate === undefined || rate <= 0) return () => Promise.resolve();
  let nextMs = 0;
  return async () => {
    const nowMs = performance.now();
    const turnMs = Math.max(nowMs, nextMs);
    nextMs = turnMs + 1000 / rate;
    if (turnMs > nowMs) await sleep(turnMs - nowMs);
  };
}
