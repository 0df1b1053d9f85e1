import { problem } from '../../replies/index.js';
import { type Recorded, type Sessions, type Store, sharedSession } from '../../state/index.js';
import { type ControlReply, type ControlRequest, done, type Handler, type Handlers } from '../handler.js';
import { missing } from '../missing.js';
import type { JournalEntry } from './entry.js';
import { createFilter, type JournalFilter } from './filter.js';
import { followEntries, readEntries } from './follow.js';
import { toHar } from './har.js';
import type { Recorder } from './recorder.js';
import { streamEntries } from './stream.js';
import { outlineOf, viewOf } from './view.js';

/** What was asked and answered. */
export function journalHandlers(recorder: Recorder | undefined, version: string, sessions: Sessions): Handlers {
  const journaled =
    (handler: (request: ControlRequest, recorder: Recorder) => ReturnType<Handler>): Handler =>
    (request) =>
      recorder ? handler(request, recorder) : journalOff;

  return {
    readJournal: journaled(async (request, writer) => {
      const { fitting, last } = await find(request, writer);
      const { limit = 100, details } = request.query;
      return {
        status: 200,
        body: { entries: fitting.slice(-Number(limit)).map(details === false ? outlineOf : viewOf), last },
      };
    }),
    clearJournal: journaled(async ({ store }, { flush }) => {
      await flush();
      await store.forgetRecorded();
      return done;
    }),
    readEntry: journaled(async ({ store, path }, { flush }) => {
      await flush();
      const [recorded] = await store.recorded(Number(path.number) - 1, 1);
      if (recorded?.number === Number(path.number)) return { status: 200, body: viewOf(recorded) };
      return missing(`the journal has no entry ${path.number}`);
    }),
    waitForEntries: journaled(waitForEntries),
    exportJournal: journaled(async (request, writer) => {
      const { fitting } = await find(request, writer);
      return {
        status: 200,
        headers: { 'content-disposition': 'attachment; filename="standin.har"' },
        body: toHar(fitting.map(viewOf), version),
      };
    }),
    streamEntries: journaled(({ session, store, query, header, signal }, writer) => ({
      stream: (response) => {
        const seen = Number(header['last-event-id'] ?? query.after ?? 0);
        const fits = createFilter(query as JournalFilter);
        const entries = followEntries(store, writer, { after: seen, fits, signal });
        streamEntries(response, entries, {
          view: query.details === false ? outlineOf : viewOf,
          hasEnded: () => hasEnded(sessions, session, store),
        }).catch(() => response.destroy());
      },
    })),
  };
}

/** Whether a session has ended, or begun anew. It is not begun by asking. */
async function hasEnded(sessions: Sessions, id: string, store: Store): Promise<boolean> {
  const known = id === sharedSession || (await sessions.list()).some((one) => one.id === id);
  return !known || (await sessions.of(id)) !== store;
}

const journalOff: ControlReply = {
  problem: problem('journal-off', { detail: 'start standin without --no-journal to have one' }),
};

async function find({ store, query }: ControlRequest, recorder: Recorder) {
  const fits = createFilter(query as JournalFilter);
  const fitting: Recorded[] = [];
  let last = Number(query.after ?? 0);
  for await (const recorded of readEntries(store, recorder, last)) {
    last = recorded.number;
    if (fits(recorded.entry as JournalEntry)) fitting.push(recorded);
  }
  // Several processes hand over what they answered in turns.
  fitting.sort((a, b) => (a.entry as JournalEntry).timeMs - (b.entry as JournalEntry).timeMs);
  return { fitting, last };
}

async function waitForEntries({ store, query, signal }: ControlRequest, recorder: Recorder): Promise<ControlReply> {
  const { count = 1, timeout = 5_000, after = 0 } = query as { count?: number; timeout?: number; after?: number };
  const patience = withTimeout(signal, timeout);
  const fits = createFilter(query as JournalFilter);
  const found: Recorded[] = [];
  try {
    for await (const recorded of followEntries(store, recorder, { after, fits, signal: patience.signal })) {
      if (recorded) found.push(recorded);
      if (found.length < count) continue;
      return { status: 200, body: { entries: found.map(viewOf), last: recorded?.number ?? after } };
    }
  } finally {
    patience.end();
  }
  return missing(`${found.length} of ${count} such requests came within ${timeout} ms`, [], 'nothing-arrived');
}

/** Of `AbortSignal.any` with `AbortSignal.timeout` Node.js 20 may collect the latter, and then nobody is told that time is up. */
function withTimeout(signal: AbortSignal, timeoutMs: number) {
  const controller = new AbortController();
  const abort = () => controller.abort();
  if (signal.aborted) abort();
  const timer = setTimeout(abort, timeoutMs);
  signal.addEventListener('abort', abort, { once: true });
  const end = () => {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  };
  return { signal: controller.signal, end };
}
