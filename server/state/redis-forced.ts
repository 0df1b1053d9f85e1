import { setTimeout } from 'node:timers/promises';
import { addForced, forced, inSession, removeForced, useForced } from './redis-lua.js';
import { redisScript } from './redis-script.js';
import type { RedisSession } from './redis-session.js';
import { jsonOf } from './redis-values.js';
import type { Forced, Store } from './store.js';
import { StateUnavailable } from './unavailable.js';

const forcedScript = redisScript(inSession, forced);
const addScript = redisScript(inSession, addForced);
const useScript = redisScript(inSession, useForced);
const removeScript = redisScript(inSession, removeForced);

/**
 * Each request asks for forced replies, and most sessions have none. That there are none is therefore believed for so long, in
 * milliseconds, from when it was asked; and one that is added counts as added after so long, when nobody believes it any more.
 */
const believedMs = 50;

/** Forced replies in the order in which they came. While Redis is away, there are none. */
export function createRedisForced({
  run,
}: RedisSession): Pick<Store, 'forced' | 'addForced' | 'useForced' | 'removeForced'> {
  const one = (value: string | undefined) => (value === undefined ? ['', ''] : ['1', value]);
  let noneUntil = 0;
  let isAsking = false;

  const ask = async (): Promise<readonly Forced[]> => {
    const askedMs = performance.now();
    const [, ...all] = await run(forcedScript);
    if (all.length === 0) noneUntil = askedMs + believedMs;
    return (all as readonly Packed[]).map(forcedOf);
  };
  /** Before it is needed, so that no request waits for it while there are many. */
  const askAhead = () => {
    if (isAsking) return;
    isAsking = true;
    const end = () => {
      isAsking = false;
    };
    ask().then(end, end);
  };

  return {
    forced: (operation) => {
      if (operation === undefined) return ask();
      const nowMs = performance.now();
      if (nowMs < noneUntil) {
        if (nowMs > noneUntil - believedMs / 2) askAhead();
        return none;
      }
      return ask().then((all) => all.filter((forced) => forced.operation === operation), noneIfAway);
    },
    addForced: async ({ id, operation, times = -1, reply }) => {
      await run(addScript, id, operation, String(times), jsonOf(reply));
      noneUntil = 0;
      await setTimeout(believedMs);
    },
    useForced: async (id) => (await run(useScript, id))[1] === 1,
    removeForced: async (id) => Number((await run(removeScript, ...one(id)))[1]),
  };
}

const none: readonly Forced[] = [];

function noneIfAway(error: unknown): readonly Forced[] {
  if (error instanceof StateUnavailable) return none;
  throw error;
}

type Packed = readonly [id: string, operation: string, times: number, reply: string];

const forcedOf = ([id, operation, times, reply]: Packed): Forced => ({
  id,
  operation,
  ...(times >= 0 && { times }),
  reply: JSON.parse(reply),
});
