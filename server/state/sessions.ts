import type { MaybePromise, Store } from './store.js';

/** The session of those who name none. It never ends. */
export const sharedSession = '';

export interface SessionInfo {
  readonly id: string;
  /** When it was last used, in milliseconds since 1970. */
  readonly lastUsedMs: number;
}

/** The state of each session apart: none ever sees another's. */
export interface Sessions {
  /**
   * The store of a session, which begins when it is first asked for; asking keeps it from ending. The same object as long
   * as the session goes on, and another one when it has begun anew.
   */
  readonly of: (id: string) => MaybePromise<Store>;
  readonly list: () => MaybePromise<readonly SessionInfo[]>;
  /** Ends a session with all it has; the shared one begins anew. `false` where there is none. */
  readonly end: (id: string) => MaybePromise<boolean>;
  /** Whether what is remembered can be reached; absent where it always can. */
  readonly isReady?: () => boolean;
}

export interface SessionLimits {
  /** How long a session may be idle before it ends; 30 minutes by default. */
  readonly idleMs?: number;
  /** How many there may be besides the shared one; another one ends that which has been idle longest. 1,000 by default. */
  readonly most?: number;
}

export const defaultSessionLimits = { idleMs: 30 * 60 * 1000, most: 1000 } as const;

/**
 * Sessions in this process' memory. What has been idle too long ends when any other is asked for.
 *
 * @param createStore makes the store of a session, with what it starts with in it
 */
export function createSessions(
  createStore: (id: string) => Store,
  now: () => number,
  { idleMs = defaultSessionLimits.idleMs, most = defaultSessionLimits.most }: SessionLimits = {},
): Sessions {
  let shared = createStore(sharedSession);
  /** The one that has been idle longest first. */
  const others = new Map<string, { readonly store: Store; lastUsedMs: number }>();

  const endIdle = (nowMs: number) => {
    for (const [id, { lastUsedMs }] of others) {
      if (nowMs - lastUsedMs < idleMs) return;
      others.delete(id);
    }
  };

  return {
    of: (id) => {
      if (id === sharedSession) return shared;
      const nowMs = now();
      endIdle(nowMs);
      const session = others.get(id) ?? { store: createStore(id), lastUsedMs: nowMs };
      session.lastUsedMs = nowMs;
      others.delete(id);
      others.set(id, session);
      const [oldest] = others.keys();
      if (others.size > most && oldest !== undefined) others.delete(oldest);
      return session.store;
    },
    list: () => {
      endIdle(now());
      return Array.from(others, ([id, { lastUsedMs }]) => ({ id, lastUsedMs }));
    },
    end: (id) => {
      if (id !== sharedSession) return others.delete(id);
      shared = createStore(sharedSession);
      return true;
    },
  };
}
