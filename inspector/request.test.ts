import { execFileSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { asCurl } from './request.js';

/** What a shell makes of the words after `curl`. */
function words(command: string): string[] {
  const script = `curl() { for word in "$@"; do printf '%s\\0' "$word"; done; }\n${command}`;
  return execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
}

test('a shell reads of a curl command what was to be sent, whatever is in it', () => {
  const body = `it's "$HOME" \`x\` \\ \n!`;
  const command = asCurl({ method: 'POST', url: 'http://h/?a=1&b=2', headers: { 'X-A': "a'b", 'X-None': '' }, body });
  expect(words(command)).toEqual([
    '-i',
    '-X',
    'POST',
    'http://h/?a=1&b=2',
    '-H',
    "X-A: a'b",
    '-H',
    'X-None;',
    '--data-raw',
    body,
  ]);
});

test('HEAD waits for no body', () => {
  expect(asCurl({ method: 'HEAD', url: 'http://h/', headers: {} })).toBe("curl -i --head 'http://h/'");
});
