import { createAsk, createRemoteStore, type StoreChannel } from './remote-store.js';
import { defaultSessionLimits, type SessionInfo, type Sessions } from './sessions.js';
import type { Store } from './store.js';

/** What the hub tells those who keep nothing themselves; each waits until it is `done`. */
export type Notice =
  /** Hand over what you have not told me yet. */
  | { readonly hub: 'flush'; readonly id: number }
  /** Whether there are forced replies in a session. */
  | { readonly hub: 'forced'; readonly id: number; readonly session: string; readonly isAny: boolean }
  | { readonly hub: 'ended'; readonly id: number; readonly session: string };

export interface Done {
  readonly hub: 'done';
  readonly id: number;
}

export interface RemoteSessions {
  readonly sessions: Sessions;
  /** What is done before anybody reads what this end has to tell. */
  readonly onFlush: (flush: () => Promise<void>) => void;
}

/** Sessions that are kept at the other end of a channel, by a hub. */
export function createRemoteSessions(channel: StoreChannel): RemoteSessions {
  const ask = createAsk(channel);
  const stores = new Map<string, Store>();
  /** The sessions that have forced replies; unknown until the hub has said. */
  let forced: Set<string> | undefined;
  let flush = async () => {};

  const storeOf = (session: string): Store => {
    const remote = createRemoteStore(ask, session);
    // Most have none, and to ask for each request would take longer than all the rest.
    return { ...remote, forced: (operation) => (forced?.has(session) === false ? [] : remote.forced(operation)) };
  };
  const heed = (notice: Notice): Promise<void> | undefined => {
    if (notice.hub === 'flush') return flush();
    if (notice.hub === 'ended') stores.delete(notice.session);
    if (notice.hub === 'forced' && notice.isAny) forced?.add(notice.session);
    else if (notice.hub !== 'forced' || !notice.isAny) forced?.delete(notice.session);
    return undefined;
  };

  channel.onMessage(async (message) => {
    if (!isNotice(message)) return;
    try {
      await heed(message);
    } finally {
      channel.send({ hub: 'done', id: message.id } satisfies Done);
    }
  });
  (ask(undefined, 'forced', []) as Promise<readonly string[]>).then((sessions) => {
    forced = new Set(sessions);
  });

  return {
    sessions: {
      of: (id) => {
        const store = stores.get(id) ?? storeOf(id);
        stores.delete(id);
        stores.set(id, store);
        const [oldest] = stores.keys();
        if (stores.size > defaultSessionLimits.most && oldest !== undefined) stores.delete(oldest);
        return store;
      },
      list: () => ask(undefined, 'list', []) as Promise<readonly SessionInfo[]>,
      end: (id) => ask(undefined, 'end', [id]) as Promise<boolean>,
    },
    onFlush: (given) => {
      flush = given;
    },
  };
}

function isNotice(message: unknown): message is Notice {
  return typeof message === 'object' && message !== null && 'hub' in message && message.hub !== 'done';
}
