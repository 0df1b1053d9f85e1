import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { runCli } from '../testing/run-cli.js';

// Its tests start one process after another, perhaps beside all else that runs.
jest.setTimeout(30_000);

const sound = `openapi: 3.1.1
info: { title: A, version: '1' }
paths: { /a: { get: { responses: { '200': { description: ok } } } } }
`;
const documents = {
  'sound.yaml': sound,
  'noted.yaml': `${sound}components: { schemas: { A: {} } }\n`,
  'wrong.yaml': sound.replace('/a:', '"/{a}":'),
  'broken.yaml': 'openapi: [',
  'empty.yaml': '',
};

describe('standin check', () => {
  let cwd = '';
  beforeAll(() => {
    cwd = mkdtempSync(join(tmpdir(), 'standin-'));
    for (const [name, text] of Object.entries(documents)) writeFileSync(join(cwd, name), text);
  });
  afterAll(() => rmSync(cwd, { recursive: true }));

  const check = (...args: string[]) => runCli(['check', ...args], { cwd });

  test('ends with 0 where nothing is wrong, or nothing but notes', async () => {
    expect(await check('sound.yaml')).toEqual({
      exitCode: 0,
      stdout: 'sound.yaml: nothing is wrong; no examples\n',
      stderr: '',
    });
    expect(await check('noted.yaml')).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('[component-unused]'),
    });
  });

  test('ends with 1 where an error is found, and with --strict where anything is', async () => {
    const { exitCode, stdout } = await check('wrong.yaml');
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(
      /^wrong\.yaml:3:\d+ error GET \/\{a\} does not describe its path parameter "a"; .* \[path-parameter-undeclared\]$/m,
    );
    expect(await check('noted.yaml', '--strict')).toMatchObject({ exitCode: 1 });
    expect(await check('sound.yaml', '--strict')).toMatchObject({ exitCode: 0 });
  });

  test('ends with 2 where a document cannot be read, and checks the others', async () => {
    const { exitCode, stdout } = await check('broken.yaml', 'gone.yaml', 'noted.yaml');
    expect(exitCode).toBe(2);
    expect(stdout).toMatch(/^broken\.yaml:1:\d+ error this is not YAML/m);
    expect(stdout).toMatch(/^gone\.yaml:1:1 error there is no such file or folder/m);
    expect(stdout).toMatch(/^noted\.yaml: 1 note/m);
    expect(stdout).toMatch(/^3 documents: 2 errors, 1 note; no examples$/m);
  });

  test.each([[[]], [['--format', 'xml', 'sound.yaml']], [['--nonsense', 'sound.yaml']]])(
    'ends with 2 where the command is wrong: %j',
    async (args) => {
      const { exitCode, stdout, stderr } = await check(...args);
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
      expect(stderr).toMatch(/^error: /);
    },
  );

  test('checks the others where a URL cannot be fetched, and where a file is empty', async () => {
    const ran = await check('http://127.0.0.1:9/a.yaml', 'sound.yaml', 'empty.yaml', '--allow-remote');
    expect(ran).toMatchObject({ exitCode: 2, stderr: '' });
    expect(ran.stdout).toMatch(/^http:\/\/127\.0\.0\.1:9\/a\.yaml:1:1 error this can't be fetched .*\[unreadable\]$/m);
    expect(ran.stdout).toMatch(/^sound\.yaml: nothing is wrong/m);
    expect(ran.stdout).toMatch(/^empty\.yaml:1:1 error this is not an OpenAPI document: .* found an empty file/m);
  });

  test('writes nothing but its format to standard output', async () => {
    const json = await check('--format', 'json', 'wrong.yaml', 'broken.yaml');
    expect(
      JSON.parse(json.stdout).documents.map(({ file, readable }: { file: string; readable: boolean }) => [
        file,
        readable,
      ]),
    ).toEqual([
      ['wrong.yaml', true],
      ['broken.yaml', false],
    ]);
    const sarif = await check('--format', 'sarif', 'wrong.yaml');
    expect(JSON.parse(sarif.stdout)).toMatchObject({
      version: '2.1.0',
      runs: [{ results: [{ ruleId: 'path-parameter-undeclared' }] }],
    });
    const github = await check('--format', 'github', 'wrong.yaml');
    expect(github.stdout).toMatch(
      /^::error file=wrong\.yaml,line=3,col=\d+,title=path-parameter-undeclared::GET .*\n$/,
    );
  });

  test('has no colours where it does not write to a terminal', async () => {
    const { stdout } = await runCli(['check', 'wrong.yaml'], { cwd, env: { FORCE_COLOR: '1' } });
    expect(stdout).not.toContain(String.fromCharCode(27));
  });

  test('checks the documents that come with standin, and how each of their examples fares', async () => {
    const { stdout } = await runCli(['check', 'specs']);
    expect(stdout).toMatch(/^5 documents: .*; 70 examples: 67 valid, 3 repairable$/m);
  });
});
