import type { Contract } from '../../contract/index.js';
import type { Exchange } from '../../http/index.js';
import type { Store } from '../../state/index.js';
import { coverageOf } from '../coverage/tally.js';
import { entryOf } from './entry.js';

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

export function createRecorder(contracts: readonly Contract[], onError: (error: unknown) => void): Recorder {
  const listeners = new Set<(store: Store) => void>();
  let waiting: Exchange[] = [];
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  const write = async (exchanges: readonly Exchange[]): Promise<void> => {
    for (const [store, those] of byStore(exchanges)) {
      await store.record(those.map((exchange) => entryOf(exchange, contracts)));
      await store.tally(coverageOf(those));
      for (const listener of listeners) listener(store);
    }
  };
  const flush = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    if (waiting.length === 0) return writing;
    const exchanges = waiting;
    waiting = [];
    // A store that is away for now is no reason to stop writing.
    writing = Promise.all([writing, write(exchanges)]).then(() => {}, onError);
    return writing;
  };

  return {
    record: (exchange) => {
      if (waiting.push(exchange) >= waitingMax) flush();
      else timer ??= setTimeout(flush, waitMs).unref();
    },
    flush,
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function byStore(exchanges: readonly Exchange[]): ReadonlyMap<Store, readonly Exchange[]> {
  const found = new Map<Store, Exchange[]>();
  for (const exchange of exchanges) {
    const those = found.get(exchange.store);
    if (those) those.push(exchange);
    else found.set(exchange.store, [exchange]);
  }
  return found;
}
