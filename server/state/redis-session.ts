import type { RedisConnection } from './redis-connection.js';
import { begin, inPartition, inSession, openingSession, partitions, restore } from './redis-lua.js';
import { type RedisScript, redisScript, runScript } from './redis-script.js';
import { partitionName, seedParameters, snapshotParameters } from './redis-values.js';
import type { CollectionAddress, PartitionSnapshot, Seed } from './store.js';

/** One session, as this process knows it: carries out scripts on it, and puts in what it and its partitions start with. */
export interface RedisSession {
  /** @returns what the script says after its first word */
  readonly run: (script: RedisScript, ...parameters: readonly string[]) => Promise<Answer>;
  /** Of a partition; the parameters are those after its name. */
  readonly runIn: (
    address: CollectionAddress,
    script: RedisScript,
    ...parameters: readonly string[]
  ) => Promise<Answer>;
  readonly begin: (address: CollectionAddress, seeds: readonly Seed[] | undefined) => Promise<void>;
  /** Whether `begin` was called for the partition, by this process. */
  readonly hasBegun: (address: CollectionAddress) => boolean;
}

/** What came of it, and more about that. */
export type Answer = readonly [string, ...unknown[]];

export interface RedisSessionOptions {
  readonly connection: RedisConnection;
  /** All that is kept of it. */
  readonly keys: readonly string[];
  /** For how long after its last use, in milliseconds; 0: for ever. */
  readonly keptMs: number;
  /** What a session starts with. */
  readonly start: readonly PartitionSnapshot[];
}

/** All keys of a session have one hash tag, so that a cluster keeps them together. */
export function sessionKeys(prefix: string, id: string): readonly string[] {
  return ['meta', 'items', 'order', 'taken', 'partitions', 'forced', 'journal', 'tallies'].map(
    (name) => `${prefix}:{~${id}}:${name}`,
  );
}

const openScript = redisScript(openingSession, partitions, restore);
const beginScript = redisScript(inSession, partitions, inPartition, begin);

/** More would be a session that ends over and over. */
const triesMax = 8;
const begunMax = 10_000;

export function createRedisSession({ connection, keys, keptMs, start }: RedisSessionOptions): RedisSession {
  const kept = String(keptMs);
  /** What partitions start with: whoever finds one that has not begun can begin it. */
  const begun = new Map<string, readonly Seed[] | undefined>();

  const run = async (script: RedisScript, ...parameters: readonly string[]): Promise<Answer> => {
    for (let tries = 0; tries < triesMax; tries++) {
      const answer = (await runScript(connection, script, keys, [kept, ...parameters])) as Answer;
      if (answer[0] !== 'unopened') return answer;
      await runScript(connection, openScript, keys, [kept, ...snapshotParameters(start)]);
    }
    throw new Error(`the session ${keys[0]} ends as soon as it is begun`);
  };

  const beginPartition = async (name: string, seeds: readonly Seed[] | undefined) => {
    await run(beginScript, name, '0', ...seedParameters(seeds));
  };

  return {
    run,
    runIn: async (address, script, ...parameters) => {
      const name = partitionName(address);
      for (let tries = 0; tries < triesMax; tries++) {
        const answer = await run(script, name, begun.has(name) ? '1' : '0', ...parameters);
        if (answer[0] !== 'unbegun') return answer;
        await beginPartition(name, begun.get(name));
      }
      throw new Error(`the partition ${name} ends as soon as it is begun`);
    },
    begin: async (address, seeds) => {
      const name = partitionName(address);
      await beginPartition(name, seeds);
      const [oldest] = begun.size >= begunMax ? begun.keys() : [];
      if (oldest !== undefined) begun.delete(oldest);
      begun.set(name, seeds);
    },
    hasBegun: (address) => begun.has(partitionName(address)),
  };
}
