import { InvalidArgumentError, Option } from 'commander';
import type { Contract } from '../../contract/index.js';
import { type Outline, outlineOf } from '../../control/index.js';
import type { Exchange } from '../../http/index.js';
import { prettyLine } from './pretty.js';

const logFormats = ['pretty', 'json', 'silent'] as const;
export type LogFormat = (typeof logFormats)[number];

/** A line for each request that was answered, without its secrets. */
interface RequestLog {
  readonly tell: (exchange: Exchange) => void;
  /** Writes what waits. */
  readonly close: () => void;
}

export const logOption = () =>
  new Option('--log <format>', 'a line on standard output for each request, and why it got its reply')
    .choices(logFormats)
    .default(process.stdout.isTTY ? 'pretty' : 'silent', 'pretty on a terminal, else silent')
    .env('STANDIN_LOG')
    .argParser((text) => {
      const format = logFormats.find((known) => known === text);
      if (!format) throw new InvalidArgumentError(`Expected one of ${logFormats.join(', ')}.`);
      return format;
    });

/** `undefined` for `silent`: then nothing is loaded, nor put together, for it. */
export async function createRequestLog(
  format: LogFormat,
  contracts: () => readonly Contract[],
): Promise<RequestLog | undefined> {
  if (format === 'silent') return undefined;
  const { createSink } = await import('./sink.js');
  const sink = createSink();
  const colours = process.stdout.isTTY === true && !process.env.NO_COLOR;
  const write =
    format === 'json'
      ? (await import('./json.js')).createJsonLog(sink)
      : (outline: Outline) => sink.write(prettyLine(outline, { colours }));
  return { tell: (exchange) => write(outlineOf(exchange, contracts())), close: sink.close };
}
