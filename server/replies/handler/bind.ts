import { distance } from 'fastest-levenshtein';
import type { Contract, Operation } from '../../contract/index.js';
import type { Handler, Handlers } from './handler.js';

/** Handlers that no operation is there for, or that are no functions. */
export class HandlersError extends Error {
  readonly code = 'HANDLERS_INVALID';

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'HandlersError';
  }
}

/**
 * Finds the operation of each handler.
 *
 * @throws HandlersError that names each one at fault, and the operation that may be meant
 */
export function bindHandlers(contracts: readonly Contract[], handlers: Handlers): ReadonlyMap<Operation, Handler> {
  const named = contracts.flatMap(({ name: api, operations }) => operations.map((operation) => ({ api, operation })));
  const bound = new Map<Operation, Handler>();
  const problems = Object.entries(handlers).flatMap(([id, handler]) => {
    if (handler === undefined) return [];
    if (typeof handler !== 'function') return [`the handler "${id}" is no function, but ${typeof handler}`];
    const plain = named.filter(({ operation }) => operation.id === id);
    const found = plain.length > 0 ? plain : named.filter(({ api, operation }) => `${api}.${operation.id}` === id);
    const [first] = found;
    if (!first) return [unknown(id, named)];
    if (found.length > 1)
      return [`"${id}" is an operation of several APIs; write one of ${found.map(qualified).join(', ')}`];
    bound.set(first.operation, handler as Handler);
    return [];
  });
  if (problems.length > 0) throw new HandlersError(problems);
  return bound;
}

interface Named {
  readonly api: string;
  readonly operation: Operation;
}

const qualified = ({ api, operation }: Named) => `"${api}.${operation.id}"`;

function unknown(id: string, named: readonly Named[]): string {
  const [best] = named
    .map(({ operation }) => operation.id)
    .map((known) => ({ known, edits: distance(known.toLowerCase(), id.toLowerCase()) }))
    .sort((a, b) => a.edits - b.edits);
  return `no operation is called "${id}"${best ? `; the nearest name is "${best.known}"` : ': there are none'}`;
}
