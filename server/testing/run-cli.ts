import { type ChildProcessWithoutNullStreams, execFile, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const projectFolder = fileURLToPath(new URL('../..', import.meta.url));
const main = fileURLToPath(new URL('../../dist/server/cli/main.js', import.meta.url));
const suite = fileURLToPath(new URL('../../dist/contracts/command/main.js', import.meta.url));

interface CliOptions {
  /** Added to the environment of the tests, of which what configures standin is left out. */
  readonly env?: Readonly<Record<string, string>>;
  /** Where the command runs; the project's folder by default. */
  readonly cwd?: string;
  /** Whether signals go to what it starts as well: the shell in which npm runs a script passes none on. */
  readonly withChildren?: boolean;
}

interface Ended {
  /** `null` where a signal ended it. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningCli {
  /** `http://localhost:40123` */
  readonly url: string;
  /** What it printed up to now. */
  readonly stdout: () => string;
  /** Resolves with what it printed to standard output, as soon as that matches. */
  readonly stdoutMatching: (pattern: RegExp) => Promise<string>;
  /** Resolves with what it printed to standard error, as soon as that matches. */
  readonly stderrMatching: (pattern: RegExp) => Promise<string>;
  readonly signal: (signal: NodeJS.Signals) => void;
  /** The processes that it has started, and that still run. */
  readonly workers: () => Promise<number[]>;
  /** Resolves once it ended, of itself or by a signal. */
  readonly ended: Promise<Ended>;
  /** Ends it with SIGTERM. */
  readonly stop: () => Promise<Ended>;
}

/** A command that should end, and doesn't, is ended after this. */
const patienceMs = 20_000;

/** Runs the built command to its end. */
export function runCli(args: readonly string[], options: CliOptions = {}): Promise<Ended> {
  return run([main, ...args], options);
}

/** Runs the built contract suite to its end. */
export function runContractTest(args: readonly string[], options: CliOptions = {}): Promise<Ended> {
  return run([suite, ...args], options);
}

async function run(command: readonly string[], options: CliOptions): Promise<Ended> {
  const child = launch(process.execPath, command, options);
  const impatience = setTimeout(() => child.kill('SIGKILL'), patienceMs);
  const ended = await watch(child).ended;
  clearTimeout(impatience);
  return ended;
}

/** Starts `standin mock` on a free port, unless told of another, and waits until it says where it serves. */
export function startMock(args: readonly string[] = [], options: CliOptions = {}): Promise<RunningCli> {
  const port = args.includes('--port') || options.env?.PORT !== undefined ? [] : ['--port', '0'];
  return start(process.execPath, [main, 'mock', ...port, ...args], options);
}

/** Starts any command that ends up as `standin mock`, and waits until it says where it serves. */
export function start(command: string, args: readonly string[], options: CliOptions = {}): Promise<RunningCli> {
  const child = launch(command, args, options);
  const watched = watch(child);
  const signal = (name: NodeJS.Signals) => {
    if (options.withChildren) process.kill(-(child.pid as number), name);
    else child.kill(name);
  };
  const stop = () => {
    signal('SIGTERM');
    return watched.ended;
  };
  return new Promise((resolve, reject) => {
    const look = () => {
      const [, url] = /(?:^|"msg":")standin \S+ serves .* at (http:[^\s"]+)/m.exec(watched.stdout()) ?? [];
      if (url === undefined) return;
      child.stdout.off('data', look);
      resolve({ ...watched, url, signal, workers: () => childrenOf(child.pid as number), stop });
    };
    child.stdout.on('data', look);
    watched.ended.then(({ exitCode, stderr }) => reject(new Error(`ended with ${exitCode}: ${stderr}`)), reject);
  });
}

async function childrenOf(parent: number): Promise<number[]> {
  // Small images have no `ps`.
  const children = `/proc/${parent}/task/${parent}/children`;
  if (existsSync(children)) return readFileSync(children, 'utf8').split(' ').filter(Boolean).map(Number);
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,stat=']);
  return stdout.split('\n').flatMap((line) => {
    const [pid, ppid, state = ''] = line.trim().split(/\s+/);
    return Number(ppid) === parent && !state.startsWith('Z') ? [Number(pid)] : [];
  });
}

function launch(command: string, args: readonly string[], options: CliOptions): ChildProcessWithoutNullStreams {
  const { env, cwd = projectFolder, withChildren = false } = options;
  const isOurs = (name: string) => /^(?:PORT|HOST|CONTRACT_BASE_URL|(?:STANDIN|AUTH)_.*)$/.test(name);
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !isOurs(name)));
  return spawn(command, args, { cwd, env: { ...inherited, ...env }, detached: withChildren });
}

function watch(
  child: ChildProcessWithoutNullStreams,
): Pick<RunningCli, 'stdout' | 'stdoutMatching' | 'stderrMatching' | 'ended'> {
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
  return {
    stdout: () => stdout,
    stdoutMatching: (pattern) => matching(child, 'stdout', () => stdout, pattern),
    stderrMatching: (pattern) => matching(child, 'stderr', () => stderr, pattern),
    ended,
  };
}

function matching(
  child: ChildProcessWithoutNullStreams,
  stream: 'stdout' | 'stderr',
  text: () => string,
  pattern: RegExp,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const look = () => {
      if (!pattern.test(text())) return;
      child[stream].off('data', look);
      resolve(text());
    };
    child[stream].on('data', look);
    child.on('close', () => reject(new Error(`ended, and wrote nothing like ${pattern}: ${text()}`)));
    look();
  });
}
