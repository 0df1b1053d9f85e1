import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..');
const standin = join(root, 'dist/server/cli/main.js');

/** One that nobody has: other runs may be under way on the same machine. */
function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  return new Promise((found) => {
    server.once('listening', () => {
      const { port } = server.address();
      server.close(() => found(port));
    });
  });
}

/** Starts a server in a process of its own, and waits until it says that it listens. `startMs` is what that took. */
async function start(command, sign, port) {
  const startedMs = performance.now();
  const child = spawn(process.execPath, command, {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = new Promise((done) => child.once('close', done));
  await new Promise((ready, fail) => {
    child.stdout.on('data', (chunk) => chunk.includes(sign) && ready());
    child.once('close', (status) => fail(new Error(`${command.join(' ')} ended with ${status}`)));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid,
    startMs: performance.now() - startedMs,
    stop: (signal = 'SIGKILL') => {
      child.kill(signal);
      return ended;
    },
  };
}

/** The built command, serving one document or several. */
export async function startStandin(document, options = [], nodeOptions = []) {
  const port = await freePort();
  return start(
    [...nodeOptions, standin, 'mock', ...[document].flat(), '--host', '127.0.0.1', '--port', String(port), ...options],
    ' serves ',
    port,
  );
}

/** What Node itself can do: parses the body if there is one, answers bytes that are fixed. */
export async function startBare(status, bytes) {
  const port = await freePort();
  return start([join(root, 'bench/bare.js'), String(port), String(status), String(bytes)], 'listening', port);
}

/** `undefined` where Prism is not installed. */
export async function startPrism(document) {
  let cli;
  try {
    cli = join(
      dirname(createRequire(import.meta.url).resolve('@stoplight/prism-cli/package.json')),
      'dist',
      'index.js',
    );
  } catch {
    return undefined;
  }
  const port = await freePort();
  return start(
    [cli, 'mock', document, '--host', '127.0.0.1', '--port', String(port), '--verboseLevel', 'info'],
    'Prism is listening',
    port,
  );
}
