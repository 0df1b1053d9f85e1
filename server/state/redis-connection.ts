import type { RedisClientType, RedisClusterType } from '@redis/client';
import type { RedisAddress } from './redis-url.js';
import { StateUnavailable } from './unavailable.js';

/** Sends commands to Redis or Valkey: one server, or a cluster. */
export interface RedisConnection {
  /**
   * Sends a command to where a key is, at once or not at all: nothing is queued, nor sent a second time.
   *
   * @throws StateUnavailable where no answer came; then nobody knows whether the command was carried out.
   */
  readonly send: (key: string, command: readonly string[]) => Promise<unknown>;
  readonly isReady: () => boolean;
  readonly close: () => void;
}

export interface RedisConnectionOptions {
  /** Told, once each time, that the server is away and why, or that it is there again. */
  readonly onChange?: (change: { readonly isReady: boolean; readonly reason?: string }) => void;
  /** What a command may take, in milliseconds; 2,000 by default. */
  readonly patienceMs?: number;
}

interface Pending {
  readonly deadlineMs: number;
  readonly reject: (error: StateUnavailable) => void;
}

interface Peer {
  readonly client: RedisClientType | RedisClusterType;
  readonly send: (key: string, command: readonly string[]) => Promise<unknown>;
}

/** How long to wait before the next attempt to reach a server, in milliseconds. */
const retryMs = 500;
const checkMs = 500;

/**
 * Connects, and again whenever the connection is lost. Resolves once the server is there, or known to be away: then it goes on
 * trying.
 */
export async function connectRedis(
  address: RedisAddress,
  { onChange = () => {}, patienceMs = 2000 }: RedisConnectionOptions = {},
): Promise<RedisConnection> {
  // Takes a while to load, and is of no use to those who keep all in memory.
  const { createClient, createCluster, ErrorReply } = await import('@redis/client');
  const socket = { connectTimeout: patienceMs, reconnectStrategy: retryMs };
  const shared = { socket, disableOfflineQueue: true, commandOptions: { timeout: undefined as never } };
  const pending = new Set<Pending>();
  let peer: Peer | undefined;
  let isReady = false;
  let isClosed = false;
  let settle = () => {};
  const settled = new Promise<void>((resolve) => {
    settle = resolve;
  });

  const change = (ready: boolean, reason?: string) => {
    if (isClosed) return;
    const isNews = ready !== isReady || (!ready && !hasSpoken);
    isReady = ready;
    if (isNews && (!ready || hasSpoken)) onChange({ isReady: ready, ...(reason !== undefined && { reason }) });
    hasSpoken = true;
    settle();
  };
  let hasSpoken = false;

  const open = (): Peer => {
    const [url] = address.servers;
    if (!address.isCluster) {
      const client = createClient({ ...shared, url }) as unknown as RedisClientType;
      return { client, send: (_, command) => client.sendCommand([...command]) };
    }
    // Nodes that the cluster names itself are reached as those are that the URL does.
    const { username, password, protocol } = new URL(url);
    const credentials = {
      ...(username !== '' && { username: decodeURIComponent(username) }),
      ...(password !== '' && { password: decodeURIComponent(password) }),
    };
    const client = createCluster({
      rootNodes: address.servers.map((server) => ({ url: server })),
      defaults: {
        ...shared,
        ...credentials,
        socket: { ...socket, ...(protocol === 'rediss:' && { tls: true as const }) },
      },
    }) as unknown as RedisClusterType;
    return { client, send: (key, command) => client.sendCommand(key, false, [...command]) };
  };

  const connect = () => {
    if (isClosed) return;
    const opened = open();
    peer = opened;
    const { client } = opened;
    client.on('error', (error: unknown) => {
      if (peer === opened) change(false, reasonOf(error));
    });
    const ready = () => {
      if (peer === opened) change(true);
    };
    client.on('ready', ready);
    client.connect().then(ready, (error: unknown) => {
      if (peer !== opened) return;
      change(false, reasonOf(error));
      again();
    });
  };
  const again = () => {
    destroy();
    setTimeout(connect, retryMs).unref();
  };
  const destroy = () => {
    const { client } = peer ?? {};
    peer = undefined;
    if (client?.isOpen) client.destroy();
  };

  const lose = (reason: string) => {
    for (const call of pending) call.reject(new StateUnavailable(reason));
    pending.clear();
    change(false, reason);
    if (peer) again();
  };

  const send = (key: string, command: readonly string[]): Promise<unknown> => {
    const to = peer;
    if (!to || !isReady) return Promise.reject(new StateUnavailable('Redis is away'));
    return new Promise((resolve, reject) => {
      const call: Pending = { deadlineMs: performance.now() + patienceMs, reject };
      pending.add(call);
      to.send(key, command).then(
        (value) => {
          pending.delete(call);
          resolve(value);
        },
        (error: unknown) => {
          pending.delete(call);
          if (error instanceof ErrorReply && !isPassing(error.message)) return reject(error);
          // A server that has become a replica, or waits for its primary, may have a successor elsewhere.
          if (error instanceof ErrorReply && peer === to && /^(READONLY|MASTERDOWN)/.test(error.message))
            lose(error.message);
          reject(new StateUnavailable(reasonOf(error)));
        },
      );
    });
  };

  // A server that hangs says nothing, and neither does a network that loses all.
  const watch = setInterval(() => {
    const [oldest] = pending;
    const isOverdue = () => oldest !== undefined && oldest.deadlineMs < performance.now() && pending.has(oldest);
    // It may be this process that had no time; then the answer is about to be read.
    if (isOverdue()) setImmediate(() => isOverdue() && lose(`no answer in ${patienceMs} ms`));
    else if (isReady && !oldest) send('', ['PING']).catch(() => {});
  }, checkMs).unref();

  connect();
  const patience = setTimeout(() => change(false, `no connection in ${patienceMs} ms`), patienceMs);
  await settled;
  clearTimeout(patience);
  return {
    send,
    isReady: () => isReady,
    close: () => {
      isClosed = true;
      isReady = false;
      clearInterval(watch);
      destroy();
    },
  };
}

/** What a server says while it can't serve, and will again. */
const passing =
  /^(LOADING|READONLY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|OOM|BUSY|MISCONF|NOREPLICAS|NOAUTH|NOPERM|WRONGPASS|UNBLOCKED|UNKILLABLE)\b/;
const isPassing = (message: string) => passing.test(message);

function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  return error instanceof Error ? error.message || error.name : String(error);
}
