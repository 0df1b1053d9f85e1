import { InvalidArgumentError, Option } from 'commander';
import { parseRedisUrl, type RedisSessionsOptions } from '../state/index.js';
import { exitCode, Failure } from './exit.js';

/** Where several processes keep together what is remembered: a URL of Redis; absent: each in its own memory. */
export type SharedState = string | undefined;

type Change = Parameters<NonNullable<RedisSessionsOptions['onChange']>>[0];

export const stateOption = () =>
  new Option(
    '--state <where>',
    'where what is remembered is kept: memory, or redis://host:port for all who are told of the same server',
  )
    .env('STANDIN_STATE')
    .default(undefined, 'memory')
    .argParser(parseState);

function parseState(text: string): SharedState {
  if (text === 'memory') return undefined;
  try {
    parseRedisUrl(text);
    return text;
  } catch (error) {
    throw new InvalidArgumentError(`Give memory, or where Redis is: ${(error as Error).message}.`);
  }
}

/**
 * The seed to use: processes that made the same identities would be in each other's way, and in that of what is there.
 *
 * @throws Failure where other options make no sense with shared state
 */
export function seedWith(
  state: SharedState,
  { seed, stateFile }: { readonly seed?: string | undefined; readonly stateFile?: string | undefined },
): string | undefined {
  if (state === undefined) return seed;
  if (stateFile !== undefined)
    throw new Failure('--state-file is for --state memory: Redis keeps what is remembered by itself', exitCode.misused);
  if (seed !== undefined)
    process.stderr.write(
      '--seed is not heeded with --state redis://: what is made up must differ from what is there\n',
    );
  return undefined;
}

/** Says that Redis is away, or there again; where it is, without the password. */
export function tellOf(url: SharedState): (change: Change) => void {
  const shown = url === undefined ? 'memory' : parseRedisUrl(url).shown;
  return ({ isReady, reason }) =>
    process.stderr.write(
      isReady
        ? `${shown} is back\n`
        : `${shown} is away (${reason}); requests that need what is remembered get a 503 meanwhile\n`,
    );
}
