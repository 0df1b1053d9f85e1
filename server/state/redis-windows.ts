import { count, forgetCounts, inSession, peek } from './redis-lua.js';
import { type RedisScript, redisScript } from './redis-script.js';
import type { RedisSession } from './redis-session.js';
import type { Allowance, Store } from './store.js';

const countScript = redisScript(inSession, count);
const peekScript = redisScript(inSession, peek);
const forgetScript = redisScript(inSession, forgetCounts);

/** The counts of limits, each of which Redis forgets by itself. */
export function createRedisWindows({ run }: RedisSession): Pick<Store, 'count' | 'peek' | 'forgetCounts'> {
  const ask =
    (script: RedisScript): Store['count'] =>
    async (subject, requests, windowMs, nowMs): Promise<Allowance> => {
      const parameters = [subject, String(requests), String(windowMs), String(nowMs)];
      const [, allowed, remaining, resetMs] = await run(script, ...parameters);
      return { allowed: allowed === 1, remaining: Number(remaining), resetMs: Number(resetMs) };
    };
  return {
    count: ask(countScript),
    peek: ask(peekScript),
    forgetCounts: async () => {
      await run(forgetScript);
    },
  };
}
