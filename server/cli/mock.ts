import { existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join, relative } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { lazy } from '../contract/index.js';
import { createControl, isControl } from '../control/index.js';
import { type Address, type RunningServer, serve } from '../http/index.js';
import { packageFolder, version } from '../package.js';
import { defaultBodyLimit, type Standin, standin } from '../standin.js';
import { lineOf } from './delivery.js';
import { type DocumentOptions, documentsHelp, loading, withDocumentOptions } from './document-options.js';
import { exitCode, Failure } from './exit.js';
import { diagnosticsOf, summary } from './summary.js';

interface MockOptions extends DocumentOptions {
  readonly port: number;
  readonly host: string;
  readonly seed?: string;
  readonly bodyLimit: number;
  readonly allowCallbacks: readonly string[];
}

/** `standin mock`: serves documents until it is told to stop. */
export function mockCommand(): Command {
  return withDocumentOptions(new Command('mock'))
    .description(
      'serve OpenAPI documents (files or folders; without any ./specs, else the five that come with standin)',
    )
    .argument('[documents...]', documentsHelp)
    .addOption(
      new Option('-p, --port <port>', 'port; 0 for any free one').env('PORT').default(4010).argParser(parsePort),
    )
    .addOption(new Option('-H, --host <host>', 'address to listen on').env('HOST').default('localhost'))
    .addOption(new Option('--seed <text>', 'make generated values the same in each run').env('STANDIN_SEED'))
    .addOption(
      new Option('--body-limit <size>', 'the most that a request body may have: bytes, or with KiB or MiB')
        .default(defaultBodyLimit, '10MiB')
        .argParser(parseSize),
    )
    .addOption(
      new Option('--allow-callbacks <host>', 'let callbacks go to this host, too (repeatable)')
        .default([], 'this machine only')
        .argParser((host, hosts: readonly string[]) => [...hosts, host]),
    )
    .action(mock);
}

async function mock(named: readonly string[], options: MockOptions): Promise<void> {
  const { seed, bodyLimit, allowCallbacks, port, host } = options;
  const documents = named.length > 0 ? named : [defaultDocuments()];
  const api = standin({
    documents,
    ...(await loading(documents, options)),
    bodyLimit,
    allowCallbacks,
    onDelivery: (delivery) => process.stderr.write(lineOf(delivery)),
    ...(seed !== undefined && { seed }),
  });
  const running = await listen(api, { port, host });
  stopOnSignal(running);
  process.stdout.write(summary(api.contracts, running.url));
  for (const contract of api.contracts) process.stderr.write(await diagnosticsOf(contract));
}

function defaultDocuments(): string {
  return existsSync('specs') ? 'specs' : relative(process.cwd(), join(packageFolder, 'specs'));
}

/** The APIs come first, with nothing between them and the socket; the control plane has its own path. */
async function listen(api: Standin, address: Address): Promise<RunningServer> {
  const control = lazy(() => createControl({ contracts: api.contracts, version, ready: api.ready }));
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    if (isControl(request.url)) control()(request, response);
    else api(request, response);
  };
  try {
    return await serve(listener, address);
  } catch (error) {
    throw explain(error as NodeJS.ErrnoException, address);
  }
}

function explain(error: NodeJS.ErrnoException, { port, host }: Address): Error {
  if (error.code === 'EADDRINUSE')
    return new Failure(`port ${port} on ${host} is in use; stop what uses it, or choose another with --port`);
  if (error.code === 'EACCES')
    return new Failure(`port ${port} on ${host} may not be used by this user; choose one above 1023 with --port`);
  if (error.code === 'ENOTFOUND' || error.code === 'EADDRNOTAVAIL')
    return new Failure(`${host} is no address of this machine; choose another with --host`, exitCode.misused);
  return error;
}

/** The first signal lets open requests finish; a second one doesn't wait. */
function stopOnSignal(running: RunningServer): void {
  let stopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(exitCode.failed);
      stopping = true;
      running.close().then(() => process.exit(exitCode.good));
    });
  }
}

function parsePort(text: string): number {
  const port = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw new InvalidArgumentError('Expected a number from 0 to 65535.');
  return port;
}

function parseSize(text: string): number {
  const [, number, unit = ''] = /^(\d+)\s*(|b|kib|kb|mib|mb)$/i.exec(text) ?? [];
  if (number === undefined)
    throw new InvalidArgumentError('Expected bytes (1048576), or a size such as 512KiB or 10MiB.');
  const factors: Record<string, number> = { kib: 1024, kb: 1000, mib: 1024 ** 2, mb: 1000 ** 2 };
  return Number(number) * (factors[unit.toLowerCase()] ?? 1);
}
