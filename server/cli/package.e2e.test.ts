import { execFile } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, jest, test } from '@jest/globals';
import { writeFolder } from '../testing/load-document.js';
import { canInstall, install } from '../testing/registry.js';
import { projectFolder, start } from '../testing/run-cli.js';

jest.setTimeout(300_000);
const run = promisify(execFile);

const document = {
  openapi: '3.1.1',
  info: { title: 'Users', version: '1.0.0' },
  paths: {
    '/users': {
      get: {
        operationId: 'listUsers',
        responses: { 200: { description: 'all', content: { 'application/json': { example: [{ name: 'Ada' }] } } } },
      },
    },
  },
};

async function pack(): Promise<string> {
  const folder = writeFolder({});
  await run('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], { cwd: projectFolder });
  return join(folder, readdirSync(folder)[0] as string);
}

test('the package is smaller than 3 MB', async () => {
  expect(statSync(await pack()).size).toBeLessThan(3_000_000);
});

const online = await canInstall();
(online ? test : test.skip)(
  'installed in an empty folder it runs by npx, and is typed for those who import it',
  async () => {
    const folder = writeFolder({
      'package.json': { private: true, type: 'module' },
      'openapi.json': document,
      'use.ts': `
      import { serve, standin, type Handlers } from 'standin';
      import { deriveCases, describeContract } from 'standin/contracts';
      const handlers: Handlers = {};
      const api = standin({ documents: ['openapi.json'], handlers });
      const { url, close } = await serve(api, { port: 0, host: '127.0.0.1' });
      const text: string = url;
      // @ts-expect-error: it is no number
      const number: number = url;
      const { cases } = deriveCases(api.contracts[0]!);
      console.log(text.length > 0, number, cases.length > 0, typeof describeContract);
      await close();
    `,
      'tsconfig.json': {
        compilerOptions: { strict: true, module: 'nodenext', target: 'es2023', types: ['node'], skipLibCheck: false },
      },
    });
    await install(folder, [await pack(), 'typescript@^5', '@types/node@^20']);
    const npx = async (...args: string[]) => (await run('npx', ['--no-install', ...args], { cwd: folder })).stdout;
    expect(await npx('standin')).toContain('openapi.json is here');
    expect(await npx('standin', 'check', 'openapi.json')).toContain('nothing is wrong');
    expect(await npx('standin', 'types', 'openapi.json')).toContain('listUsers');
    await npx('tsc', '-p', '.');
    expect((await run('node', ['use.js'], { cwd: folder })).stdout).toMatch(/^true http:\S+ true function\n$/);
    const mock = await start('npx', ['--no-install', 'standin', 'mock', 'openapi.json', '--port', '0'], {
      cwd: folder,
      withChildren: true,
      env: { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' },
    });
    try {
      expect(await (await fetch(`${mock.url}/users`)).json()).toEqual([{ name: 'Ada' }]);
      expect((await fetch(`${mock.url}/_standin/metrics`)).status).toBe(200);
      // Traces are for those who install what they need.
      await mock.stderrMatching(/npm install @opentelemetry\/api /);
    } finally {
      await mock.stop();
    }
  },
);
