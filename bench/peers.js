import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..');
const port = 4190;
const prism = join(
  dirname(createRequire(import.meta.url).resolve('@stoplight/prism-cli/package.json')),
  'dist',
  'index.js',
);

/** Each runs in a process of its own, on the same port, one at a time. */
export const peers = [
  {
    name: 'node:http',
    start: ({ status, bytes }) =>
      start([join(root, 'bench', 'bare.js'), String(port), String(status), String(bytes)], 'listening'),
  },
  {
    name: 'standin',
    start: ({ document }) =>
      start(
        [join(root, 'dist/server/cli/main.js'), 'mock', document, '--host', '127.0.0.1', '--port', String(port)],
        'serves',
      ),
  },
  {
    name: 'Prism',
    start: ({ document }) =>
      start(
        [prism, 'mock', document, '--port', String(port), '--host', '127.0.0.1', '--verboseLevel', 'info'],
        'Prism is listening',
      ),
  },
];

async function start(command, sign) {
  const child = spawn(process.execPath, command, { cwd: root, env: { ...process.env, NODE_ENV: 'production' } });
  const ended = new Promise((done) => child.once('close', done));
  await new Promise((ready, fail) => {
    child.stdout.on('data', (chunk) => chunk.includes(sign) && ready());
    child.once('close', (status) => fail(new Error(`${command[0]} ended with ${status}`)));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () => {
      child.kill('SIGKILL');
      return ended;
    },
  };
}
