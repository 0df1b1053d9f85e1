import { randomUUID } from 'node:crypto';
import type { Contract, Operation, Violation } from '../../contract/index.js';
import { checkForced, type ForcedReply, forcedKey, problem } from '../../replies/index.js';
import type { Forced } from '../../state/index.js';
import { type ControlReply, type ControlRequest, done, type Handlers } from '../handler.js';
import { findOperation, missing } from '../missing.js';

interface Asked extends ForcedReply {
  readonly api?: string;
  readonly operation?: string;
  readonly method?: string;
  readonly path?: string;
  readonly times?: number | 'always';
}

/** What of a forced reply its reader wants to know, kept with it. */
interface Kept extends ForcedReply {
  readonly api: string;
  readonly operation: string;
}

/** What is to be answered next. */
export function forcedHandlers(contracts: readonly Contract[]): Handlers {
  return {
    listForced: async ({ store }) => ({ status: 200, body: { forced: (await store.forced()).map(describe) } }),
    addForced: async ({ store, body }: ControlRequest<Asked | readonly Asked[]>) => {
      const isList = Array.isArray(body);
      const made: Forced[] = [];
      for (const [index, asked] of ([body].flat() as readonly Asked[]).entries()) {
        const forced = toForced(contracts, asked, isList ? `/${index}` : '');
        if ('problem' in forced) return forced;
        made.push(forced);
      }
      for (const forced of made) await store.addForced(forced);
      return { status: 201, body: { forced: made.map(describe) } };
    },
    removeAllForced: async ({ store }) => {
      await store.removeForced();
      return done;
    },
    removeForced: async ({ store, path }) => {
      const removed = await store.removeForced(path.id as string);
      return removed > 0 ? done : missing(`there is no forced reply "${path.id}"; it may have been used up`);
    },
  };
}

function toForced(
  contracts: readonly Contract[],
  asked: Asked,
  pointer: string,
): Forced | Extract<ControlReply, { problem: unknown }> {
  const { api, operation: named, method = '', path = '', times = 1, ...reply } = asked;
  const name = named ?? `${method.toUpperCase()} ${path}`;
  const found = contracts
    .filter((contract) => api === undefined || contract.name === api)
    .flatMap((contract): [Contract, Operation][] => {
      const operation = findOperation(contract, name);
      return operation ? [[contract, operation]] : [];
    });
  const [first, second] = found;
  if (!first) {
    const ids = contracts.flatMap((contract) => contract.operations.map(({ id }) => `${contract.name} ${id}`));
    return missing(`${api === undefined ? 'no API' : `"${api}"`} has an operation "${name}"`, ids);
  }
  if (second)
    return refuse([
      {
        location: 'body',
        pointer: `${pointer}/api`,
        keyword: 'required',
        message: `is needed: ${found.map(([contract]) => contract.name).join(', ')} each have an operation "${name}"`,
      },
    ]);
  const [contract, operation] = first;
  const violations = checkForced(operation, reply);
  if (violations.length > 0) return refuse(violations.map((one) => ({ ...one, pointer: `${pointer}${one.pointer}` })));
  return {
    id: randomUUID(),
    operation: forcedKey(contract, operation),
    ...(times !== 'always' && { times }),
    reply: { ...reply, api: contract.name, operation: operation.id } satisfies Kept,
  };
}

function refuse(violations: readonly Violation[]) {
  const [first] = violations;
  return { problem: problem('forced-impossible', { detail: `body${first?.pointer} ${first?.message}`, violations }) };
}

function describe({ id, times, reply }: Forced) {
  const { api, operation, ...rest } = reply as Kept;
  return { id, api, operation, times: times ?? 'always', ...rest };
}
