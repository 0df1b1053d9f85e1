import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, jest, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { writeFolder } from '../../testing/load-document.js';
import { projectFolder, runCli, startMock } from '../../testing/run-cli.js';

jest.setTimeout(120_000);
const run = promisify(execFile);

const files = ['standin.config.yaml', 'contract.test.mjs', 'compose.standin.yaml', '.github/workflows/contract.yml'];

/** A project with a document in a folder whose name needs quotes nearly everywhere. */
function createProject(more: Readonly<Record<string, unknown>> = {}): string {
  const folder = writeFolder({
    'package.json': { private: true },
    "my 'api'/openapi.yaml": readFileSync(join(projectFolder, 'specs/user-service/openapi.yaml'), 'utf8'),
    ...more,
  });
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(projectFolder, join(folder, 'node_modules/standin'));
  return folder;
}
const document = "my 'api'/openapi.yaml";

async function testIn(cwd: string, env: Readonly<Record<string, string>> = {}) {
  // Node tells the tests that it runs that they are tests.
  const { NODE_TEST_CONTEXT: _, NODE_OPTIONS: __, ...inherited } = process.env;
  return run(process.execPath, ['--test', '--test-reporter=tap', 'contract.test.mjs'], {
    cwd,
    env: { ...inherited, ...env },
    maxBuffer: 1e8,
  });
}

test('writes a configuration, a compose service, a CI job and a contract test that passes, on a stand-in and on a server', async () => {
  const cwd = createProject();
  const { exitCode, stdout } = await runCli(['init', document], { cwd });
  expect(exitCode).toBe(0);
  for (const file of files) expect(stdout).toContain(`wrote ${file}`);
  const configuration = parse(readFileSync(join(cwd, 'standin.config.yaml'), 'utf8'));
  expect(configuration).toMatchObject({ documents: [document] });
  const schema = JSON.parse(readFileSync(join(projectFolder, 'dist/standin.config.schema.json'), 'utf8'));
  const validate = new Ajv2020({ strict: false }).compile(schema);
  expect([validate(configuration), validate.errors]).toEqual([true, null]);
  expect(await runCli(['test'], { cwd })).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('0 violated') });
  expect(existsSync(join(cwd, 'reports/contract.xml'))).toBe(true);
  const { stdout: tap } = await testIn(cwd);
  expect(tap).toMatch(/^# fail 0$/m);
  expect(tap).toMatch(/^# pass \d{2,}$/m);
  const mock = await startMock([document], { cwd });
  try {
    expect((await testIn(cwd, { CONTRACT_BASE_URL: mock.url })).stdout).toMatch(/^# fail 0$/m);
  } finally {
    await mock.stop();
  }
});

test('the service and the job run what the package has, on the document', async () => {
  const cwd = createProject({ 'package-lock.json': {} });
  await runCli(['init', document], { cwd });
  const compose = parse(readFileSync(join(cwd, 'compose.standin.yaml'), 'utf8'));
  expect(compose.services.standin).toMatchObject({
    command: ['npx', '--yes', expect.stringMatching(/^standin@\^\d/), 'mock', document],
    volumes: ["./my 'api':/api/my 'api':ro"],
  });
  const workflow = parse(readFileSync(join(cwd, '.github/workflows/contract.yml'), 'utf8'));
  const commands = workflow.jobs.contract.steps.flatMap((step: { run?: string }) => step.run ?? []);
  expect(commands[0]).toBe('npm ci');
  const check = commands
    .find((command: string) => command.includes('check'))
    .replace('npx standin', `${process.execPath} node_modules/standin/dist/server/cli/main.js`);
  expect((await run('bash', ['-c', check], { cwd })).stderr).toBe('');
});

test('nothing is written over, and nothing beside it, without --force', async () => {
  const cwd = createProject({ 'contract.test.mjs': 'mine' });
  const { exitCode, stderr } = await runCli(['init', document], { cwd });
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/nothing was written, for contract\.test\.mjs is there.*--force/);
  expect(files.filter((file) => existsSync(join(cwd, file)))).toEqual(['contract.test.mjs']);
  expect(await runCli(['init', document, '--force'], { cwd })).toMatchObject({ exitCode: 0 });
  expect(readFileSync(join(cwd, 'contract.test.mjs'), 'utf8')).not.toBe('mine');
});

test.each([
  ['a document that is broken', 'broken.yaml', /broken\.yaml:1:\d+ error/],
  ['one that is elsewhere', '../openapi.yaml', /is not in this folder/],
  ['a URL', 'https://example.com/openapi.yaml', /is not in this folder/],
])('nothing is written for %s', async (_, named, message) => {
  const cwd = createProject({ 'broken.yaml': 'openapi: [' });
  const { exitCode, stderr } = await runCli(['init', named], { cwd });
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(message);
  expect(files.some((file) => existsSync(join(cwd, file)))).toBe(false);
});
