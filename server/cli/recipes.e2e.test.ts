import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, jest, test } from '@jest/globals';
import { fencesOf } from '../testing/docs-examples.js';
import { writeFolder } from '../testing/load-document.js';
import { canInstall, install } from '../testing/registry.js';
import { projectFolder } from '../testing/run-cli.js';

jest.setTimeout(300_000);
const run = promisify(execFile);

const user = {
  type: 'object',
  required: ['name'],
  properties: { id: { type: 'integer', readOnly: true }, name: { type: 'string' } },
};
const json = (schema: unknown) => ({ content: { 'application/json': { schema } } });
const failed = (description: string) => ({
  description,
  ...json({ type: 'object', properties: { code: { type: 'string' } } }),
});
const document = {
  openapi: '3.1.1',
  info: { title: 'Users', version: '1.0.0' },
  paths: {
    '/users': {
      get: {
        operationId: 'listUsers',
        responses: { 200: { description: 'all', ...json({ type: 'array', items: user }) }, 503: failed('busy') },
      },
      post: {
        operationId: 'createUser',
        requestBody: { required: true, ...json(user) },
        responses: { 201: { description: 'made', ...json(user) }, 422: failed('wrong') },
      },
    },
    '/users/{id}': {
      get: {
        operationId: 'readUser',
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        responses: { 200: { description: 'one', ...json(user) }, 404: failed('none') },
      },
    },
  },
};

/** A project with the files of a recipe, as it names them in their first lines. */
function createProject(recipe: string, linked: readonly string[]): string {
  const files = fencesOf(`recipes/${recipe}.md`).flatMap(({ language, text }) => {
    const [, file] = /^\/\/ (\S+)\n/.exec(text) ?? [];
    return language === 'js' && file !== undefined ? [[file, text]] : [];
  });
  const folder = writeFolder({
    'package.json': { private: true, type: 'module' },
    'openapi.yaml': JSON.stringify(document),
    ...Object.fromEntries(files),
  });
  for (const name of ['standin', ...linked]) {
    mkdirSync(dirname(join(folder, 'node_modules', name)), { recursive: true });
    symlinkSync(
      name === 'standin' ? projectFolder : join(projectFolder, 'node_modules', name),
      join(folder, 'node_modules', name),
    );
  }
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
  symlinkSync(join(projectFolder, 'dist/server/cli/main.js'), join(folder, 'node_modules/.bin/standin'));
  return folder;
}

/** What the last `sh` block of a recipe says to type, as words. */
function commandOf(recipe: string): string[] {
  const { text = '' } = fencesOf(`recipes/${recipe}.md`).findLast(({ language }) => language === 'sh') ?? {};
  return text
    .trim()
    .split(/\s+/)
    .map((word) => word.replace(/^'(.*)'$/, '$1'));
}

interface Ran {
  readonly code: number;
  readonly text: string;
}

async function perform(
  folder: string,
  [command = '', ...args]: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  // Jest tells those it starts that they are its workers.
  const { JEST_WORKER_ID: _, NODE_OPTIONS: __, FORCE_COLOR: ___, ...inherited } = process.env;
  try {
    const { stdout, stderr } = await run(command, args, {
      cwd: folder,
      env: { ...inherited, CI: 'true', NO_COLOR: '1', ...env },
      timeout: 120_000,
    });
    return { code: 0, text: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, text: stdout + stderr };
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Runs until a line has a URL, asks there, and ends it. */
async function ask(
  folder: string,
  [command = '', ...args]: readonly string[],
  path: string,
  env: Readonly<Record<string, string>>,
) {
  // Signals go to what npx starts as well.
  const child = spawn(command, args, { cwd: folder, env: { ...process.env, ...env, NO_COLOR: '1' }, detached: true });
  try {
    const url = await new Promise<string>((resolve, reject) => {
      let text = '';
      const look = (chunk: Buffer) => {
        text += String(chunk);
        const [found] = /http:\/\/localhost:\d+/.exec(text) ?? [];
        if (found) resolve(found);
      };
      child.stdout?.on('data', look);
      child.stderr?.on('data', look);
      child.on('close', () => reject(new Error(text)));
    });
    const response = await fetch(`${url}${path}`);
    return { status: response.status, body: await response.text() };
  } finally {
    process.kill(-(child.pid as number), 'SIGKILL');
    await once(child, 'close');
  }
}

test('Express', async () => {
  const folder = createProject('express', ['express']);
  const command = commandOf('express');
  expect(await ask(folder, command, '/hello', { PORT: '0' })).toEqual({ status: 200, body: '{"hello":"world"}' });
  expect(await ask(folder, command, '/api/users', { PORT: '0' })).toMatchObject({ status: 200 });
});

test('Jest', async () => {
  const folder = createProject('jest', ['jest', '@jest/globals']);
  const { code, text } = await perform(folder, commandOf('jest'));
  expect({ code, text }).toMatchObject({ code: 0, text: expect.stringMatching(/Test Suites: 2 passed/) });
});

const online = await canInstall();
const withRegistry = online ? test : test.skip;

withRegistry('Vitest', async () => {
  const folder = createProject('vitest', []);
  await install(folder, ['vitest@^4', projectFolder]);
  const { code, text } = await perform(folder, commandOf('vitest'));
  expect({ code, text }).toMatchObject({ code: 0, text: expect.stringMatching(/Test Files\s+2 passed/) });
});

withRegistry('Vite', async () => {
  const folder = createProject('vite', []);
  writeFileSync(join(folder, 'index.html'), '<h1>page</h1>');
  await install(folder, ['vite@^8', projectFolder]);
  const port = String(await freePort());
  const command = [...commandOf('vite'), '--port', port, '--strictPort'];
  expect(await ask(folder, command, '/api/users', {})).toMatchObject({
    status: 200,
    body: expect.stringMatching(/^\[/),
  });
  expect(await ask(folder, [...command, '--config', 'vite.config.mjs'], '/', {})).toMatchObject({
    body: expect.stringContaining('<h1>page'),
  });
});

const chromium = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);

(online && chromium ? test : test.skip)('Playwright', async () => {
  const folder = createProject('playwright', []);
  await install(folder, ['@playwright/test@^1', projectFolder]);
  const { code, text } = await perform(folder, commandOf('playwright'), {
    STANDIN_PORT: String(await freePort()),
    CHROMIUM_PATH: chromium as string,
    PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1',
  });
  expect({ code, text }).toMatchObject({ code: 0, text: expect.stringMatching(/2 passed/) });
});
