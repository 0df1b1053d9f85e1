import { entriesOf } from './record-page.js';
import type { Store } from './store.js';

/** How two processes speak of one store; messages arrive in the order they were sent. */
export interface StoreChannel {
  readonly send: (message: unknown) => void;
  readonly onMessage: (listener: (message: unknown) => void) => void;
}

/** Of each method of a store its name; TypeScript sees to it that none is left out. */
const names: Readonly<Record<keyof Store, true>> = {
  save: true,
  find: true,
  hasBegun: true,
  begin: true,
  hasLived: true,
  list: true,
  change: true,
  remove: true,
  snapshot: true,
  restore: true,
  replace: true,
  count: true,
  peek: true,
  forgetCounts: true,
  forced: true,
  addForced: true,
  useForced: true,
  removeForced: true,
  record: true,
  recorded: true,
  forgetRecorded: true,
  tally: true,
  tallies: true,
  forgetTallies: true,
};
const methods = Object.keys(names) as readonly Method[];
type Method = keyof Store;

interface Call {
  readonly store: 'call';
  readonly id: number;
  /** `undefined`: of the sessions as a whole. */
  readonly session?: string | undefined;
  readonly method: string;
  readonly parameters: readonly unknown[];
}

interface Result {
  readonly store: 'result';
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
}

/** Calls a method at the other end of a channel. */
export type Ask = (session: string | undefined, method: string, parameters: readonly unknown[]) => Promise<never>;

/** Calls what `answerCalls` answers at the other end. */
export function createAsk({ send, onMessage }: StoreChannel): Ask {
  const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  let lastId = 0;
  onMessage((message) => {
    if (!isOf<Result>(message, 'result')) return;
    const { id, value, error } = message;
    const call = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) call?.resolve(value as never);
    else call?.reject(new Error(error));
  });
  return (session, method, parameters) =>
    new Promise<never>((resolve, reject) => {
      const id = ++lastId;
      waiting.set(id, { resolve, reject });
      send({ store: 'call', id, session, method, parameters } satisfies Call);
    });
}

/** Answers the calls of the other end of a channel. */
export function answerCalls(
  { send, onMessage }: StoreChannel,
  answer: (session: string | undefined, method: string, parameters: readonly unknown[]) => unknown,
): void {
  onMessage(async (message) => {
    if (!isOf<Call>(message, 'call')) return;
    const { id, session, method, parameters } = message;
    try {
      send({ store: 'result', id, value: await answer(session, method, parameters) } satisfies Result);
    } catch (error) {
      send({ store: 'result', id, error: (error as Error).message } satisfies Result);
    }
  });
}

/** The store of a session that is kept at the other end of a channel. */
export function createRemoteStore(ask: Ask, session: string): Store {
  const call =
    (method: Method) =>
    (...parameters: readonly unknown[]) =>
      ask(session, method, parameters);
  const store = Object.fromEntries(methods.map((method) => [method, call(method)])) as unknown as Store;
  return {
    ...store,
    save: ({ json: _, ...request }) => store.save(request),
    record: (entries) => store.record(entriesOf(entries)),
  };
}

/** Has a store do what the other end of a channel asked of it. Each call is as atomic as the store makes it. */
export function callStore(store: Store, method: string, parameters: readonly unknown[]): unknown {
  if (!methods.includes(method as Method)) throw new Error(`a store has no "${method}"`);
  return (store[method as Method] as (...parameters: readonly unknown[]) => unknown)(...parameters);
}

function isOf<T extends Call | Result>(message: unknown, kind: T['store']): message is T {
  return typeof message === 'object' && message !== null && (message as Partial<T>).store === kind;
}
