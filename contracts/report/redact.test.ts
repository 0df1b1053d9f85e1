import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { curl } from './curl.js';
import { createRedactor } from './redact.js';

const redactor = createRedactor([
  { value: "s3cr/t's own", variable: 'AUTH_KEY' },
  { value: 'user:pass"word', variable: 'AUTH_BASIC' },
  { value: 'abc', variable: 'AUTH_SHORT' },
]);

describe('a credential', () => {
  test.each([
    ['as it is', "key s3cr/t's own!", 'key $AUTH_KEY!'],
    ['in a URL', `/x?key=${encodeURIComponent("s3cr/t's own")}`, '/x?key=$AUTH_KEY'],
    ['in JSON', JSON.stringify({ is: 'user:pass"word' }), '{"is":"$AUTH_BASIC"}'],
    ['of Basic', `Basic ${Buffer.from('user:pass"word').toString('base64')}`, 'Basic $AUTH_BASIC'],
    ['that is short, where it is a word', 'abc in abcde, "abc"', '$AUTH_SHORT in abcde, "$AUTH_SHORT"'],
  ])('%s is named, not told', (_, text, told) => {
    expect(redactor.text(text)).toBe(told);
  });

  test('that a server gives away is not told either', () => {
    expect(redactor.answered('{"access_token": "eyJ", "apiKey":"k\\"x", "tokens": 3, "text": "token"}')).toBe(
      '{"access_token": "[redacted]", "apiKey":"[redacted]", "tokens": 3, "text": "token"}',
    );
    expect(redactor.answered('cut off: {"token":"eyJhbGci')).toBe('cut off: {"token":"[redacted]"');
    expect(redactor.header('Set-Cookie', 'session=123; Path=/')).toBe('session=[redacted]; Path=/');
  });
});

test('a curl command, run where the variables are set, sends what was sent', () => {
  const basic = Buffer.from('user:pass"word').toString('base64');
  const request = {
    method: 'POST',
    path: `/it's?key=${'abc'}`,
    headers: { authorization: `Basic ${basic}`, 'x-key': "s3cr/t's own", 'x-empty': '' },
    body: `{"it's": "$HOME \`x\`"}`,
  };
  const command = curl('http://localhost:1', request, redactor);
  expect(command).not.toContain('pass');
  const shown = execFileSync('sh', ['-c', command.replace(/^curl/, `printf '%s\\n'`)], {
    encoding: 'utf8',
    env: { ...process.env, AUTH_KEY: "s3cr/t's own", AUTH_BASIC: 'user:pass"word', AUTH_SHORT: 'abc' },
  });
  expect(shown.split('\n').slice(0, -1)).toEqual([
    '-i',
    '-X',
    'POST',
    "http://localhost:1/it's?key=abc",
    '-H',
    `authorization: Basic ${basic}`,
    '-H',
    "x-key: s3cr/t's own",
    '-H',
    'x-empty:',
    '--data-raw',
    request.body,
  ]);
});

test('control characters are escaped, so that they outlive a terminal and a clipboard', () => {
  const request = { method: 'POST', path: '/parts', headers: {}, body: "--b\r\n\r\nit's a \\ \u0001\u00317\r\n" };
  const command = curl('http://localhost:1', request, createRedactor([]));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  expect(command).not.toMatch(/[\u0000-\u001f]/);
  const shown = execFileSync('bash', ['-c', command.replace(/^curl/, `printf '%s|'`)], { encoding: 'utf8' });
  expect(shown.split('|').at(-2)).toBe(request.body);
});
