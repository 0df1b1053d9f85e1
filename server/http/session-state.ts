import type { Chance } from '../contract/index.js';
import { type MaybePromise, type Sessions, type Store, sharedSession } from '../state/index.js';

/** What the requests of one session have in common. */
interface SessionState {
  readonly id: string;
  readonly store: Store;
  readonly chance: Chance;
}

/** The state of sessions by their ids. A session that begins anew draws its values anew. */
export function createSessionStates(
  sessions: Sessions,
  chanceOf: (id: string) => Chance,
): (id: string) => MaybePromise<SessionState> {
  let shared: SessionState | undefined;
  const others = new WeakMap<Store, SessionState>();

  const stateOf = (id: string, store: Store): SessionState => {
    if (id === sharedSession) {
      if (shared?.store !== store) shared = { id, store, chance: chanceOf(id) };
      return shared;
    }
    const known = others.get(store);
    if (known) return known;
    const made = { id, store, chance: chanceOf(id) };
    others.set(store, made);
    return made;
  };

  return (id) => {
    const store = sessions.of(id);
    return store instanceof Promise ? store.then((found) => stateOf(id, found)) : stateOf(id, store);
  };
}
