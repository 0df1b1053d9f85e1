import { connectRedis, type RedisConnectionOptions } from './redis-connection.js';
import { redisScript, runScript } from './redis-script.js';
import { createRedisSession, sessionKeys } from './redis-session.js';
import { createRedisStore } from './redis-store.js';
import { parseRedisUrl } from './redis-url.js';
import { defaultSessionLimits, type SessionLimits, type Sessions, sharedSession } from './sessions.js';
import type { MaybePromise, PartitionSnapshot, Store } from './store.js';
import { StateUnavailable } from './unavailable.js';

export interface RedisSessionsOptions extends SessionLimits, RedisConnectionOptions {
  /** What each session starts with; none by default. */
  readonly start?: readonly PartitionSnapshot[];
  /** The clock, in milliseconds since 1970. */
  readonly now?: () => number;
}

/** Sessions that several processes have together. */
export interface RedisSessions extends Sessions {
  readonly isReady: () => boolean;
  readonly close: () => MaybePromise<void>;
}

/**
 * Sessions in Redis or Valkey, which any number of processes and machines share. Where it can't be reached they are there all the
 * same, but their stores throw `StateUnavailable`, until it can be.
 *
 * @param url `redis://[[user]:password@]host[:port][/database]`, `rediss:` for TLS; `redis+cluster://host:port,host:port` for
 *   a cluster. `?prefix=name` is before each key, `standin` by default: those who share a server and nothing else choose different ones.
 * @throws TypeError where the URL is none of those
 */
export async function createRedisSessions(url: string, options: RedisSessionsOptions = {}): Promise<RedisSessions> {
  const { idleMs = defaultSessionLimits.idleMs, most = defaultSessionLimits.most, now = Date.now } = options;
  const { start = [] } = options;
  const address = parseRedisUrl(url);
  const { prefix } = address;
  const connection = await connectRedis(address, options);
  const keysOf = (id: string) => sessionKeys(prefix, id);
  const index = `${prefix}:{sessions}`;
  const createStore = (id: string) =>
    createRedisStore(
      createRedisSession({
        connection,
        keys: keysOf(id),
        // Keys are kept from expiring at times only, a tenth of this apart.
        keptMs: id === sharedSession ? 0 : Math.ceil(idleMs * 1.1),
        start,
      }),
    );

  let shared = createStore(sharedSession);
  const others = new Map<string, Store>();
  /** When each session was last used, as far as the others were not told yet. */
  let used = new Map<string, number>();
  let lastMs = 0;
  let flushing: NodeJS.Timeout | undefined;

  const forget = async (ids: readonly string[]): Promise<void> => {
    await Promise.all(ids.map((id) => runScript(connection, forgetScript, keysOf(id), [])));
  };
  /** Tells of the use of sessions, and ends those that are too many or idle too long; gives all there are, where asked. */
  const flush = async (isAsked = false): Promise<readonly string[]> => {
    clearTimeout(flushing);
    flushing = undefined;
    const told = used;
    used = new Map();
    const parameters = [
      String(now() - idleMs),
      String(most),
      isAsked ? '1' : '0',
      ...Array.from(told, ([id, at]) => [String(at), id]).flat(),
    ];
    try {
      const [ended, left] = (await runScript(connection, usedScript, [index], parameters)) as [string[], string[]];
      for (const id of ended) if (!used.has(id)) others.delete(id);
      await forget(ended);
      return left;
    } catch (error) {
      for (const [id, at] of told) used.set(id, Math.max(at, used.get(id) ?? 0));
      throw error;
    }
  };
  const touch = (id: string) => {
    // The order is that of use, also within a millisecond.
    lastMs = Math.max(now(), lastMs + 0.001);
    used.set(id, lastMs);
    flushing ??= setTimeout(() => flush().catch(() => {}), flushMs).unref();
  };

  return {
    isReady: connection.isReady,
    of: (id) => {
      if (id === sharedSession) return shared;
      touch(id);
      const store = others.get(id) ?? createStore(id);
      others.delete(id);
      others.set(id, store);
      const [oldest] = others.keys();
      if (others.size > most && oldest !== undefined) others.delete(oldest);
      return store;
    },
    list: async () => {
      const left = await flush(true);
      const ids = left.filter((_, position) => position % 2 === 0);
      return ids.map((id, position) => ({ id, lastUsedMs: Math.floor(Number(left[2 * position + 1])) }));
    },
    end: async (id) => {
      if (id === sharedSession) {
        shared = createStore(sharedSession);
        await forget([id]);
        return true;
      }
      await flush();
      others.delete(id);
      const known = await connection.send(index, ['ZREM', index, id]);
      await forget([id]);
      return known === 1;
    },
    close: async () => {
      clearTimeout(flushing);
      try {
        if (used.size > 0) await flush();
      } catch (error) {
        if (!(error instanceof StateUnavailable)) throw error;
      } finally {
        connection.close();
      }
    },
  };
}

/** Uses are told of together. */
const flushMs = 50;

const forgetScript = redisScript(`return redis.call('DEL', unpack(KEYS))`);

const usedScript = redisScript(`
for i = 4, #ARGV, 2 do redis.call('ZADD', KEYS[1], 'GT', ARGV[i], ARGV[i + 1]) end
local ended = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1])
for _, id in ipairs(ended) do redis.call('ZREM', KEYS[1], id) end
local many = redis.call('ZCARD', KEYS[1]) - tonumber(ARGV[2])
if many > 0 then
  local popped = redis.call('ZPOPMIN', KEYS[1], many)
  for i = 1, #popped, 2 do table.insert(ended, popped[i]) end
end
return {ended, ARGV[3] == '0' and {} or redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')}`);
