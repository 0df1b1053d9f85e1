import { lookup } from 'node:dns/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { refuseOnSocket } from './refuse-on-socket.js';

export interface RunningServer {
  /** `http://localhost:4010` */
  readonly url: string;
  /** Takes no more requests, finishes those it has, then resolves. Those still open after `graceMs` are cut off. */
  readonly close: (graceMs?: number) => Promise<void>;
}

export interface Address {
  /** 0 for any free one. */
  readonly port: number;
  /** `localhost` is each loopback address that it stands for: clients differ in which they try. */
  readonly host: string;
}

/** Listens; rejects with Node's error where the address can't be had. */
export async function serve(listener: RequestListener, { port, host }: Address): Promise<RunningServer> {
  const addresses = host === 'localhost' ? (await lookup(host, { all: true })).map(({ address }) => address) : [host];
  const servers: Server[] = [];
  let bound = port;
  try {
    for (const address of new Set(addresses)) {
      const server = await listen(listener, bound, address);
      servers.push(server);
      bound = (server.address() as AddressInfo).port;
    }
  } catch (error) {
    await Promise.all(servers.map((server) => close(server, 0)));
    throw error;
  }
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    close: async (graceMs = 10_000) => {
      await Promise.all(servers.map((server) => close(server, graceMs)));
    },
  };
}

function listen(listener: RequestListener, port: number, address: string): Promise<Server> {
  const server = createServer(listener);
  server.on('clientError', refuseOnSocket);
  // Node keeps a connection that falls idle after `close` for as long as any other.
  server.on('request', (_, response) => {
    response.on('close', () => {
      if (!server.listening) server.closeIdleConnections();
    });
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, address, () => {
      server.off('error', reject);
      resolve(server);
    });
  });
}

function close(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}
