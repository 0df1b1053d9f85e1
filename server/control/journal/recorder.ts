import type { Contract } from '../../contract/index.js';
import type { Exchange } from '../../http/index.js';
import type { Store } from '../../state/index.js';
import { type CoverageCount, createCoverageCount } from '../coverage/tally.js';
import { entryOf, type JournalEntry } from './entry.js';

/** Writes what was answered into the journal of its session, and what of the documents that met. */
export interface Recorder {
  readonly record: (exchange: Exchange) => void;
  /** Writes what is not written yet; whoever reads a journal calls it first. */
  readonly flush: () => Promise<void>;
  /** Has a listener told of each store that was written to; returns what ends that. */
  readonly listen: (listener: (store: Store) => void) => () => void;
}

/** Written together, entries cost less; they wait for so long, or for so many, at most. */
const waitMs = 20;
const waitingMax = 256;

/** What is to be written to one store. Of the exchange itself nothing is kept: its buffers are better gone at once. */
interface Batch {
  readonly store: Store;
  readonly entries: JournalEntry[];
  readonly coverage: CoverageCount;
}

export function createRecorder(contracts: readonly Contract[], onError: (error: unknown) => void): Recorder {
  const listeners = new Set<(store: Store) => void>();
  let batches = new Map<Store, Batch>();
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  const batchOf = (store: Store): Batch => {
    const known = batches.get(store);
    if (known) return known;
    const batch = { store, entries: [], coverage: createCoverageCount() };
    batches.set(store, batch);
    return batch;
  };
  const write = async ({ store, entries, coverage }: Batch): Promise<void> => {
    await store.record(entries);
    await store.tally(coverage.counts());
    for (const listener of listeners) listener(store);
  };
  const flush = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    if (batches.size === 0) return writing;
    const those = [...batches.values()];
    batches = new Map();
    // A store that is away for now is no reason to stop writing.
    writing = Promise.all([writing, ...those.map(write)]).then(() => {}, onError);
    return writing;
  };

  return {
    record: (exchange) => {
      const { entries, coverage } = batchOf(exchange.store);
      coverage.add(exchange);
      if (entries.push(entryOf(exchange, contracts)) >= waitingMax) flush();
      else timer ??= setTimeout(flush, waitMs).unref();
    },
    flush,
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
