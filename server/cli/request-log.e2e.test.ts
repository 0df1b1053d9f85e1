import { afterEach, expect, jest, test } from '@jest/globals';
import { postJson } from '../testing/post-json.js';
import { type RunningCli, runCli, startMock } from '../testing/run-cli.js';

jest.setTimeout(60_000);

let mock: RunningCli | undefined;
afterEach(async () => {
  await mock?.stop();
  mock = undefined;
});

const linesAfterStart = (stdout: string) => stdout.split('\n').filter((line) => /^\d\d:\d\d:\d\d /.test(line));

/** A success, an error that points, and one that no document has. */
async function askThrice({ url }: RunningCli): Promise<void> {
  await postJson(`${url}/permutive/users?k=hush-hush`);
  await postJson(`${url}/user-service/users`, {}, { Authorization: 'Bearer hush-hush' });
  await fetch(`${url}/nowhere`);
}

test('`--log pretty` writes a line for each request, with the reason for its reply and no secrets', async () => {
  mock = await startMock(['specs', '--log', 'pretty']);
  await askThrice(mock);
  const { stdout } = await mock.stop();
  expect(linesAfterStart(stdout).map((line) => line.replace(/^[\d:]+ | [\d.]+ ms/g, ''))).toEqual([
    '200 POST /permutive/users?k=[redacted] createUserId: state',
    '400 POST /user-service/users createUser: condition, example "missing_required_field", request-invalid; body/firstName is required (and 2 more)',
    '404 GET /nowhere: problem path-not-found',
  ]);
  expect(stdout).not.toContain('hush-hush');
});

test.each([[[]], [['--workers', '2']]])(
  '`--log json` writes nothing but JSON lines to standard output (%j)',
  async (more) => {
    mock = await startMock(['specs', '--log', 'json', ...more]);
    await askThrice(mock);
    const { stdout, stderr } = await mock.stop();
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines[0]).toMatchObject({ level: 'info', url: mock.url, apis: expect.any(Array) });
    const requests = lines.slice(1).sort((a, b) => a.status - b.status);
    expect(requests).toMatchObject([
      {
        method: 'POST',
        url: '/permutive/users?k=[redacted]',
        api: 'permutive',
        operation: 'createUserId',
        status: 200,
        reason: 'state',
      },
      { status: 400, reason: 'condition', problem: 'request-invalid', violations: [{ pointer: '/firstName' }, {}, {}] },
      { status: 404, reason: 'problem', problem: 'path-not-found', durationMs: expect.any(Number) },
    ]);
    expect(stderr).toContain(' serves 5 APIs at ');
    expect(stdout).not.toContain('hush-hush');
  },
);

test('where standard output is no terminal nothing is logged unasked; STANDIN_LOG asks, too', async () => {
  mock = await startMock(['specs']);
  await askThrice(mock);
  expect(linesAfterStart((await mock.stop()).stdout)).toEqual([]);
  mock = await startMock(['specs'], { env: { STANDIN_LOG: 'pretty' } });
  await askThrice(mock);
  expect(linesAfterStart((await mock.stop()).stdout)).toHaveLength(3);
});

test('what would steer a terminal is shown as what it is', async () => {
  mock = await startMock(['specs', '--log', 'pretty']);
  await fetch(`${mock.url}/nowhere`, { headers: { 'standin-session': 'a' } });
  await fetch(`${mock.url}/~%C2%9B31m/nowhere`);
  const { stdout } = await mock.stop();
  expect(linesAfterStart(stdout)[0]).toContain('GET /nowhere ~a ');
  expect(stdout.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
});

test('another format is refused with those there are', async () => {
  const { exitCode, stderr } = await runCli(['mock', '--log', 'loud']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('pretty, json, silent');
});
