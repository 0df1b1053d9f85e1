import type { Contract, Operation } from '../contract/index.js';
import { type ProblemName, problem } from '../replies/index.js';
import type { ControlReply } from './handler.js';

/** The API of a name, or a problem that names those there are. */
export function findApi(
  contracts: readonly Contract[],
  name: string,
): Contract | Extract<ControlReply, { problem: unknown }> {
  const names = contracts.map((contract) => contract.name);
  return contracts.find((contract) => contract.name === name) ?? missing(`there is no API "${name}"`, names);
}

/** An operation by its id, or by its method and path. */
export function findOperation({ operations }: Contract, named: string): Operation | undefined {
  const [, method = '', path] = /^(\S+)\s+(\/.*)$/.exec(named) ?? [];
  return (
    operations.find(({ id }) => id === named) ??
    operations.find((operation) => operation.method === method.toUpperCase() && operation.path === path)
  );
}

/** 404, and what there is instead. */
export function missing(what: string, possible: readonly string[] = [], name: ProblemName = 'control-missing') {
  const there = possible.length === 0 ? '' : `; there ${possible.length === 1 ? 'is' : 'are'} ${some(possible)}`;
  return { problem: problem(name, { detail: `${what}${there}` }) };
}

const listedMax = 30;
const some = (names: readonly string[]) =>
  names.length > listedMax
    ? `${names.slice(0, listedMax).join(', ')} and ${names.length - listedMax} more`
    : names.join(', ');
