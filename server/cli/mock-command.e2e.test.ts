import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';
import { writeFolder } from '../testing/load-document.js';
import { postJson } from '../testing/post-json.js';
import { type RunningCli, runCli, start, startMock } from '../testing/run-cli.js';

// Its tests start one process after another, perhaps beside all that else runs.
jest.setTimeout(30_000);

async function occupy(port = 0): Promise<{ port: number; server: Server }> {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, server };
}

async function freePort(): Promise<number> {
  const { port, server } = await occupy();
  server.close();
  await once(server, 'close');
  return port;
}

async function using<T>(running: Promise<RunningCli>, use: (mock: RunningCli) => T | Promise<T>): Promise<T> {
  const mock = await running;
  try {
    return await use(mock);
  } finally {
    await mock.stop();
  }
}

describe('standin mock', () => {
  test('says in its first line how many APIs it serves, and where; then each of them and its operations', () =>
    using(startMock(), async ({ stdoutMatching, url }) => {
      expect(url).toMatch(/^http:\/\/localhost:\d+$/);
      const stdout = await stdoutMatching(/look and steer/);
      expect(stdout.split('\n')[0]).toMatch(/^standin \d+\.\d+\.\d+ serves 5 APIs at http:\/\/localhost:\d+$/);
      for (const path of [
        '/formbricks/client/{environmentId}/user',
        '/joyfill/users',
        '/permutive/users',
        '/prelude/v2/session/apps/{appID}/users',
        '/user-service/users',
      ])
        expect(stdout).toContain(`POST ${url}${path}\n`);
    }));

  test('serves the five APIs that come with it where there is no folder `specs`', async () => {
    const cwd = mkdtempSync(join(tmpdir(), 'standin-'));
    try {
      await using(startMock([], { cwd }), async ({ url }) => {
        expect(await postJson(`${url}/permutive/users?k=a-key`)).toMatchObject({ status: 200 });
      });
    } finally {
      rmSync(cwd, { recursive: true });
    }
  });

  test('serves the document of the folder that it is started in, where it is called openapi or swagger', async () => {
    const responses = { 204: { description: 'Pong.' } };
    const document = {
      openapi: '3.1.1',
      info: { title: 'Ping', version: '1' },
      paths: { '/ping': { get: { responses } } },
    };
    await using(startMock([], { cwd: writeFolder({ 'openapi.json': document }) }), async ({ url }) => {
      expect((await fetch(`${url}/ping`)).status).toBe(204);
    });
  });

  test('listens at the port of `--port`', async () => {
    const port = await freePort();
    await using(startMock(['--port', String(port)]), ({ url }) => expect(url).toBe(`http://localhost:${port}`));
  });

  test('is found at 127.0.0.1 and by the name localhost', () =>
    using(startMock(), async ({ url }) => {
      expect((await fetch(`${url}/_standin/health`)).status).toBe(200);
      expect((await fetch(`${url.replace('localhost', '127.0.0.1')}/_standin/health`)).status).toBe(200);
    }));

  test('takes port and host from PORT and HOST', async () => {
    const port = await freePort();
    await using(startMock([], { env: { PORT: String(port), HOST: '127.0.0.1' } }), async ({ url }) => {
      expect(url).toBe(`http://127.0.0.1:${port}`);
      expect((await fetch(`${url}/_standin/health`)).status).toBe(200);
    });
  });

  test('prefers `--port` and `--host` to PORT and HOST', async () => {
    const port = await freePort();
    const env = { PORT: '1', HOST: 'nowhere.invalid' };
    await using(startMock(['--port', String(port), '--host', '127.0.0.1'], { env }), ({ url }) =>
      expect(url).toBe(`http://127.0.0.1:${port}`),
    );
  });

  test('gets the options of `npm start --`', async () => {
    const port = await freePort();
    const args = ['start', '--', '--port', String(port), '--host', '127.0.0.1'];
    await using(start('npm', args, { withChildren: true }), async ({ url, stdout }) => {
      expect(url).toBe(`http://127.0.0.1:${port}`);
      expect(stdout()).toContain('serves 5 APIs');
      expect((await fetch(`${url}/_standin/health`)).status).toBe(200);
    });
  });

  test('ends with exit code 1 where its port is in use, and names the port', async () => {
    const { port, server } = await occupy();
    try {
      const { exitCode, stdout, stderr } = await runCli(['mock', '--port', String(port)]);
      expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
      expect(stderr).toMatch(new RegExp(`^port ${port} on localhost is in use; .*--port\\n$`));
    } finally {
      server.close();
    }
  });

  test.each([
    [['mock', '--port', 'http'], /--port.*'http' is invalid/],
    [['mock', '--port', '65536'], /--port.*65535/],
    [['mock', '--port', '-1'], /--port/],
    [['mock', '--port'], /--port/],
    [['mock', '--body-limit', 'plenty'], /--body-limit.*'plenty' is invalid.*10MiB/],
    [['mock', '--stream-interval', '1s'], /--stream-interval.*'1s' is invalid.*milliseconds/],
    [['mock', '--prot', '1'], /unknown option '--prot'.*--port/s],
    [['mokc'], /unknown command 'mokc'.*mock/s],
    [['mock', '--port', '0', '--no-control', '--host', 'nowhere.invalid'], /nowhere\.invalid.*--host/],
  ])('`standin %j` ends with exit code 2, and says what is wrong', async (args, message) => {
    const { exitCode, stdout, stderr } = await runCli(args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test('a bad PORT ends with exit code 2, too', async () => {
    const { exitCode, stderr } = await runCli(['mock'], { env: { PORT: 'http' } });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/'http' from env 'PORT' is invalid/);
  });

  test.each([
    [['--help'], /Usage: standin/],
    [['mock', '--help'], /Usage: standin mock/],
    [['--version'], /^\d+\.\d+\.\d+\n$/],
  ])('`standin %j` ends with exit code 0', async (args, message) => {
    const { exitCode, stdout, stderr } = await runCli(args);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(message);
  });
});

describe('standin mock --seed', () => {
  /** Values of each kind that standin makes: a UUID, a token, a ULID, a request's id, a body of a schema. */
  const values = (args: readonly string[]) =>
    using(startMock(args), async ({ url }) => {
      const bearer = { Authorization: 'Bearer a-token' };
      const answers = [
        await postJson(`${url}/permutive/users?k=a-key`),
        await postJson(`${url}/permutive/users?k=a-key`),
        await postJson(`${url}/joyfill/users`, { issueAccessToken: true }),
        await postJson(`${url}/user-service/users`, {}, bearer),
        await postJson(`${url}/user-service/users`, undefined, { Prefer: 'code=201, dynamic=true' }),
        await postJson(`${url}/prelude/v2/session/apps/54e9ujn/users`, { identifiers: [] }, bearer),
      ];
      return answers.map(({ body }) => body);
    });

  test('repeats each value in a second start', async () => {
    expect(await values(['--seed', 'a'])).toEqual(await values(['--seed', 'a']));
  });

  test('makes other values of another seed, and of none', async () => {
    const [ofA, ofB, ofNone] = [await values(['--seed', 'a']), await values(['--seed', 'b']), await values([])];
    for (const [index, value] of ofA.entries()) {
      expect(value).not.toEqual(ofB[index]);
      expect(value).not.toEqual(ofNone[index]);
    }
  });
});
