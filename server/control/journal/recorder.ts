import type { Contract } from '../../contract/index.js';
import type { Exchange } from '../../http/index.js';
import { type RecordPage, recordsMax, recordsSizeMax, type Store } from '../../state/index.js';
import { type CoverageCount, createCoverageCount } from '../coverage/tally.js';
import { createBlocks } from './block.js';
import { createPageWriter, type PageWriter } from './page-writer.js';

/** Writes what was answered into the journal of its session, and what of the documents that met. */
export interface Recorder {
  readonly record: (exchange: Exchange) => void;
  /** Writes what is not written yet; whoever reads a journal calls it first. */
  readonly flush: () => Promise<void>;
  /** Has a listener told of each store that was written to; returns what ends that. */
  readonly listen: (listener: (store: Store) => void) => () => void;
}

/** Written together, entries cost less; by default they wait for so long at most. */
const defaultWaitMs = 20;

/** What is to be written to one store. */
interface Batch {
  readonly store: Store;
  /** Those that are full, no more of them than the journal is going to keep. */
  readonly pages: RecordPage[];
  writer: PageWriter;
  readonly coverage: CoverageCount;
}

export interface RecorderOptions {
  /** Told of what goes wrong. */
  readonly onError: (error: unknown) => void;
  /** How long entries wait at most, in milliseconds, unless somebody reads; 20 by default. */
  readonly waitMs?: number | undefined;
  /** Where as many wait for one store they go on waiting until somebody reads; by default none do. */
  readonly unaskedMax?: number | undefined;
}

export function createRecorder(
  contracts: readonly Contract[],
  { onError, waitMs = defaultWaitMs, unaskedMax = Number.POSITIVE_INFINITY }: RecorderOptions,
): Recorder {
  const blocks = createBlocks();
  const listeners = new Set<(store: Store) => void>();
  const batches = new Map<Store, Batch>();
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  const batchOf = (store: Store): Batch => {
    const known = batches.get(store);
    if (known) return known;
    const writer = createPageWriter(contracts, blocks);
    const batch = { store, pages: [], writer, coverage: createCoverageCount() };
    batches.set(store, batch);
    return batch;
  };
  const turn = (batch: Batch): void => {
    batch.pages.push(batch.writer.page());
    batch.writer = createPageWriter(contracts, blocks);
    while (isMoreThanKept(batch.pages)) batch.pages.shift()?.drop();
  };
  const write = async ({ store, pages, coverage }: Batch): Promise<void> => {
    for (const page of pages) await store.record(page);
    await store.tally(coverage.counts());
    for (const listener of listeners) listener(store);
  };
  const writeAll = (those: readonly Batch[]): Promise<void> => {
    if (those.length === 0) return writing;
    for (const { store, pages, writer } of those) {
      batches.delete(store);
      pages.push(writer.page());
    }
    // One after the other, in the order they came. A store that is away for now is no reason to stop writing.
    writing = writing.then(() => Promise.all(those.map(write))).then(() => {}, onError);
    return writing;
  };
  const flush = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    return writeAll([...batches.values()]);
  };
  const writeUnasked = (): void => {
    timer = undefined;
    writeAll([...batches.values()].filter(({ pages }) => countOf(pages) < unaskedMax));
  };

  return {
    record: (exchange) => {
      const batch = batchOf(exchange.store);
      batch.coverage.add(exchange);
      batch.writer.add(exchange);
      if (batch.writer.isFull()) turn(batch);
      timer ??= setTimeout(writeUnasked, waitMs).unref();
    },
    flush,
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Whether a journal is going to keep so many, or so large ones, even without the first. */
function isMoreThanKept(pages: readonly RecordPage[]): boolean {
  const [first, ...others] = pages;
  if (first === undefined) return false;
  return countOf(others) >= recordsMax || others.reduce((sum, { size }) => sum + size, 0) >= recordsSizeMax;
}

const countOf = (pages: readonly RecordPage[]) => pages.reduce((sum, { count }) => sum + count, 0);
