import { type Contract, type Limit, lazyOf, type Operation } from '../contract/index.js';
import type { Allowance, MaybePromise, Store } from '../state/index.js';
import { type Reply, withHeaders } from './reply.js';

/** What a credential has left of an operation's limit; counts the request where `counts`. `undefined` where there is no limit. */
export function takeAllowance(
  { contract, store, now }: { contract: Contract; store: Store; now: () => number },
  { limit }: Operation,
  credential: string,
  counts: boolean,
): MaybePromise<Allowance | undefined> {
  if (!limit) return undefined;
  const subject = JSON.stringify([contract.name, limit.pointer, credential]);
  return store[counts ? 'count' : 'peek'](subject, limit.requests, limit.seconds * 1000, now());
}

const limitHeader = /^(?:x-)?rate-?limit-(limit|remaining|reset)$/;

/**
 * Fills in the limit headers that the operation documents, on whatever reply; `Retry-After` on a refusal. A reply that was
 * asked for keeps the documented values.
 */
export function withAllowance(
  reply: Reply,
  operation: Operation,
  { allowed, remaining, resetMs }: Allowance,
  nowMs: number,
): Reply {
  if (reply.reason === 'preference') return reply;
  const { requests } = operation.limit as Limit;
  const values: Record<string, string> = {
    limit: String(requests),
    remaining: String(remaining),
    reset: String(Math.ceil(resetMs / 1000)),
  };
  const headers: Record<string, string> = {};
  for (const [name, what] of limitHeaders(operation)) headers[name] = values[what] as string;
  if (!allowed && reply.status === 429) {
    headers['retry-after'] = String(Math.max(1, Math.ceil((resetMs - nowMs) / 1000)));
  }
  return withHeaders(reply, headers);
}

/** The limit headers that any response of the operation documents, and what each says. */
const limitHeaders = lazyOf(({ responses }: Operation): ReadonlyMap<string, string> => {
  const names = responses.flatMap(({ headers }) => headers.map(({ name }) => name.toLowerCase()));
  return new Map(
    names.flatMap((name) => {
      const [, what] = limitHeader.exec(name) ?? [];
      return what === undefined ? [] : [[name, what] as const];
    }),
  );
});
