import type { Metric, Registry } from 'prom-client';
import type { Contract } from '../../contract/index.js';
import type { Exchange } from '../../http/index.js';
import { type Sessions, sharedSession } from '../../state/index.js';
import { type CountedValue, type Counts, createRequestTally, durationsName, requestsName } from './tally.js';

/** What one process has counted, as data that can be sent to another. */
export type Counted = readonly Counts[];

/** How often each reply was given, how long it took, and how much is remembered. */
export interface Metrics {
  readonly observe: (exchange: Exchange) => void;
  /** In the text format of Prometheus, with its media type. */
  readonly read: () => Promise<{ readonly text: string; readonly contentType: string }>;
  readonly counted: () => Promise<Counted>;
}

interface MetricsOptions {
  readonly contracts: () => readonly Contract[];
  readonly sessions: Sessions;
  /** What each of the processes has counted that serve the same together; by default this is the only one. */
  readonly gather?: (() => Promise<readonly Counted[]>) | undefined;
}

/** prom-client is loaded when somebody reads what was counted. */
export function createMetrics({ contracts, sessions, gather }: MetricsOptions): Metrics {
  const tally = createRequestTally();
  let opened: ReturnType<typeof open> | undefined;

  const open = async () => {
    const { default: prometheus } = await import('prom-client');
    const registry = new prometheus.Registry();
    const registers: Registry[] = [registry];
    const register = (counts: Omit<Counts, 'values' | 'aggregator'>, values: () => readonly CountedValue[]) => {
      const get = async () => ({ ...counts, aggregator: 'sum', values: values() });
      registry.registerMetric({ ...counts, get } as unknown as Metric);
    };
    register(
      {
        name: requestsName,
        help: 'Requests that were answered. Without an operation: no path or method of a document fits.',
        type: 'counter',
      },
      tally.requests,
    );
    register({ name: durationsName, help: 'Until the reply was on its way.', type: 'histogram' }, tally.durations);
    new prometheus.Gauge({
      name: 'standin_sessions',
      help: 'Sessions that have a state for themselves, besides the shared one.',
      registers,
      // All processes speak of the same.
      aggregator: 'first',
      async collect() {
        this.set((await sessions.list()).length);
      },
    });
    new prometheus.Gauge({
      name: 'standin_items',
      help: 'Items of a collection, in the shared session.',
      labelNames: ['api', 'collection'],
      registers,
      aggregator: 'first',
      async collect() {
        this.reset();
        for (const [labels, count] of await itemsOf(sessions, contracts())) this.set(labels, count);
      },
    });
    return { prometheus, registry };
  };

  const registry = async () => {
    opened ??= open();
    return opened;
  };

  return {
    observe: tally.add,
    counted: async () => (await (await registry()).registry.getMetricsAsJSON()) as unknown as Counted,
    read: async () => {
      const { prometheus, registry: own } = await registry();
      const whole = gather ? prometheus.AggregatorRegistry.aggregate((await gather()) as object[]) : own;
      return { text: await whole.metrics(), contentType: whole.contentType };
    },
  };
}

/** Counted in what is kept: a collection that nobody has asked of yet has none. */
async function itemsOf(
  sessions: Sessions,
  contracts: readonly Contract[],
): Promise<[{ api: string; collection: string }, number][]> {
  const counts = new Map<string, [{ api: string; collection: string }, number]>();
  for (const { name: api, operations } of contracts)
    for (const { resource } of operations)
      if (resource) counts.set(`${api}\0${resource.name}`, [{ api, collection: resource.name }, 0]);
  const store = await sessions.of(sharedSession);
  for (const { api, collection, entries } of await store.snapshot()) {
    const count = counts.get(`${api}\0${collection}`);
    if (count) count[1] += entries.length;
  }
  return [...counts.values()];
}
