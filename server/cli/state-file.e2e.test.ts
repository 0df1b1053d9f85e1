import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, jest, test } from '@jest/globals';
import { writeFolder } from '../testing/load-document.js';
import { postJson } from '../testing/post-json.js';
import { type RunningCli, runCli, startMock } from '../testing/run-cli.js';

jest.setTimeout(60_000);

let mock: RunningCli | undefined;
afterEach(async () => {
  await mock?.stop();
  mock = undefined;
});

const create = ({ url }: RunningCli, index: number, token = `t${index}`) =>
  postJson(
    `${url}/user-service/users`,
    { firstName: 'Ada', lastName: 'L', contactEmail: `ada${index}@example.com` },
    { Authorization: `Bearer ${token}` },
  );

const usersIn = (file: string): { entries: { item: { contactEmail: string } }[] } | undefined =>
  JSON.parse(readFileSync(file, 'utf8')).collections.find(({ api }: { api: string }) => api === 'user-service');

test.each([['1'], ['2']])(
  'with %s worker(s), what was created before a restart is there after it, numbers go on',
  async (workers) => {
    const file = join(writeFolder({}), 'state.json');
    const args = ['--state-file', file, '--workers', workers, 'specs'];
    mock = await startMock(args);
    expect(await create(mock, 1)).toMatchObject({ status: 201, body: { userId: 1 } });
    expect((await mock.stop()).exitCode).toBe(0);
    mock = await startMock(args);
    expect(await create(mock, 1)).toMatchObject({ status: 400 });
    expect(await create(mock, 2)).toMatchObject({ status: 201, body: { userId: 2 } });
  },
);

test('a process that is killed while it writes leaves a file that is whole', async () => {
  const folder = writeFolder({});
  const file = join(folder, 'state.json');
  let highest = 0;
  for (let round = 0; round < 4; round++) {
    const running = await startMock(['--state-file', file, 'specs']);
    const asking = Promise.all(
      Array.from({ length: 8 }, async (_, client) => {
        for (let index = 0; ; index++) await create(running, 1_000_000 * round + 10_000 * client + index);
      }),
    ).catch(() => {});
    // As soon as there is something new in the file, another write may be under way.
    while (!existsSync(file) || (usersIn(file)?.entries.length ?? 0) <= highest)
      await new Promise((resolve) => setTimeout(resolve, 5));
    running.signal('SIGKILL');
    await running.ended;
    await asking;
    highest = usersIn(file)?.entries.length ?? 0;
    expect(highest).toBeGreaterThan(0);
  }
  mock = await startMock(['--state-file', file, 'specs']);
  expect(await create(mock, 99_999_999)).toMatchObject({ status: 201 });
  await mock.stop();
  expect(usersIn(file)?.entries).toHaveLength(highest + 1);
  expect(readdirSync(folder).filter((name) => name === 'state.json')).toHaveLength(1);
});

test('a file that is none of ours is left alone, and said', async () => {
  const folder = writeFolder({ 'state.json': '{"collections":[{"api":1}]}' });
  const file = join(folder, 'state.json');
  const { exitCode, stderr } = await runCli(['mock', '--port', '0', '--state-file', file, 'specs']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(`${file}: /collections/0/api must be a text; remove it to start anew`);
  expect(readFileSync(file, 'utf8')).toBe('{"collections":[{"api":1}]}');
});
