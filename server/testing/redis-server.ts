import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';

export interface RedisServer {
  readonly port: number;
  /** `redis://127.0.0.1:40123` */
  readonly url: string;
  readonly signal: (signal: NodeJS.Signals) => void;
  /** Ends it, with all that it kept. */
  readonly stop: () => Promise<void>;
}

/** A Redis or Valkey of this machine; without one, what needs it can't be tested. */
export const redisBinary = ['redis-server', 'valkey-server'].find((name) => {
  try {
    return execFileSync(name, ['--version'], { stdio: 'pipe' }).length > 0;
  } catch {
    return false;
  }
});

/** Says so where it is missing: a test that is left out is to be seen. */
export function sayIfMissing(what: string): void {
  if (!redisBinary) process.stderr.write(`SKIPPED: ${what}; neither redis-server nor valkey-server is installed\n`);
}

/** Starts a server of its own, on this machine alone, which writes nothing to a disk. */
export async function startRedis(options: readonly string[] = [], port?: number): Promise<RedisServer> {
  const chosen = port ?? (await freePort());
  const fixed = ['--port', String(chosen), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const child = spawn(redisBinary as string, [...fixed, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'exit');
  let output = '';
  await new Promise<void>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (/ready to accept connections/i.test(output)) resolve();
    });
    child.once('exit', () => reject(new Error(`${redisBinary} ended: ${output}`)));
  });
  return {
    port: chosen,
    url: `redis://127.0.0.1:${chosen}`,
    signal: (signal) => child.kill(signal),
    stop: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
