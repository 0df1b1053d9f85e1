import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { projectFolder, runContractTest, startMock } from '../../server/testing/run-cli.js';

// Each test starts Jest in a process of its own.
jest.setTimeout(60_000);

const specs = join(projectFolder, 'specs');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'standin-contract-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const caseNames = () =>
  [...readFileSync(join(folder, 'reports/junit.xml'), 'utf8').matchAll(/<testcase [^>]*name="([^"]*)"/g)].map(
    ([, name]) => name,
  );

test('all 44 documented statuses of the five APIs are proved, in process, and the matrix says so', async () => {
  const { exitCode, stdout } = await runContractTest([specs], { cwd: folder });
  expect(stdout).toMatch(/44 documented statuses: 44 proved, 0 violated, 0 not provokable/);
  for (const [api, statuses] of [
    ['permutive', ['200', '401', '500']],
    ['formbricks', ['200']],
    ['joyfill', ['200', '400']],
    ['prelude', ['201', '400', '403', '404', '409']],
    ['user-service', ['200', '201', '204', '400', '401', '403', '404', '429', '500']],
  ] as const) {
    for (const status of statuses) expect(stdout).toMatch(new RegExp(`^${api} +.* ${status} +proved `, 'm'));
  }
  expect(exitCode).toBe(0);
});

test('the same cases run on a server, twice over, and each of them is in the JUnit report', async () => {
  const mock = await startMock();
  try {
    const inProcess = await runContractTest([specs], { cwd: folder });
    const names = caseNames();
    expect(names.length).toBeGreaterThan(100);
    const first = await runContractTest([specs, '--against', mock.url], { cwd: folder });
    expect(caseNames()).toEqual(names);
    const second = await runContractTest([specs], { cwd: folder, env: { CONTRACT_BASE_URL: mock.url } });
    expect(caseNames()).toEqual(names);
    expect([inProcess.exitCode, first.exitCode, second.exitCode]).toEqual([0, 0, 0]);
  } finally {
    await mock.stop();
  }
});

test('one API alone is tested at the base URL, or under its name where the mock serves several', async () => {
  const mock = await startMock();
  const alone = await startMock([join(specs, 'permutive')]);
  try {
    for (const { url } of [mock, alone]) {
      const { exitCode, stdout } = await runContractTest([join(specs, 'permutive'), '--against', url], { cwd: folder });
      expect(stdout).toMatch(/3 documented statuses: 3 proved/);
      expect(exitCode).toBe(0);
    }
  } finally {
    await Promise.all([mock.stop(), alone.stop()]);
  }
});

test('a service that breaks its contract ends the suite with 1, and is told of with a command that shows it again', async () => {
  const service = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"id": 7}');
  }).listen(0, '127.0.0.1');
  await new Promise((listening) => service.once('listening', listening));
  const url = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
  const { exitCode, stdout, stderr } = await runContractTest([join(specs, 'permutive'), '--against', url], {
    cwd: folder,
  });
  service.close();
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/createUserId +200 +violated/);
  expect(stdout).toMatch(/createUserId +401 +violated/);
  expect(stdout).toMatch(/createUserId +500 +not provokable .*a real service takes no Prefer/);
  expect(stderr).toContain('/id must be string');
  expect(stderr).toMatch(/curl -i -X POST '\S+\/users'/);
});

test.each([
  ['nobody answers', 3, ['--against', 'http://127.0.0.1:9'], /nothing answers at http:\/\/127\.0\.0\.1:9/],
  ['the URL is none', 2, ['--against', 'staging'], /"staging" is no URL/],
  ['an option is unknown', 2, ['--agianst', 'http://localhost'], /unknown option/],
])('where %s, no case runs and the exit code is %i', async (_, code, args, told) => {
  const { exitCode, stderr } = await runContractTest([specs, ...args], { cwd: folder });
  expect(stderr).toMatch(told);
  expect(exitCode).toBe(code);
  expect(existsSync(join(folder, 'reports/junit.xml'))).toBe(false);
});

test('a document that can not be read is named with its place, and the exit code is 2', async () => {
  const file = join(folder, 'broken.yaml');
  writeFileSync(file, 'openapi: 3.1.0\ninfo: [\n');
  const { exitCode, stderr } = await runContractTest([file], { cwd: folder });
  expect(stderr).toMatch(/broken\.yaml:\d+:\d+ error/);
  expect(exitCode).toBe(2);
});

test('several APIs at a real service, and a document without an operation, are misconfigurations', async () => {
  const service = createServer((_, response) => response.end('hello')).listen(0, '127.0.0.1');
  await new Promise((listening) => service.once('listening', listening));
  const url = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
  const several = await runContractTest([specs, '--against', url], { cwd: folder });
  service.close();
  expect(several).toMatchObject({
    exitCode: 2,
    stderr: expect.stringMatching(/no standin, so it can serve one API only/),
  });

  mkdirSync(join(folder, 'empty'));
  writeFileSync(
    join(folder, 'empty', 'openapi.yaml'),
    'openapi: 3.1.0\ninfo: { title: Empty, version: "1" }\npaths: {}\n',
  );
  const empty = await runContractTest([join(folder, 'empty')], { cwd: folder });
  expect(empty).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/no cases/) });
});
