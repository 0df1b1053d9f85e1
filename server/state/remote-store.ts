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
  readonly method: Method;
  readonly parameters: readonly unknown[];
}

interface Result {
  readonly store: 'result';
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
}

/** A store that is kept at the other end of a channel, by `answerStore`. */
export function createRemoteStore({ send, onMessage }: StoreChannel): Store {
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
  const ask =
    (method: Method) =>
    (...parameters: readonly unknown[]) =>
      new Promise<never>((resolve, reject) => {
        const id = ++lastId;
        waiting.set(id, { resolve, reject });
        send({ store: 'call', id, method, parameters } satisfies Call);
      });
  return Object.fromEntries(methods.map((method) => [method, ask(method)])) as unknown as Store;
}

/** Lets the other end of a channel use a store. Each call is as atomic as the store makes it. */
export function answerStore(store: Store, { send, onMessage }: StoreChannel): void {
  onMessage(async (message) => {
    if (!isOf<Call>(message, 'call')) return;
    const { id, method, parameters } = message;
    try {
      if (!methods.includes(method)) throw new Error(`a store has no "${method}"`);
      const called = store[method] as (...parameters: readonly unknown[]) => unknown;
      send({ store: 'result', id, value: await called(...parameters) } satisfies Result);
    } catch (error) {
      send({ store: 'result', id, error: (error as Error).message } satisfies Result);
    }
  });
}

function isOf<T extends Call | Result>(message: unknown, kind: T['store']): message is T {
  return typeof message === 'object' && message !== null && (message as Partial<T>).store === kind;
}
