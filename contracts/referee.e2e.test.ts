import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { compile } from '../server/contract/index.js';
import { loadDescriptions } from '../server/documents/index.js';
import { serve, serveContracts } from '../server/index.js';
import type { ContractCase } from './case.js';
import { deriveCases } from './derive/index.js';
import { runCase } from './run/run-case.js';

const prism = findPrism();
const contracts = loadDescriptions(['specs']).map((description) => compile(description));
if (!prism) process.stderr.write('SKIPPED: no second opinion, @stoplight/prism-cli is not installed\n');

/**
 * Prism's proxy stands between the suite and the mock and has its own idea of each documented answer. What it says of
 * requests is left alone: many are wrong on purpose. So are answers that the document lacks.
 */
(prism ? test.each(contracts) : test.skip.each(contracts))(
  'Prism finds no response violation in what the mock of $name answers',
  async (contract) => {
    const api = serveContracts([contract]);
    const mock = await serve(api, { port: 0, host: '127.0.0.1' });
    const { url, stop } = await startProxy(contract.description.file, mock.url);
    try {
      const cases = deriveCases(contract).cases.filter((one) => one.expect.response !== undefined && passesPrism(one));
      const opinions: unknown[] = [];
      for (const contractCase of cases) {
        const { verdict, findings, answer } = await runCase(contract, contractCase, {
          kind: 'standin',
          url,
          baseUrlOf: () => url,
        });
        const violations = JSON.parse([answer?.headers['sl-violations'] ?? '[]'].flat()[0] as string) as {
          location: string[];
        }[];
        const inResponse = violations.filter(({ location }) => location[0] === 'response');
        if (verdict !== 'proved' || inResponse.length > 0) opinions.push({ id: contractCase.id, findings, inResponse });
      }
      expect(cases.length).toBeGreaterThan(0);
      expect(opinions).toEqual([]);
    } finally {
      await stop();
      await mock.close();
    }
  },
  60_000,
);

/** Prism reads each body before it sends it on: it answers malformed ones itself, and sends none where it reads `null`. */
function passesPrism({ steps }: ContractCase): boolean {
  try {
    return steps.every(({ request: { body } }) => body === undefined || JSON.parse(body) !== null);
  } catch {
    return false;
  }
}

function findPrism(): string | undefined {
  try {
    return join(
      dirname(createRequire(join(process.cwd(), 'package.json')).resolve('@stoplight/prism-cli/package.json')),
      'dist',
      'index.js',
    );
  } catch {
    return undefined;
  }
}

async function startProxy(document: string, upstream: string): Promise<{ url: string; stop: () => Promise<void> }> {
  const port = await freePort();
  const child: ChildProcess = spawn(process.execPath, [
    prism as string,
    'proxy',
    document,
    upstream,
    '--port',
    String(port),
    '--host',
    '127.0.0.1',
  ]);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => chunk.includes('Prism is listening') && resolve());
    child.once('close', (status) => reject(new Error(`prism proxy ended with status ${status}`)));
  });
  const stop = () => {
    child.kill('SIGKILL');
    return ended;
  };
  return { url: `http://127.0.0.1:${port}`, stop };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
