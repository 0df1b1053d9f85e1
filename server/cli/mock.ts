import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { anyWebhook, isHost, type WebhookUrls } from '../callbacks/index.js';
import { packageFolder } from '../package.js';
import { defaultBodyLimit, standin } from '../standin.js';
import { lineOf } from './delivery.js';
import { type DocumentOptions, documentsHelp, loading, withDocumentOptions } from './document-options.js';
import { listen } from './listen.js';
import { stopOnSignal } from './signals.js';
import { diagnosticsOf, summary } from './summary.js';

interface MockOptions extends DocumentOptions {
  readonly port: number;
  readonly host: string;
  readonly seed?: string;
  readonly bodyLimit: number;
  readonly streamInterval: number;
  readonly allowCallbacks: readonly string[];
  readonly webhookUrl: WebhookUrls;
  readonly workers: number;
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
      new Option('--stream-interval <ms>', 'pause between the items of a streamed reply, in milliseconds')
        .default(0)
        .argParser(parseInterval),
    )
    .addOption(
      new Option('--allow-callbacks <host>', 'let callbacks and webhooks go to this host, too (repeatable)')
        .default([], 'this machine only')
        .argParser((host, hosts: readonly string[]) => [...hosts, parseHost(host)]),
    )
    .addOption(
      new Option(
        '--webhook-url <[name=]url>',
        'where webhooks go: those of a name, or all that have no URL of their own (repeatable)',
      )
        .default({}, 'nowhere')
        .argParser(parseWebhookUrl),
    )
    .addOption(
      new Option('--workers <number>', 'processes that answer requests; auto for one a processor')
        .default(1)
        .argParser(parseWorkers),
    )
    .action(mock);
}

async function mock(named: readonly string[], options: MockOptions): Promise<void> {
  const { seed, bodyLimit, streamInterval, allowCallbacks, webhookUrl: webhooks, port, host } = options;
  const documents = named.length > 0 ? named : [defaultDocuments()];
  const reading = { documents, ...(await loading(documents, options)) };
  if (options.workers > 1) {
    const { mockInWorkers } = await import('./workers.js');
    return mockInWorkers(
      { reading, address: { port, host }, bodyLimit, streamInterval, allowCallbacks, webhooks, seed },
      options.workers,
    );
  }
  const api = standin({
    ...reading,
    bodyLimit,
    streamInterval,
    allowCallbacks,
    webhooks,
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

function parsePort(text: string): number {
  const port = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw new InvalidArgumentError('Expected a number from 0 to 65535.');
  return port;
}

function parseHost(text: string): string {
  if (!isHost(text)) throw new InvalidArgumentError('Expected a host, such as example.com or example.com:8080.');
  return text;
}

/** Names may have any characters; a URL starts with its scheme. */
function parseWebhookUrl(text: string, urls: WebhookUrls): WebhookUrls {
  const [, name = anyWebhook, url = ''] = /^(?:(.+?)=)?(https?:\/\/.*)$/is.exec(text) ?? [];
  if (!URL.canParse(url))
    throw new InvalidArgumentError('Expected URL or NAME=URL, such as newPet=http://localhost:3000/hook.');
  return { ...urls, [name]: [...[urls[name] ?? []].flat(), url] };
}

function parseWorkers(text: string): number {
  const count = text === 'auto' ? availableParallelism() : /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(count >= 1 && count <= 256)) throw new InvalidArgumentError('Expected a number from 1 to 256, or auto.');
  return count;
}

function parseInterval(text: string): number {
  const milliseconds = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(milliseconds <= 600_000)) throw new InvalidArgumentError('Expected milliseconds, at most 600000.');
  return milliseconds;
}

function parseSize(text: string): number {
  const [, number, unit = ''] = /^(\d+)\s*(|b|kib|kb|mib|mb)$/i.exec(text) ?? [];
  if (number === undefined)
    throw new InvalidArgumentError('Expected bytes (1048576), or a size such as 512KiB or 10MiB.');
  const factors: Record<string, number> = { kib: 1024, kb: 1000, mib: 1024 ** 2, mb: 1000 ** 2 };
  return Number(number) * (factors[unit.toLowerCase()] ?? 1);
}
