import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { huge, listRequest, manyOperations } from '../documents.js';
import { startPrism, startStandin } from '../server.js';

const root = join(import.meta.dirname, '..', '..');

async function startMs(start) {
  const server = await start();
  if (!server) return undefined;
  await server.stop();
  return server.startMs;
}

/** Wall time of a Node process that does one thing. */
function nodeMs(script, ...args) {
  const startedMs = performance.now();
  execFileSync(process.execPath, ['-e', script, ...args], { stdio: 'ignore' });
  return performance.now() - startedMs;
}

async function repeat(times, measure) {
  const found = [];
  for (let round = 0; round < times; round++) found.push(await measure());
  return found;
}

/** Resident memory, in bytes, once what was opened has settled. */
function residentBytes(pid) {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
}

const parse = "JSON.parse(require('fs').readFileSync(process.argv[1],'utf8'))";

export const start = [
  {
    id: 'start-seeds',
    what: 'start to listening with the five APIs, over node -e 0',
    target: { atMost: 6 },
    unit: '×',
    measure: ({ rounds }) => repeat(rounds * 3, async () => (await startMs(() => startStandin('specs'))) / nodeMs('0')),
  },
  {
    id: 'start-2000',
    what: 'start to listening with 2,000 operations (1.2 MB), over Prism',
    target: { atMost: 1 / 20 },
    measure: ({ rounds }) => {
      const document = manyOperations(2000);
      return repeat(
        rounds,
        async () => (await startMs(() => startStandin(document))) / (await startMs(() => startPrism(document))),
      );
    },
  },
  {
    id: 'start-huge',
    what: 'start to listening with 13 MB of JSON and 1,200 operations, over only parsing it',
    target: { atMost: 2.5 },
    unit: '×',
    measure: ({ rounds }) => {
      const document = huge();
      return repeat(rounds, async () => (await startMs(() => startStandin(document))) / nodeMs(parse, document));
    },
  },
  {
    id: 'memory-huge',
    what: 'resident memory after opening that one, over a process that holds it parsed',
    target: { atMost: 2 },
    unit: '×',
    measure: ({ rounds }) => {
      const document = huge();
      const hold = `globalThis.document = ${parse}; console.log(process.memoryUsage.rss())`;
      return repeat(rounds, async () => {
        const { stdout } = spawnSync(process.execPath, ['-e', hold, document], { encoding: 'utf8' });
        const server = await startStandin(document);
        await new Promise((settled) => setTimeout(settled, 1000));
        const resident = residentBytes(server.pid);
        await server.stop();
        return resident / Number(stdout);
      });
    },
  },
  {
    id: 'first-request',
    what: 'first request to an operation that nobody has asked for, in milliseconds',
    target: { atMost: 20 },
    unit: ' ms',
    measure: ({ rounds }) => {
      const document = manyOperations(2000);
      return repeat(rounds * 3, async () => {
        const server = await startStandin(document);
        // One request to another operation: the connection and the code are warm, the operation is not.
        const ask = async (index) => (await fetch(`${server.url}${listRequest(index).path}`)).arrayBuffer();
        await ask(0);
        const startedMs = performance.now();
        await ask(1999);
        const elapsedMs = performance.now() - startedMs;
        await server.stop();
        return elapsedMs;
      });
    },
  },
  {
    id: 'contract-cases',
    what: 'contract cases per second, in process',
    target: { atLeast: 1000 },
    unit: '/s',
    measure: ({ rounds }) =>
      repeat(rounds, () => {
        spawnSync(process.execPath, [join(root, 'dist/contracts/command/main.js')], { cwd: root, stdio: 'ignore' });
        const { cases, elapsedMs } = JSON.parse(readFileSync(join(root, 'reports/contract.json'), 'utf8'));
        return cases / (elapsedMs / 1000);
      }),
  },
  {
    id: 'contract-cases-warm',
    what: 'the same, the sixth time in one process: by then V8 has compiled what runs',
    target: { atLeast: 1000 },
    unit: '/s',
    measure: ({ rounds }) =>
      repeat(rounds, () => Number(execFileSync(process.execPath, ['bench/suite.js'], { cwd: root, encoding: 'utf8' }))),
  },
];
