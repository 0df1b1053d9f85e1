import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, jest, test } from '@jest/globals';
import { writeFolder } from '../testing/load-document.js';
import { projectFolder, runCli, startMock } from '../testing/run-cli.js';

jest.setTimeout(60_000);
const run = promisify(execFile);

test('`standin` alone says what to type, for the document that is there', async () => {
  const { exitCode, stdout, stderr } = await runCli([], { cwd: writeFolder({ 'swagger.json': {} }) });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toContain('npx standin mock swagger.json ');
  for (const command of ['mock', 'check', 'types', 'init', 'completion'])
    expect(stdout).toMatch(new RegExp(`^  ${command} `, 'm'));
  const elsewhere = await runCli([], { cwd: writeFolder({}) });
  expect(elsewhere.stdout).toContain('There is no OpenAPI document here');
});

test.each(['mock', 'check', 'types', 'init', 'completion'])('the help of %s has examples', async (command) => {
  const { exitCode, stdout } = await runCli([command, '--help']);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(new RegExp(`^Examples:\\n.*standin ${command} `, 'm'));
});

test('a command that is not there is told of with the one that is meant', async () => {
  const { exitCode, stderr } = await runCli(['mokc']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('Did you mean mock?');
});

const item = { type: 'object', properties: { id: { type: 'integer' } } };
const wrong = { 'application/json': { schema: { type: 'integer' }, example: 'none' } };
const paths = {
  '/pets': {
    post: {
      requestBody: { content: { 'application/json': { schema: item } } },
      responses: { 201: { description: '', content: { 'application/json': { schema: item } } } },
    },
  },
  '/pets/{id}': {
    get: {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
      responses: { 200: { description: '', content: { 'application/json': { schema: item } } } },
    },
  },
  ...Object.fromEntries(
    Array.from({ length: 15 }, (_, index) => [
      `/wrong/${index}`,
      { get: { responses: { 200: { description: '', content: wrong } } } },
    ]),
  ),
};

test('the start says what is remembered and why, leads to where it is steered, and of many findings tells the gravest and how to see all', async () => {
  const cwd = writeFolder({ 'api.json': { openapi: '3.1.1', info: { title: 'API', version: '1' }, paths } });
  const mock = await startMock(['api.json'], { cwd });
  try {
    const stdout = await mock.stdoutMatching(/look and steer/);
    expect(stdout).toMatch(
      /^ {4}remembers \/?pets \(inferred\)\n {2}how it remembers: standin check --state api\.json$/m,
    );
    expect(stdout).toContain(`  look and steer: ${mock.url}/_standin/\n`);
    const stderr = await mock.stderrMatching(
      /api\.json: 15 warnings, of which 10 are above; all: standin check api\.json\n/,
    );
    expect(stderr.match(/\[example-schema-invalid\]/g)).toHaveLength(10);
  } finally {
    await mock.stop();
  }
});

// The `script` of util-linux; that of macOS takes other arguments.
(existsSync('/usr/bin/script') && process.platform === 'linux' ? test : test.skip)(
  'on a terminal, and only there, long work shows how far it is',
  async () => {
    const main = join(projectFolder, 'dist/server/cli/main.js');
    const { stdout } = await run('script', ['-qc', `${process.execPath} ${main} check specs`, '/dev/null'], {
      cwd: projectFolder,
    });
    expect(stdout).toMatch(/[0-5]\/5 /);
    const { stderr } = await runCli(['check', 'specs']);
    expect(stderr).toBe('');
  },
);
