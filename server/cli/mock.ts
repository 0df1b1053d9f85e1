import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { anyWebhook, isHost, type WebhookUrls } from '../callbacks/index.js';
import { packageFolder } from '../package.js';
import { defaultBodyLimit } from '../standin.js';
import { defaultSessionLimits } from '../state/index.js';
import { type ConfiguredOptions, configured, withConfig } from './configured.js';
import { type ControlOption, controlModes, controlSetup } from './control-options.js';
import { documentHere } from './document-here.js';
import { documentsHelp, loading, withDocumentOptions } from './document-options.js';
import { exitCode, Failure } from './exit.js';
import { mockInProcess } from './in-process.js';
import { type LogFormat, logOption } from './log/request-log.js';
import { type SharedState, seedWith, stateOption } from './shared-state.js';

interface MockOptions extends ConfiguredOptions, ControlOption {
  readonly port: number;
  readonly host: string;
  readonly seed?: string;
  readonly bodyLimit: number;
  readonly streamInterval: number;
  readonly allowCallbacks: readonly string[];
  readonly webhookUrl: WebhookUrls;
  readonly workers: number;
  readonly handlers?: string;
  readonly sessionIdle: number;
  readonly sessionsMax: number;
  readonly state: SharedState;
  readonly stateFile?: string;
  readonly journal: boolean;
  readonly log: LogFormat;
  readonly metrics: boolean;
  readonly watch: boolean;
}

const examples = `
Examples:
  standin mock openapi.yaml                      at http://localhost:4010
  standin mock specs/ --port 0 --watch           all of a folder, at any free port, anew when one changes
  standin mock openapi.yaml --log json           a JSON line for each request
  standin mock openapi.yaml --seed 1             the same made-up values each time
  standin mock https://example.com/openapi.json --allow-remote
`;

/** `standin mock`: serves documents until it is told to stop. */
export function mockCommand(): Command {
  return withConfig(withDocumentOptions(new Command('mock')))
    .description(
      'serve OpenAPI documents (files or folders; without any those of the configuration, else ./specs, else ./openapi.yaml or the like, else the five that come with standin)',
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
    .option('--handlers <file>', 'an ES module with handlers by operationId, which answer instead of standin')
    .addOption(stateOption())
    .addOption(
      new Option('--state-file <file>', 'keep what is remembered in this file, over restarts').env(
        'STANDIN_STATE_FILE',
      ),
    )
    .addOption(
      new Option('--session-idle <time>', 'how long a session may be idle before it ends: seconds, or with s, m or h')
        .env('STANDIN_SESSION_IDLE')
        .default(defaultSessionLimits.idleMs, '30m')
        .argParser(parseDuration),
    )
    .addOption(
      new Option('--sessions-max <number>', 'how many sessions there may be; the one that is idle longest ends first')
        .env('STANDIN_SESSIONS_MAX')
        .default(defaultSessionLimits.most)
        .argParser(parseCount),
    )
    .addOption(new Option('--no-journal', 'keep no journal of requests, and no coverage'))
    .addOption(
      new Option('--control <when>', 'whether /_standin may be used to watch and steer; with-token: if there is one')
        .env('STANDIN_CONTROL')
        .choices(controlModes)
        .default('on'),
    )
    .addOption(new Option('--no-control', 'the same as --control off; health and readiness stay'))
    .addOption(
      new Option('--control-token <token>', 'what clients of /_standin must send as a bearer token').env(
        'STANDIN_CONTROL_TOKEN',
      ),
    )
    .addOption(
      new Option('--workers <number>', 'processes that answer requests; auto for one a processor')
        .default(1)
        .argParser(parseWorkers),
    )
    .addOption(logOption())
    .option('--no-metrics', 'count nothing for /_standin/metrics')
    .option(
      '-w, --watch',
      'serve documents, overlays and handlers anew when they change, and say what changed; from one process',
      false,
    )
    .addHelpText('after', examples)
    .action(mock);
}

async function mock(named: readonly string[], options: MockOptions): Promise<void> {
  const { bodyLimit, streamInterval, allowCallbacks, webhookUrl: webhooks, journal } = options;
  const { port, host, state, stateFile, handlers, log, watch } = options;
  const seed = seedWith(state, options);
  const address = { port, host };
  const control = controlSetup(options, host);
  const sessionLimits = { idleMs: options.sessionIdle, most: options.sessionsMax };
  const { documents: said, ...opening } = await configured(named, options);
  const documents = said.length > 0 ? said : [defaultDocuments()];
  const reading = { documents, ...(await loading(documents, opening)) };
  const serving = { bodyLimit, streamInterval, allowCallbacks, webhooks, journal, ...(seed !== undefined && { seed }) };
  const observation = { log, metrics: options.metrics };
  const setup = { reading, address, serving, control, handlers, observation };
  const keeping = { sessionLimits, state, stateFile };
  if (options.workers > 1) {
    if (watch)
      throw new Failure(
        `--watch serves from one process, and --workers asked for ${options.workers}: leave out --workers while documents change, or --watch where many requests come`,
        exitCode.misused,
      );
    const { mockInWorkers } = await import('./workers.js');
    return mockInWorkers(setup, { count: options.workers, ...keeping });
  }
  return mockInProcess(setup, { ...keeping, watch });
}

function defaultDocuments(): string {
  return existsSync('specs') ? 'specs' : (documentHere() ?? relative(process.cwd(), join(packageFolder, 'specs')));
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

function parseCount(text: string): number {
  const count = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(count >= 1 && count <= 100_000)) throw new InvalidArgumentError('Expected a number from 1 to 100000.');
  return count;
}

/** In milliseconds. */
function parseDuration(text: string): number {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)\s*(|ms|s|m|h)$/i.exec(text) ?? [];
  const factors: Record<string, number> = { ms: 1, '': 1000, s: 1000, m: 60_000, h: 3_600_000 };
  const time = Number(number) * (factors[unit.toLowerCase()] as number);
  if (!(time > 0)) throw new InvalidArgumentError('Expected a time: seconds (90), or with its unit, such as 30m.');
  return time;
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
