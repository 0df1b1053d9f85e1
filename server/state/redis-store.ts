import { randomUUID } from 'node:crypto';
import { toPointer } from '../documents/index.js';
import { createRedisForced } from './redis-forced.js';
import * as lua from './redis-lua.js';
import { createRedisRecords } from './redis-records.js';
import { redisScript } from './redis-script.js';
import type { RedisSession } from './redis-session.js';
import {
  counted,
  jsonOf,
  numberOf,
  partitionAddress,
  snapshotParameters,
  uniqueOf,
  uniqueTexts,
} from './redis-values.js';
import { createRedisWindows } from './redis-windows.js';
import type {
  ChangeOutcome,
  CollectionStore,
  PartitionSnapshot,
  SaveOutcome,
  SaveRequest,
  Store,
  Stored,
} from './store.js';
import { mergedItem, withKey } from './with-key.js';

/** All of one session, in Redis. Each call but an upsert of what is there already takes one round trip. */
export function createRedisStore(session: RedisSession): Store {
  return {
    ...createRedisCollections(session),
    ...createRedisWindows(session),
    ...createRedisForced(session),
    ...createRedisRecords(session),
  };
}

const inPartition = [lua.inSession, lua.partitions, lua.inPartition];
const saveScript = redisScript(...inPartition, lua.save);
const changeScript = redisScript(...inPartition, lua.change);
const findScript = redisScript(...inPartition, lua.find);
const removeScript = redisScript(...inPartition, lua.remove);
const hasLivedScript = redisScript(...inPartition, lua.hasLived);
const listScript = redisScript(...inPartition, lua.listing, lua.list);
const snapshotScript = redisScript(lua.inSession, lua.partitions, lua.listing, lua.snapshot);
const restoreScript = redisScript(lua.inSession, lua.partitions, lua.restore);
const replaceScript = redisScript(lua.inSession, lua.partitions, lua.listing, lua.replace);

function createRedisCollections(session: RedisSession): CollectionStore {
  const { run, runIn } = session;
  return {
    save: (request) => save(session, request),
    find: async (address, key) => storedOf(await runIn(address, findScript, key)),
    hasBegun: session.hasBegun,
    begin: session.begin,
    hasLived: async (address) => (await runIn(address, hasLivedScript))[1] === 1,
    list: async (address) => {
      const [, ...items] = await runIn(address, listScript);
      return (items as string[]).map((item) => JSON.parse(item));
    },
    change: async ({ address, key, version, item, unique }) => {
      const parameters = [key, String(version), jsonOf(item), ...counted(uniqueTexts(unique)), '0'];
      return changeOutcome(await runIn(address, changeScript, ...parameters), item);
    },
    remove: async (address, key, version) =>
      storedOf(await runIn(address, removeScript, key, ...(version === undefined ? [] : [String(version)]))),
    snapshot: async () => {
      const [, ...partitions] = await run(snapshotScript);
      return (partitions as PackedPartition[]).map(snapshotOf);
    },
    restore: async (partitions) => {
      await run(restoreScript, ...snapshotParameters(partitions));
    },
    replace: async (partitions) => {
      await run(replaceScript, ...snapshotParameters(partitions));
    },
  };
}

async function save(session: RedisSession, request: SaveRequest): Promise<SaveOutcome> {
  const { address, item, key, keyValue, unique, upsert } = request;
  const keyed = (value: string | number, of = item) => (key.length === 0 ? of : withKey(of, key, value));
  const texts = counted(uniqueTexts(unique));
  const parameters =
    keyValue === undefined
      ? ['', '-1', ...aroundKey(keyed), ...texts]
      : [String(keyValue), numberOf(keyValue), jsonOf(keyed(keyValue)), '', ...texts];
  for (;;) {
    const answer = await session.runIn(address, saveScript, ...parameters);
    if (answer[0] === 'created') return { kind: 'created', item: keyed(keyValue ?? Number(answer[1])) };
    if (answer[0] === 'conflict') return conflictOf(answer);
    const existing = JSON.parse(answer[1] as string) as unknown;
    if (!upsert || keyValue === undefined) return { kind: 'conflict', pointer: toPointer(key), item: existing };
    const merged = keyed(keyValue, mergedItem(existing, item));
    const pointers = counted(unique.map(({ pointer }) => pointer));
    const outcome = changeOutcome(
      await session.runIn(
        address,
        changeScript,
        ...[String(keyValue), answer[2] as string, jsonOf(merged), ...texts, '1', ...pointers],
      ),
      merged,
    );
    if (outcome.kind === 'updated') return { kind: 'found', item: merged };
    if (outcome.kind === 'conflict') return outcome;
    // Another request came between.
  }
}

/** The item as JSON, in two: the number that Redis gives goes between them. */
function aroundKey(keyed: (value: string) => unknown): readonly [string, string] {
  const mark = randomUUID();
  const [before = '', after = ''] = jsonOf(keyed(mark)).split(`"${mark}"`);
  return [before, after];
}

type Answered = readonly [string, ...unknown[]];

function conflictOf([, pointer, item]: Answered): Extract<ChangeOutcome, { kind: 'conflict' }> {
  return { kind: 'conflict', pointer: pointer as string, item: JSON.parse(item as string) };
}

function changeOutcome(answer: Answered, item: unknown): ChangeOutcome {
  if (answer[0] === 'conflict') return conflictOf(answer);
  if (answer[0] === 'updated') return { kind: 'updated', item };
  return { kind: answer[0] as 'missing' | 'stale' };
}

function storedOf([kind, item, version]: Answered): Stored | undefined {
  return kind === 'missing' ? undefined : { item: JSON.parse(item as string), version: Number(version) };
}

type PackedPartition = readonly [
  name: string,
  begun: number,
  lived: number,
  lastNumber: string,
  entries: readonly (readonly [key: string, item: string, unique: readonly string[]])[],
];

function snapshotOf([name, begun, lived, lastNumber, entries]: PackedPartition): PartitionSnapshot {
  return {
    ...partitionAddress(name),
    hasBegun: begun === 1,
    hasLived: lived === 1,
    lastNumber: Number(lastNumber),
    entries: entries.map(([key, item, unique]) => ({ key, item: JSON.parse(item), unique: uniqueOf(unique) })),
  };
}
