import type { Operation } from '../../contract/index.js';
import type { Exchange } from '../../http/index.js';

/** Counts of requests, at the cost of a few additions each. */
interface RequestTally {
  readonly add: (exchange: Exchange) => void;
  readonly requests: () => readonly CountedValue[];
  readonly durations: () => readonly CountedValue[];
}

/** A metric with its values, as prom-client takes it from those that count by themselves. */
export interface Counts {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'histogram';
  /** How the values of several processes become one. */
  readonly aggregator: 'sum';
  readonly values: readonly CountedValue[];
}

export interface CountedValue {
  readonly labels: Readonly<Record<string, string | number>>;
  readonly value: number;
  /** A histogram has several names. */
  readonly metricName: string;
}

export const requestsName = 'standin_requests_total';
export const durationsName = 'standin_request_duration_seconds';

/** In seconds. A mock answers within a millisecond, unless it was told to wait. */
const buckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.25, 1, 5] as const;

interface OperationTally {
  readonly api: string;
  readonly operation: string;
  /** By reason and status. */
  readonly replies: Map<string, { readonly status: string; readonly reason: string; count: number }>;
  /** How many took no longer than each bucket, but longer than the one before; the last: longer than all. */
  readonly within: number[];
  seconds: number;
}

export function createRequestTally(): RequestTally {
  /** By their names: documents that are served anew have other objects for the same. */
  const all = new Map<string, OperationTally>();
  const known = new WeakMap<Operation, OperationTally>();

  const tallyOf = ({ contract, operation }: Exchange): OperationTally => {
    const found = operation && known.get(operation);
    if (found) return found;
    const [api, id] = [contract?.name ?? '', operation?.id ?? ''];
    const key = `${api}\0${id}`;
    const tally = all.get(key) ?? {
      api,
      operation: id,
      replies: new Map(),
      within: new Array(buckets.length + 1).fill(0),
      seconds: 0,
    };
    all.set(key, tally);
    if (operation) known.set(operation, tally);
    return tally;
  };

  return {
    add: (exchange) => {
      const tally = tallyOf(exchange);
      const { status, reason } = exchange.reply;
      const key = reason + status;
      const reply = tally.replies.get(key);
      if (reply) reply.count++;
      else tally.replies.set(key, { status: String(status), reason, count: 1 });
      const seconds = exchange.durationMs / 1000;
      let bucket = 0;
      while (bucket < buckets.length && seconds > (buckets[bucket] as number)) bucket++;
      (tally.within[bucket] as number)++;
      tally.seconds += seconds;
    },
    requests: () =>
      [...all.values()].flatMap(({ api, operation, replies }) =>
        [...replies.values()].map(({ status, reason, count }) => ({
          labels: { api, operation, status, reason },
          value: count,
          metricName: requestsName,
        })),
      ),
    durations: () => [...all.values()].flatMap(histogramOf),
  };
}

/** Cumulative, as the format has it. */
function histogramOf({ api, operation, within, seconds }: OperationTally): CountedValue[] {
  const labels = { api, operation };
  let sum = 0;
  const counted = within.map((count, index) => {
    sum += count;
    const le = buckets[index] ?? '+Inf';
    return { labels: { le, ...labels }, value: sum, metricName: `${durationsName}_bucket` };
  });
  return [
    ...counted,
    { labels, value: seconds, metricName: `${durationsName}_sum` },
    { labels, value: sum, metricName: `${durationsName}_count` },
  ];
}
