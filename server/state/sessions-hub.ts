import type { Done, Notice } from './remote-sessions.js';
import { answerCalls, callStore, type StoreChannel } from './remote-store.js';
import type { Sessions } from './sessions.js';

/** Lets several processes use the same sessions, by `createRemoteSessions` at their ends of channels. */
export interface SessionsHub {
  /** Returns what is to be called when the other end is gone. */
  readonly connect: (channel: StoreChannel) => () => void;
}

type WithoutId<N> = N extends Notice ? Omit<N, 'id'> : never;

/** What others may have something to add to. */
const readers = new Set(['recorded', 'forgetRecorded', 'tallies', 'forgetTallies']);
/** One that takes longer has other troubles. */
const patienceMs = 2_000;

export function createSessionsHub(sessions: Sessions): SessionsHub {
  /** By channel, the notices that it is to heed yet. */
  const channels = new Map<StoreChannel, Map<number, () => void>>();
  const forced = new Set<string>();
  let lastId = 0;

  const tell = (channel: StoreChannel, open: Map<number, () => void>, notice: WithoutId<Notice>): Promise<void> =>
    new Promise((resolve) => {
      const id = ++lastId;
      const end = () => {
        clearTimeout(impatience);
        open.delete(id);
        resolve();
      };
      const impatience = setTimeout(end, patienceMs);
      open.set(id, end);
      channel.send({ ...notice, id });
    });
  /** Resolves once all have heeded it. */
  const tellAll = async (notice: WithoutId<Notice>): Promise<void> => {
    await Promise.all(Array.from(channels, ([channel, open]) => tell(channel, open, notice)));
  };
  const tellForced = async (session: string, isAny: boolean): Promise<void> => {
    if (forced.has(session) === isAny) return;
    if (isAny) forced.add(session);
    else forced.delete(session);
    await tellAll({ hub: 'forced', session, isAny });
  };

  const answer = async (session: string | undefined, method: string, parameters: readonly unknown[]) => {
    if (session === undefined) return answerForAll(method, parameters);
    if (readers.has(method)) await tellAll({ hub: 'flush' });
    const store = await sessions.of(session);
    const value = await callStore(store, method, parameters);
    if (method === 'addForced') await tellForced(session, true);
    if (method === 'useForced' || method === 'removeForced')
      await tellForced(session, (await store.forced()).length > 0);
    return value;
  };
  const answerForAll = async (method: string, [id]: readonly unknown[]) => {
    if (method === 'list') {
      // A session begins when it is written to.
      await tellAll({ hub: 'flush' });
      return sessions.list();
    }
    if (method === 'forced') return [...forced];
    if (method !== 'end') throw new Error(`sessions have no "${method}"`);
    // What was answered in it before is not to come into it when it has begun anew.
    await tellAll({ hub: 'flush' });
    const isEnded = await sessions.end(String(id));
    forced.delete(String(id));
    await tellAll({ hub: 'ended', session: String(id) });
    return isEnded;
  };

  return {
    connect: (channel) => {
      const open = new Map<number, () => void>();
      channels.set(channel, open);
      channel.onMessage((message) => {
        if (isDone(message)) open.get(message.id)?.();
      });
      answerCalls(channel, answer);
      return () => {
        channels.delete(channel);
        for (const end of [...open.values()]) end();
      };
    },
  };
}

function isDone(message: unknown): message is Done {
  return typeof message === 'object' && message !== null && 'hub' in message && message.hub === 'done';
}
