import type { MetricObjectWithValues, MetricValue, Registry } from 'prom-client';
import type { Contract, Operation } from '../../contract/index.js';
import type { Exchange } from '../../http/index.js';
import { type Sessions, sharedSession } from '../../state/index.js';

/** What one process has counted, as data that can be sent to another. */
export type Counted = readonly MetricObjectWithValues<MetricValue<string>>[];

/** How often each reply was given, how long it took, and how much is remembered. */
export interface Metrics {
  readonly observe: (exchange: Exchange) => void;
  /** In the text format of Prometheus, with its media type. */
  readonly read: () => Promise<{ readonly text: string; readonly contentType: string }>;
  readonly counted: () => Promise<Counted>;
}

export interface MetricsOptions {
  readonly contracts: () => readonly Contract[];
  readonly sessions: Sessions;
  /** What each of the processes has counted that serve the same together; by default this is the only one. */
  readonly gather?: (() => Promise<readonly Counted[]>) | undefined;
}

/** What is counted of an exchange: of its buffers nothing is kept. */
interface Observed {
  readonly api: string;
  readonly operation: Operation | undefined;
  readonly status: number;
  readonly reason: string;
  readonly seconds: number;
}

/** Counted together, exchanges cost less; they wait for so long, or for so many, at most. */
const waitMs = 100;
const waitingMax = 1024;

/** In seconds. A mock answers within a millisecond, unless it was told to wait. */
const buckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.25, 1, 5];

/** prom-client is loaded once there is something to count. */
export function createMetrics({ contracts, sessions, gather }: MetricsOptions): Metrics {
  let opened: ReturnType<typeof open> | undefined;
  let waiting: Observed[] = [];
  let timer: NodeJS.Timeout | undefined;

  const open = async () => {
    const { default: prometheus } = await import('prom-client');
    const registry = new prometheus.Registry();
    const registers: Registry[] = [registry];
    const requests = new prometheus.Counter({
      name: 'standin_requests_total',
      help: 'Requests that were answered. Without an operation: no path or method of a document fits.',
      labelNames: ['api', 'operation', 'status', 'reason'],
      registers,
    });
    const durations = new prometheus.Histogram({
      name: 'standin_request_duration_seconds',
      help: 'Until the reply was on its way.',
      labelNames: ['api', 'operation'],
      buckets,
      registers,
    });
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
    return { prometheus, registry, requests, durations };
  };

  const drain = async () => {
    clearTimeout(timer);
    timer = undefined;
    const observed = waiting;
    waiting = [];
    opened ??= open();
    const { requests, durations } = await opened;
    for (const { api, operation, status, reason, seconds } of observed) {
      const named = { api, operation: operation?.id ?? '' };
      requests.inc({ ...named, status, reason });
      durations.observe(named, seconds);
    }
    return opened;
  };
  const counted = async () => {
    const { registry } = await drain();
    return registry.getMetricsAsJSON() as Promise<Counted>;
  };

  return {
    observe: ({ contract, operation, reply, durationMs }) => {
      const seconds = durationMs / 1000;
      const { status, reason } = reply;
      const length = waiting.push({ api: contract?.name ?? '', operation, status, reason, seconds });
      if (length >= waitingMax) drain();
      else timer ??= setTimeout(drain, waitMs).unref();
    },
    counted,
    read: async () => {
      const { prometheus, registry } = await drain();
      const all = gather && prometheus.AggregatorRegistry.aggregate((await gather()) as Counted[] as never);
      const whole = all ?? registry;
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
