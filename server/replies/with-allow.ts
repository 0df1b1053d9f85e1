import { type Contract, lazyOf, type Operation } from '../contract/index.js';
import { type Reply, withHeaders } from './reply.js';

/** A 405 says which methods there are (RFC 9110 §15.5.6), also where a document has it mean something else. */
export function withAllow(reply: Reply, { path }: Operation, contract: Contract): Reply {
  if (reply.status !== 405 || reply.headers.allow !== undefined) return reply;
  return withHeaders(reply, { allow: (methodsOf(contract).get(path) ?? []).join(', ') });
}

const methodsOf = lazyOf((contract: Contract) => {
  const byPath = new Map<string, string[]>();
  for (const { path, method } of contract.operations) byPath.set(path, [...(byPath.get(path) ?? []), method]);
  return byPath;
});
