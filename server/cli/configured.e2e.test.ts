import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { runCli, startMock } from '../testing/run-cli.js';

// Its tests start one process after another, perhaps beside all else that runs.
jest.setTimeout(30_000);

const document = (path: string) => `openapi: 3.1.0
info: { title: A, version: '1' }
paths: { ${path}: { get: { responses: { '200': { description: ok, content: { text/plain: { example: documented } } } } } } }
`;

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'standin-configured-'));
  mkdirSync(join(cwd, 'api'));
  writeFileSync(join(cwd, 'api', 'a.yaml'), document('/a'));
  writeFileSync(join(cwd, 'b.yaml'), document('/b'));
  writeFileSync(
    join(cwd, 'api', 'other.yaml'),
    `overlay: 1.0.0\ninfo: { title: O, version: '1' }\nactions: [{ target: "$.paths.*.get.responses['200'].content['text/plain']", update: { example: overlaid } }]\n`,
  );
  writeFileSync(join(cwd, 'api', 'standin.config.yaml'), 'documents: [a.yaml]\noverlays: [other.yaml]\n');
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

describe('a configuration', () => {
  test('names the documents that are served, and their overlays, from its folder', async () => {
    const mock = await startMock(['--config', 'api/standin.config.yaml'], { cwd });
    try {
      expect(await (await fetch(`${mock.url}/a`)).text()).toBe('overlaid');
    } finally {
      await mock.stop();
    }
  });

  test('names those that are checked, where the command and the environment name none', async () => {
    const inItsFolder = { cwd: join(cwd, 'api') };
    expect((await runCli(['check'], inItsFolder)).stdout).toMatch(/^a\.yaml: /);
    expect((await runCli(['check', '../b.yaml'], inItsFolder)).stdout).toMatch(/^\.\.\/b\.yaml: /);
    const env = { STANDIN_DOCUMENTS: '../b.yaml' };
    expect((await runCli(['check'], { ...inItsFolder, env })).stdout).toMatch(/^\.\.\/b\.yaml: /);
  });

  test.each(['mock', 'check'])('that is wrong ends %s with 2, and its place is told', async (command) => {
    writeFileSync(join(cwd, 'standin.config.yaml'), 'documents: [b.yaml]\ntests: {}\n');
    expect(await runCli([command], { cwd })).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/^standin\.config\.yaml:2:1 there is no option "tests"; did you mean "test"\?/),
    });
  });

  test('is missed by name where nothing says what to check', async () => {
    expect(await runCli(['check'], { cwd })).toMatchObject({
      exitCode: 2,
      stderr: 'error: name the documents to check: standin check openapi.yaml\n',
    });
  });
});
