import { recordsMax } from './memory-records.js';
import { entriesOf } from './record-page.js';
import { forgetRecorded, forgetTallies, inSession, record, recorded, tallies, tally } from './redis-lua.js';
import { redisScript } from './redis-script.js';
import type { RedisSession } from './redis-session.js';
import { jsonOf } from './redis-values.js';
import type { Store } from './store.js';
import { StateUnavailable } from './unavailable.js';

const recordScript = redisScript(inSession, record);
const recordedScript = redisScript(inSession, recorded);
const forgetRecordedScript = redisScript(inSession, forgetRecorded);
const tallyScript = redisScript(inSession, tally);
const talliesScript = redisScript(inSession, tallies);
const forgetTalliesScript = redisScript(inSession, forgetTallies);

/** The journal, and named counts. What is to be written while Redis is away is left out: no request waits for it. */
export function createRedisRecords({
  run,
}: RedisSession): Pick<Store, 'record' | 'recorded' | 'forgetRecorded' | 'tally' | 'tallies' | 'forgetTallies'> {
  return {
    record: async (entries) => {
      const data = entriesOf(entries).map(jsonOf);
      if (data.length > 0) await unlessAway(run(recordScript, String(recordsMax), ...data));
    },
    recorded: async (after, most) => {
      const [, from, entries] = await run(recordedScript, String(after), String(most));
      return (entries as readonly string[]).map((entry, index) => ({
        number: Number(from) + index,
        entry: JSON.parse(entry),
      }));
    },
    forgetRecorded: async () => {
      await run(forgetRecordedScript);
    },
    tally: async (additions) => {
      const counts = Object.entries(additions).flatMap(([name, count]) => [name, String(count)]);
      if (counts.length > 0) await unlessAway(run(tallyScript, ...counts));
    },
    tallies: async () => {
      const [, counts] = await run(talliesScript);
      const pairs = counts as readonly string[];
      const names = pairs.filter((_, index) => index % 2 === 0);
      return Object.fromEntries(names.map((name, index) => [name, Number(pairs[2 * index + 1])]));
    },
    forgetTallies: async () => {
      await run(forgetTalliesScript);
    },
  };
}

async function unlessAway(writing: Promise<unknown>): Promise<void> {
  try {
    await writing;
  } catch (error) {
    if (!(error instanceof StateUnavailable)) throw error;
  }
}
