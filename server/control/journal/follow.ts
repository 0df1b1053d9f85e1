import type { Recorded, Store } from '../../state/index.js';
import type { JournalEntry } from './entry.js';
import type { Recorder } from './recorder.js';

/** How many entries are read at a time. */
const pageSize = 1_000;

/** Reads the entries of a journal after a number, as they are now. */
export async function* readEntries(store: Store, recorder: Recorder, after: number): AsyncGenerator<Recorded> {
  await recorder.flush();
  for (let last = after; ; ) {
    const page = await store.recorded(last, pageSize);
    yield* page;
    const end = page.at(-1);
    if (!end || page.length < pageSize) return;
    last = end.number;
  }
}

/** Others may write to the journal, and tell nobody here. */
const lookAgainMs = 100;

/** Entries that fit as they come, those that are there first. Ends with the signal; an empty round is yielded as `undefined`. */
export async function* followEntries(
  store: Store,
  recorder: Recorder,
  { after, fits, signal }: { after: number; fits: (entry: JournalEntry) => boolean; signal: AbortSignal },
): AsyncGenerator<Recorded | undefined> {
  let last = after;
  while (!signal.aborted) {
    const news = awaitNews(store, recorder, signal);
    try {
      for await (const recorded of readEntries(store, recorder, last)) {
        last = recorded.number;
        if (fits(recorded.entry as JournalEntry)) yield recorded;
      }
      yield undefined;
      await news.come;
    } finally {
      news.end();
    }
  }
}

/** Listening begins at once, so that nothing comes unheard while the journal is read. */
function awaitNews(store: Store, recorder: Recorder, signal: AbortSignal) {
  let end = () => {};
  const come = new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, lookAgainMs);
    const unlisten = recorder.listen((written) => {
      if (written === store) resolve();
    });
    const abort = () => resolve();
    signal.addEventListener('abort', abort, { once: true });
    end = () => {
      clearTimeout(timer);
      unlisten();
      signal.removeEventListener('abort', abort);
      resolve();
    };
  });
  return { come, end };
}
