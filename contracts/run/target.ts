import type { Contract } from '../../server/contract/index.js';
import { controlPath, type RunningServer, serve, serveContracts } from '../../server/index.js';
import { ConfigurationError } from '../configuration-error.js';
import { UnreachableError } from '../unreachable-error.js';
import { type Answer, ask } from './answer.js';
import { codeOf } from './reach.js';

/** What the cases are run on. */
export interface Target {
  /** A stand-in honours `Prefer` and answers with the documented values; a service does as it likes within its contract. */
  readonly kind: 'standin' | 'service';
  /** Without a slash at its end. */
  readonly url: string;
  readonly baseUrlOf: (contract: Contract) => string;
}

/**
 * Finds out what answers at a URL. A standin serves several APIs under their names; any other server is taken to serve
 * its one API right there.
 *
 * @throws UnreachableError where nobody answers, ConfigurationError where the URL is none, or where several contracts are to be tested at one service.
 */
export async function inspectTarget(url: string, contracts: readonly Contract[]): Promise<Target> {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new ConfigurationError(`"${url}" is no URL of a server; write http://localhost:4010`);
  const { username, password } = new URL(url);
  if (username || password)
    throw new ConfigurationError('the URL of the server has credentials in it; give them with --auth SCHEME=VALUE');
  const base = url.replace(/\/+$/, '');
  const { origin } = new URL(base);
  const names = await namesServed(base);
  if (!names && base !== origin && (await namesServed(origin))?.includes(base.slice(origin.length + 1)))
    return { kind: 'standin', url: base, baseUrlOf: () => base };
  if (!names) {
    if (contracts.length > 1)
      throw new ConfigurationError(
        `${base} is no standin, so it can serve one API only: name the document to test, of ${contracts.map(({ name }) => name).join(', ')}`,
      );
    return { kind: 'service', url: base, baseUrlOf: () => base };
  }
  const absent = contracts.filter(({ name }) => !names.includes(name));
  if (absent.length > 0 && names.length > 1)
    throw new ConfigurationError(
      `the standin at ${base} does not serve ${absent.map(({ name }) => name).join(', ')}; it serves ${names.join(', ')}`,
    );
  return { kind: 'standin', url: base, baseUrlOf: ({ name }) => (names.length > 1 ? `${base}/${name}` : base) };
}

/** The APIs of a standin; `undefined` where something else answers. */
async function namesServed(base: string): Promise<string[] | undefined> {
  let answer: Answer;
  try {
    answer = await ask(base, { method: 'GET', path: `${controlPath}/health`, headers: {} }, { reuse: false });
  } catch (error) {
    throw new UnreachableError(
      `nothing answers at ${base} (${codeOf(error as Error) || (error as Error).message}); start the server, or correct the URL`,
    );
  }
  try {
    const { standin, apis } = JSON.parse(answer.body.toString('utf8')) as {
      standin?: string;
      apis?: { name: string }[];
    };
    return standin === undefined ? undefined : apis?.map(({ name }) => name);
  } catch {
    return undefined;
  }
}

/** A stand-in of our own, in this process. */
export async function startTarget(contracts: readonly Contract[]): Promise<Target & Pick<RunningServer, 'close'>> {
  const api = serveContracts(contracts);
  await api.ready;
  const { url, close } = await serve(api, { port: 0, host: '127.0.0.1' });
  return { kind: 'standin', url, baseUrlOf: ({ name }) => (contracts.length > 1 ? `${url}/${name}` : url), close };
}
