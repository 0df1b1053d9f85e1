import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, jest, test } from '@jest/globals';
import { postJson } from '../testing/post-json.js';
import { type RunningCli, runCli, startMock } from '../testing/run-cli.js';

// Each test starts several processes, perhaps beside all that else runs.
jest.setTimeout(60_000);

let mock: RunningCli | undefined;
afterEach(async () => {
  await mock?.stop();
  mock = undefined;
});

const user = { firstName: 'Ada', lastName: 'Lovelace', contactEmail: 'ada@example.com' };
const create = ({ url }: RunningCli, token: string) =>
  postJson(`${url}/user-service/users`, user, { Authorization: `Bearer ${token}`, Connection: 'close' });

test('of 200 requests that create the same item at once, one worker or another answers one with 201', async () => {
  mock = await startMock(['specs', '--workers', '2']);
  const running = mock;
  const answers = await Promise.all(Array.from({ length: 200 }, (_, index) => create(running, `token-${index}`)));
  const statuses = answers.map(({ status }) => status);
  expect(statuses.filter((status) => status === 201)).toHaveLength(1);
  expect(new Set(statuses)).toEqual(new Set([201, 400]));
});

test('the requests of one credential count against its limit, whichever worker they reach', async () => {
  mock = await startMock(['specs', '--workers', '2']);
  const running = mock;
  const answers = await Promise.all(Array.from({ length: 105 }, () => create(running, 'one-token')));
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(5);
});

test('what is served, and what is to be known of it, is said once', async () => {
  mock = await startMock(['specs', '--workers', '2']);
  await mock.stderrMatching(/joyfill\/openapi\.yaml:91/);
  const { stdout, stderr, exitCode } = await mock.stop();
  expect(stdout.match(/ serves 5 APIs /g)).toHaveLength(1);
  expect(stderr.match(/joyfill\/openapi\.yaml:91:\d+ warning/g)).toHaveLength(1);
  expect(exitCode).toBe(0);
});

test('a worker that ends is told of and replaced, and what was stored is still there', async () => {
  mock = await startMock(['specs', '--workers', '2']);
  expect(await create(mock, 'a')).toMatchObject({ status: 201 });
  const workers = await mock.workers();
  expect(workers).toHaveLength(2);
  for (const pid of workers) process.kill(pid, 'SIGKILL');
  for (const pid of workers)
    await mock.stderrMatching(
      new RegExp(`worker \\d+ \\(process ${pid}\\) ended with SIGKILL; another takes its place`),
    );
  while (!(await mock.workers()).some((pid) => !workers.includes(pid)));
  let answer = await create(mock, 'b').catch(() => undefined);
  while (!answer) answer = await create(mock, 'b').catch(() => undefined);
  expect(answer).toMatchObject({ status: 400 });
});

test.each(['SIGTERM', 'SIGINT'] as const)('at %s all workers end, with exit code 0', async (signal) => {
  mock = await startMock(['specs', '--workers', '2']);
  await create(mock, 'a');
  mock.signal(signal);
  expect(await mock.ended).toMatchObject({ exitCode: 0 });
  mock = undefined;
});

test('a port in use and a broken document end the command as they do without workers', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((listening) => other.once('listening', listening));
  const port = String((other.address() as AddressInfo).port);
  const inUse = await runCli(['mock', 'specs', '--workers', '2', '--host', '127.0.0.1', '--port', port]);
  other.close();
  expect(inUse).toMatchObject({ exitCode: 1, stderr: expect.stringContaining(`port ${port} on 127.0.0.1 is in use`) });
  const broken = await runCli(['mock', 'package.json', '--workers', '2', '--port', '0']);
  expect(broken).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('not an OpenAPI document') });
});

test.each(['0', 'many', '1.5'])('--workers %s is refused with what was expected', async (count) => {
  const { exitCode, stderr } = await runCli(['mock', 'specs', '--workers', count]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('Expected a number from 1 to 256, or auto.');
});
