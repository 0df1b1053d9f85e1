import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, jest, test } from '@jest/globals';
import { writeFolder } from '../../testing/load-document.js';
import { runCli } from '../../testing/run-cli.js';

jest.setTimeout(60_000);
const run = promisify(execFile);

/** The script of a shell, in a folder with a document. */
async function scriptOf(shell: string): Promise<{ folder: string; script: string }> {
  const { exitCode, stdout } = await runCli(['completion', shell]);
  expect(exitCode).toBe(0);
  const folder = writeFolder({ script: stdout, 'openapi.yaml': '' });
  return { folder, script: join(folder, 'script') };
}

const has = (shell: string) =>
  ['/bin', '/usr/bin', '/usr/local/bin', '/opt/homebrew/bin'].some((folder) => existsSync(join(folder, shell)));
const where = (shell: string) => (has(shell) ? test.each : test.skip.each) as typeof test.each;

const cases: [string, string[]][] = [
  ['standin mo', ['mock']],
  ['standin mock --lo', ['--log']],
  ['standin mock --log ', ['pretty', 'json', 'silent']],
  ['standin check --format s', ['sarif']],
  ['standin completion f', ['fish']],
  ['standin mock open', ['openapi.yaml']],
];

where('bash')(cases)('bash completes %j', async (line, expected) => {
  const { folder, script } = await scriptOf('bash');
  const words = line.split(' ').map((word) => `'${word}'`);
  const program = `source '${script}'; COMP_WORDS=(${words.join(' ')}); COMP_CWORD=${words.length - 1}; _standin; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout } = await run('bash', ['--norc', '-c', program], { cwd: folder });
  expect(stdout.trim().split('\n')).toEqual(expected);
});

where('fish')(cases)('fish completes %j', async (line, expected) => {
  const { folder, script } = await scriptOf('fish');
  const { stdout } = await run('fish', ['--no-config', '-c', `source '${script}'; complete -C '${line}'`], {
    cwd: folder,
  });
  const found = stdout
    .trim()
    .split('\n')
    .map((one) => one.split('\t')[0]);
  expect(found.sort()).toEqual([...expected].sort());
});

/** What Zsh would show is read from a terminal of its own, where Tab is pressed. */
const zshProgram = (script: string, line: string) => `
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "PS1='ready> '; autoload -Uz compinit; compinit -u -d $PWD/dump; source '${script}'; setopt noautomenu; bindkey '^I' complete-word"
sleep 1
zpty -w -n shell "${line}"$'\\t'
sleep 1
zpty -w -n shell $'\\n'
repeat 40; do zpty -r -t shell chunk && print -rn -- "$chunk" || sleep 0.05; done
zpty -d shell
`;

where('zsh')([
  ['standin mo', 'standin mock'],
  ['standin check --format sar', 'sarif'],
  ['standin mock --no-jour', '--no-journal'],
])('zsh completes %j', async (line, expected) => {
  const { folder, script } = await scriptOf('zsh');
  const { stdout } = await run('zsh', ['-f', '-c', zshProgram(script, line)], { cwd: folder });
  expect(stdout).toContain(expected);
});

test('another shell is refused with those there are', async () => {
  const { exitCode, stderr } = await runCli(['completion', 'tcsh']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('bash, zsh, fish');
});
