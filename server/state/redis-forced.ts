import { addForced, forced, inSession, removeForced, useForced } from './redis-lua.js';
import { redisScript } from './redis-script.js';
import type { RedisSession } from './redis-session.js';
import { jsonOf } from './redis-values.js';
import type { Forced, Store } from './store.js';

const forcedScript = redisScript(inSession, forced);
const addScript = redisScript(inSession, addForced);
const useScript = redisScript(inSession, useForced);
const removeScript = redisScript(inSession, removeForced);

/** Forced replies in the order in which they came. */
export function createRedisForced({
  run,
}: RedisSession): Pick<Store, 'forced' | 'addForced' | 'useForced' | 'removeForced'> {
  const one = (value: string | undefined) => (value === undefined ? ['', ''] : ['1', value]);
  return {
    forced: async (operation) => {
      const [, ...all] = await run(forcedScript, ...one(operation));
      return (all as readonly [string, string, number, string][]).map(
        ([id, name, times, reply]): Forced => ({
          id,
          operation: name,
          ...(times >= 0 && { times }),
          reply: JSON.parse(reply),
        }),
      );
    },
    addForced: async ({ id, operation, times = -1, reply }) => {
      await run(addScript, id, operation, String(times), jsonOf(reply));
    },
    useForced: async (id) => (await run(useScript, id))[1] === 1,
    removeForced: async (id) => Number((await run(removeScript, ...one(id)))[1]),
  };
}
