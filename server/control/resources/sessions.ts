import type { Sessions } from '../../state/index.js';
import { done, type Handlers } from '../handler.js';
import { missing } from '../missing.js';

/** Who has a state for themselves. */
export function sessionHandlers(sessions: Sessions): Handlers {
  return {
    listSessions: async () => {
      const all = await sessions.list();
      return {
        status: 200,
        body: { sessions: all.map(({ id, lastUsedMs }) => ({ id, lastUsed: new Date(lastUsedMs).toISOString() })) },
      };
    },
    endSession: async ({ path }) => {
      if (await sessions.end(path.id as string)) return done;
      return missing(`there is no session "${path.id}"; it begins with its first request`);
    },
    reset: async ({ session }) => {
      await sessions.end(session);
      return done;
    },
  };
}
