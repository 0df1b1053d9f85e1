import { useEffect, useState } from 'preact/hooks';
import { type Client, ControlError } from './client.js';
import { messageOf } from './context.js';
import type { Entry } from './types.js';

/** As many as the control API keeps of a session. */
const keptMax = 10_000;

const comeBackMs = 1_000;

export interface Journal {
  /** The oldest first, without headers and bodies. */
  readonly entries: readonly Entry[];
  readonly isLive: boolean;
  /** Why it is not. */
  readonly error: string | undefined;
}

const empty: Journal = { entries: [], isLive: false, error: undefined };

/**
 * The journal of the client's session as it grows. Where a stream ends, because the session began anew or standin did, it is
 * read again from its start.
 *
 * @param turn reads it again when it changes
 */
export function useJournal(client: Client, turn: number): Journal {
  const [journal, setJournal] = useState(empty);
  useEffect(() => {
    setJournal(empty);
    const controller = new AbortController();
    follow(client, controller.signal, (change) => {
      if (!controller.signal.aborted) setJournal(change);
    });
    return () => controller.abort();
  }, [client, turn]);
  return journal;
}

type Change = (change: (before: Journal) => Journal) => void;

async function follow(client: Client, signal: AbortSignal, change: Change): Promise<void> {
  while (!signal.aborted) {
    try {
      await followOnce(client, signal, change);
      change((before) => ({ ...before, isLive: false }));
    } catch (error) {
      if (signal.aborted) return;
      change((before) => ({ ...before, isLive: false, error: messageOf(error) }));
      // To ask again changes nothing about that: there is no journal, or a token is wanted.
      if (error instanceof ControlError && error.status < 500) return;
    }
    await new Promise((resolve) => setTimeout(resolve, comeBackMs));
  }
}

async function followOnce(client: Client, signal: AbortSignal, change: Change): Promise<void> {
  const { entries, last } = await client.get<{ entries: Entry[]; last: number }>(
    `journal?details=false&limit=${keptMax}`,
    signal,
  );
  change(() => ({ entries, isLive: true, error: undefined }));
  let waiting: Entry[] = [];
  // Many may come between two frames.
  const show = () => {
    const come = waiting;
    waiting = [];
    change((before) => ({ ...before, entries: [...before.entries, ...come].slice(-keptMax) }));
  };
  for await (const entry of client.follow(last, signal)) {
    if (waiting.push(entry) === 1) soon(show);
  }
}

/** A page that is not looked at has no frames. */
function soon(work: () => void): void {
  if (document.hidden) setTimeout(work, 100);
  else requestAnimationFrame(work);
}
