import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { DOMParser } from '@xmldom/xmldom';
import { projectFolder, runCli } from '../testing/run-cli.js';

jest.setTimeout(60_000);

const secret = 'k3y-of-the-realm';

const document = `openapi: 3.1.0
info: { title: Notes, version: '1' }
components:
  securitySchemes:
    bearerAuth: { type: http, scheme: bearer }
  schemas:
    Note:
      type: object
      required: [id, text]
      properties:
        id: { type: string }
        text: { type: string, maxLength: 40 }
paths:
  /notes:
    get:
      operationId: listNotes
      tags: [reading]
      security: []
      responses:
        '200':
          description: All of them.
          content:
            application/json:
              schema: { type: array, items: { $ref: '#/components/schemas/Note' } }
    post:
      operationId: createNote
      tags: [writing]
      security: [{ bearerAuth: [] }]
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [text]
              properties: { text: { type: string, maxLength: 40 } }
            example: { text: Buy milk }
      responses:
        '201':
          description: The new one.
          content:
            application/json: { schema: { $ref: '#/components/schemas/Note' } }
        '400': { description: No note. }
        '401': { description: Who are you? }
`;

interface Provider {
  /** What `POST` gives as `id`; a number is a fault. */
  id: string | number;
  readonly url: string;
  readonly seen: { readonly method: string; readonly authorization?: string | undefined }[];
}

let folder: string;
let server: Server;
let provider: Provider;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'standin-test-'));
  writeFileSync(join(folder, 'notes.yaml'), document);
  server = createServer(async (request, response) => {
    const { method = '', headers, url } = request;
    provider.seen.push({ method, authorization: headers.authorization });
    const answer = (status: number, body?: unknown, more: Readonly<Record<string, string>> = {}) => {
      const isEmpty = body === undefined;
      response.writeHead(status, isEmpty ? more : { 'content-type': 'application/json', ...more });
      response.end(isEmpty ? undefined : JSON.stringify(body));
    };
    const text = await bodyOf(request);
    if (url !== '/notes') return answer(404);
    if (method === 'GET' || method === 'HEAD') return answer(200, [{ id: 'a', text: 'Buy bread' }]);
    if (method !== 'POST') return answer(405, undefined, { allow: 'GET, HEAD, POST' });
    if (headers.authorization !== `Bearer ${secret}`) return answer(401, undefined, { 'www-authenticate': 'Bearer' });
    const note = parsed(text);
    if (!/json/.test(headers['content-type'] ?? '') || typeof note?.text !== 'string' || note.text.length > 40)
      return answer(400);
    answer(201, { id: provider.id, text: note.text, token: 'issued-by-the-provider' });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  provider = { id: 'b', seen: [], url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  runCli(['test', ...args], { cwd: folder, env });
const onProvider = (args: readonly string[] = [], env: Readonly<Record<string, string>> = {}) =>
  run(['notes.yaml', '--against', provider.url, '--auth', `bearerAuth=${secret}`, ...args], env);

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return text;
}

function parsed(text: string): { readonly text?: unknown } | undefined {
  try {
    return JSON.parse(text) as { readonly text?: unknown };
  } catch {
    return undefined;
  }
}

const read = (name: string) => readFileSync(join(folder, name), 'utf8');

describe('a document alone', () => {
  test('is proved on a stand-in in the same process', async () => {
    const { exitCode, stdout, stderr } = await run(['notes.yaml']);
    expect(stdout).toMatch(/4 documented statuses: 4 proved, 0 violated/);
    expect(stderr).toMatch(/^\d+ cases at http:/);
    expect(exitCode).toBe(0);
  });
});

describe('a provider that keeps its contract', () => {
  test('is proved, and what can not be provoked is counted with its reason', async () => {
    const { exitCode, stdout } = await onProvider();
    expect(stdout).toMatch(/createNote +201 +proved/);
    expect(stdout).toMatch(/createNote +401 +proved/);
    expect(stdout).toMatch(/^ +\d+ {2}a real service takes no Prefer$/m);
    expect(exitCode).toBe(0);
  });

  test('is sent the credential of the environment', async () => {
    await run(['notes.yaml', '--against', provider.url], { AUTH_BEARERAUTH: secret });
    expect(provider.seen).toContainEqual({ method: 'POST', authorization: `Bearer ${secret}` });
  });

  test('is sent safe methods only with --safe', async () => {
    const { stdout } = await onProvider(['--safe']);
    expect(new Set(provider.seen.map(({ method }) => method))).not.toContain('POST');
    expect(stdout).toMatch(/POST is not safe/);
  });

  test('fails where less of it is proved than was asked for, of what was not left out', async () => {
    const all = await onProvider(['--fail-under', '90', '--safe']);
    expect(all.stdout).toMatch(/failed: 25 % of the documented statuses are proved, and --fail-under asks for 90 %/);
    expect(all.exitCode).toBe(1);
    const some = await onProvider(['--fail-under', '90%', '--safe', '--only', 'listNotes']);
    expect(some.exitCode).toBe(0);
  });

  test('is asked for no case that was left out', async () => {
    await onProvider(['--only', 'tag=writing', '--skip', 'kind=protocol', '--skip', 'kind=auth']);
    // Whether it is a stand-in is asked before.
    const [, ...cases] = provider.seen;
    expect(new Set(cases.map(({ method }) => method))).toEqual(new Set(['POST']));
    expect(new Set(cases.map(({ authorization }) => authorization))).toEqual(new Set([`Bearer ${secret}`]));
  });
});

/** One of those that the fault makes violated. */
const violatedCase = 'notes createNote · positive · a valid request';

describe('a provider with a fault', () => {
  beforeEach(() => {
    provider.id = 7;
  });

  test('is told of with place, expectation and a command that shows it again, and ends it with 1', async () => {
    const { exitCode, stdout } = await onProvider();
    const line = document.slice(0, document.indexOf('application/json: { schema')).split('\n').length;
    expect(stdout).toContain(
      [
        'notes createNote · positive · a valid request',
        '  /id must be string',
        '  expected  201 application/json',
        '  got       201 application/json {"id":7,"text":"Buy milk","token":"[redacted]"}',
        `  promised  notes.yaml:${line}:13`,
        `  request   curl -i -X POST '${provider.url}/notes'`,
      ].join('\n'),
    );
    expect(stdout).toContain(`-H 'authorization: Bearer '"$AUTH_BEARERAUTH"`);
    expect(exitCode).toBe(1);
  });

  test('gives away no credential, neither on the terminal nor in a report', async () => {
    const reports = 'junit=r/a.xml,html=r/a.html,json=r/a.json,har=r/a.har,ctrf=r/ctrf.json,github';
    const { stdout, stderr } = await onProvider(['--report', reports]);
    const written = ['r/a.xml', 'r/a.html', 'r/a.json', 'r/a.har', 'r/ctrf.json'].map(read);
    for (const text of [stdout, stderr, ...written]) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(Buffer.from(`${secret}:${secret}`).toString('base64'));
      expect(text).not.toContain('issued-by-the-provider');
    }
    expect(written.join()).toContain('$AUTH_BEARERAUTH');
  });

  test('passes with the baseline that knows it, and fails again for what is new', async () => {
    const only = ['--only', `id=${violatedCase}`, '--baseline', 'known.json'];
    const first = await onProvider([...only, '--update-baseline']);
    expect(first.stdout).toMatch(/baseline written: 1 finding$/m);
    expect(first.exitCode).toBe(0);
    expect(JSON.parse(read('known.json')).findings).toEqual([
      {
        case: violatedCase,
        kind: 'schema',
        at: '/id',
        message: '/id must be string',
      },
    ]);

    const second = await onProvider(only);
    expect(second.stdout).toMatch(/1 violated, but known to the baseline/);
    expect(second.exitCode).toBe(0);

    writeFileSync(join(folder, 'known.json'), '{"findings": []}');
    expect((await onProvider(only)).exitCode).toBe(1);
  });

  test('that is mended leaves a baseline which can be made smaller', async () => {
    const only = ['--only', `id=${violatedCase}`, '--baseline', 'known.json'];
    await onProvider([...only, '--update-baseline']);
    provider.id = 'b';
    const { exitCode, stdout } = await onProvider(only);
    expect(stdout).toMatch(/1 of the baseline's findings is no more; --update-baseline takes them out/);
    expect(exitCode).toBe(0);
  });

  test('is in each report, in the form that its readers know', async () => {
    const { stdout } = await onProvider([
      '--report',
      'junit=j.xml,html=h.html',
      '--report',
      'json=r.json,har=a.har,ctrf=c.json,github',
    ]);
    const report = JSON.parse(read('r.json'));
    const { cases, summary } = report;
    expect(summary.violated).toBeGreaterThan(0);
    expect(report).toMatchObject({
      summary: { violated: expect.any(Number) },
      target: { kind: 'service', url: provider.url },
      coverage: { percent: 75 },
    });
    expect(report.results).toHaveLength(cases);

    const problems: string[] = [];
    const xml = new DOMParser({ onError: (_, message) => problems.push(message) }).parseFromString(
      read('j.xml'),
      'text/xml',
    );
    expect(problems).toEqual([]);
    expect(xml.documentElement?.getAttribute('tests')).toBe(String(cases));
    expect(xml.getElementsByTagName('testcase')).toHaveLength(cases);
    expect(xml.getElementsByTagName('failure').item(0)?.getAttribute('message')).toBe('/id must be string');

    const { log } = JSON.parse(read('a.har'));
    expect(log).toMatchObject({ version: '1.2', creator: { name: 'standin' } });
    expect(log.entries).toHaveLength(report.summary.requests);
    for (const entry of log.entries)
      expect(entry).toMatchObject({
        startedDateTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        time: expect.any(Number),
        request: {
          method: expect.any(String),
          url: expect.stringContaining(provider.url),
          httpVersion: 'HTTP/1.1',
          headers: expect.any(Array),
          queryString: expect.any(Array),
          cookies: [],
          headersSize: -1,
          bodySize: expect.any(Number),
        },
        response: {
          status: expect.any(Number),
          statusText: expect.any(String),
          content: { size: expect.any(Number), mimeType: expect.any(String) },
          redirectURL: expect.any(String),
        },
        cache: {},
        timings: { send: 0, wait: expect.any(Number), receive: 0 },
      });

    const ctrf = JSON.parse(read('c.json'));
    expect(ctrf).toMatchObject({
      reportFormat: 'CTRF',
      results: { tool: { name: 'standin' }, summary: { tests: cases, failed: summary.violated } },
    });
    expect(ctrf.results.tests).toHaveLength(cases);

    expect(stdout).toMatch(
      /^::error file=notes\.yaml,line=\d+,col=\d+,title=createNote%3A a valid request::\/id must be string%0Acurl/m,
    );
  });

  test('is shown first by a page that asks the network for nothing', async () => {
    await onProvider(['--report', 'html=h.html']);
    const page = read('h.html');
    expect(page).toMatch(/^<!doctype html>/);
    expect(page).toMatch(/Content-Security-Policy" content="default-src 'none'/);
    expect(page).not.toMatch(/(?:src|href|action)\s*=|@import|url\(/i);
    expect(page.replaceAll(provider.url, '')).not.toMatch(/https?:\/\//);
    expect(page.indexOf('/id must be string')).toBeLessThan(page.indexOf('<h2>Coverage'));
    for (const heading of [
      'Operation × status × media type × example',
      'Parameters and bodies × keywords',
      'Not provokable',
      'Cases',
    ])
      expect(page).toContain(`<h2>${heading}</h2>`);
    expect(page).toContain('prefers-color-scheme: dark');
  });
});

describe('nobody', () => {
  test('at the URL ends it with 3', async () => {
    const { exitCode, stderr } = await run(['notes.yaml', '--against', 'http://127.0.0.1:9']);
    expect(stderr).toMatch(/nothing answers at http:\/\/127\.0\.0\.1:9 /);
    expect(exitCode).toBe(3);
  });

  test('any more, in the middle of a run, ends it with 3, and what was run is reported', async () => {
    let left = 6;
    server.on('request', (_, response) => {
      left -= 1;
      if (left === 0) response.on('close', () => server.close(() => server.closeAllConnections()));
    });
    const { exitCode, stdout } = await onProvider(['--report', 'json=r.json,ctrf=c.json']);
    const { incomplete, summary } = JSON.parse(read('r.json'));
    expect(incomplete).toMatchObject({ cause: 'unreachable', why: expect.stringMatching(/ECONNREFUSED/) });
    expect(summary.violated).toBe(0);
    expect(stdout).toMatch(/^incomplete: nobody answers any more at http/m);
    expect(JSON.parse(read('c.json')).results.summary.extra.incomplete).toEqual(incomplete);
    expect(exitCode).toBe(3);
  });

  test('gets cases for a document that is wrong, which ends it with 2', async () => {
    writeFileSync(join(folder, 'broken.yaml'), 'openapi: 3.1.0\ninfo: [\n');
    const { exitCode, stderr } = await run(['broken.yaml', '--against', provider.url]);
    expect(stderr).toMatch(/broken\.yaml:\d+:\d+ error/);
    expect(exitCode).toBe(2);
    expect(provider.seen).toEqual([]);
  });

  test.each([
    ['an option that there is none of', ['notes.yaml', '--agianst', 'http://localhost'], /unknown option '--agianst'/],
    ['no document', [], /name the documents to test/],
    ['no number', ['notes.yaml', '--budget', 'many'], /--budget: expected a whole number at least 1, found "many"/],
    ['a kind that there is none of', ['notes.yaml', '--only', 'kind=rude'], /--only: .*documented, positive/],
    [
      'a report that there is none of',
      ['notes.yaml', '--report', 'pdf=x'],
      /--report: there is no report "pdf"; expected junit, html/,
    ],
    [
      'a credential of no scheme',
      ['notes.yaml', '--auth', `basic=${secret}`],
      /no security scheme "basic"; they have bearerAuth/,
    ],
    ['a credential in the URL', ['notes.yaml', '--against', `http://me:${secret}@localhost`], /has credentials in it/],
    [
      'a baseline that is not there',
      ['notes.yaml', '--baseline', 'b.json'],
      /b\.json: there is no such baseline; write one with --update-baseline/,
    ],
    ['nothing left to test', ['notes.yaml', '--only', 'tag=none'], /no cases: .*--only and --skip/],
  ])('is asked with %s, which ends it with 2', async (_, args, told) => {
    const { exitCode, stderr } = await run(args);
    expect(stderr).toMatch(told);
    expect(stderr).not.toContain(secret);
    expect(exitCode).toBe(2);
  });
});

describe('a configuration', () => {
  test('says what flags and environment do not, and its paths start from its folder', async () => {
    writeFileSync(
      join(folder, 'standin.config.yaml'),
      `documents: [notes.yaml]\ntest:\n  against: ${provider.url}\n  seed: 7\n  auth: { bearerAuth: ${secret} }\n  report: { json: out/r.json }\n`,
    );
    const configured = await run([]);
    expect(configured.exitCode).toBe(0);
    expect(JSON.parse(read('out/r.json'))).toMatchObject({ seed: '7', target: { url: provider.url } });

    await run([], { STANDIN_SEED: 'eight' });
    expect(JSON.parse(read('out/r.json')).seed).toBe('eight');
    await run(['--seed', 'nine'], { STANDIN_SEED: 'eight' });
    expect(JSON.parse(read('out/r.json')).seed).toBe('nine');

    const elsewhere = await runCli(['test', '--config', join(folder, 'standin.config.yaml')], { cwd: tmpdir() });
    expect(elsewhere.exitCode).toBe(0);
  });

  test('turned on there is turned off by a flag or the environment', async () => {
    writeFileSync(
      join(folder, 'standin.config.json'),
      JSON.stringify({ documents: ['notes.yaml'], test: { against: provider.url, safe: true } }),
    );
    const posts = () => provider.seen.filter(({ method }) => method === 'POST').length;
    await run([]);
    expect(posts()).toBe(0);
    await run(['--no-safe']);
    expect(posts()).toBeGreaterThan(0);
    const before = posts();
    await run([], { STANDIN_SAFE: 'false' });
    expect(posts()).toBeGreaterThan(before);
  });

  test.each([
    [
      'yaml',
      'test:\n  agianst: http://localhost\n',
      /standin\.config\.yaml:2:3 there is no option "agianst"; did you mean "against"\?/,
    ],
    ['yaml', 'test:\n  budget: none\n', /standin\.config\.yaml:2:3 test\.budget must be integer, found/],
    ['yaml', 'test: [\n', /standin\.config\.yaml:\d+:\d+ error this is not YAML/],
    ['json', '{\n  "test": { "failUnder": 101 } }', /standin\.config\.json:2:13 test\.failUnder must be <= 100/],
    ['mjs', 'export default { test: { rate: 0 } }', /standin\.config\.mjs at \/test\/rate test\.rate must be > 0/],
  ])('in %s with a mistake (%j) is told of with its place', async (ending, text, told) => {
    writeFileSync(join(folder, `standin.config.${ending}`), text);
    const { exitCode, stderr } = await run(['notes.yaml']);
    expect(stderr).toMatch(told);
    expect(exitCode).toBe(2);
  });

  test('may be TypeScript, where the project can read it', async () => {
    const text = `const documents: readonly string[] = ['notes.yaml'];\nexport default { documents };\n`;
    writeFileSync(join(folder, 'standin.config.ts'), text);
    if (!('typescript' in process.features)) {
      const { exitCode, stderr } = await run([]);
      expect(stderr).toMatch(
        /standin\.config\.ts: Node \S+ reads no TypeScript; use Node 22\.18 or later, install esbuild/,
      );
      expect(exitCode).toBe(2);
    }
    symlinkSync(join(projectFolder, 'node_modules'), join(folder, 'node_modules'));
    expect((await run([])).exitCode).toBe(0);
    expect(readdirSync(folder).sort()).toEqual(['node_modules', 'notes.yaml', 'standin.config.ts']);
  });

  test('in two files is one too many', async () => {
    for (const ending of ['yaml', 'json']) writeFileSync(join(folder, `standin.config.${ending}`), '{}');
    const { exitCode, stderr } = await run(['notes.yaml']);
    expect(stderr).toMatch(/standin\.config\.json: there is standin\.config\.yaml already/);
    expect(exitCode).toBe(2);
  });

  test('may be a module', async () => {
    writeFileSync(
      join(folder, 'standin.config.mjs'),
      "export default { documents: ['notes.yaml'], test: { only: { tag: ['reading'] } } };",
    );
    const { exitCode, stdout } = await run([]);
    expect(stdout).not.toMatch(/createNote/);
    expect(exitCode).toBe(0);
  });

  test('that is made by a function is told of where that fails', async () => {
    for (const thrown of ["new Error('no disk')", "'no disk'"]) {
      writeFileSync(join(folder, 'standin.config.mjs'), `export default () => { throw ${thrown}; };`);
      const { exitCode, stderr } = await run([]);
      expect(stderr).toMatch(/^\S*standin\.config\.mjs: its default export fails: no disk\n$/);
      expect(exitCode).toBe(2);
    }
  });
});

describe('hooks', () => {
  test('fetch credentials, set up before the first case, and clean up after the last', async () => {
    writeFileSync(
      join(folder, 'hooks.mjs'),
      `import { appendFileSync } from 'node:fs';
      export const credentials = ({ schemes }) => Object.fromEntries(schemes.map((name) => [name, '${secret}']));
      export const setUp = () => appendFileSync('log', 'set up\\n');
      export const cleanUp = () => appendFileSync('log', 'clean up\\n');`,
    );
    const { exitCode, stdout } = await run(['notes.yaml', '--against', provider.url, '--hooks', 'hooks.mjs']);
    expect(stdout).toMatch(/createNote +201 +proved/);
    expect(stdout).not.toContain(secret);
    expect(read('log')).toBe('set up\nclean up\n');
    expect(exitCode).toBe(0);
  });

  test('that add a token to requests have it hidden', async () => {
    provider.id = 7;
    writeFileSync(
      join(folder, 'hooks.mjs'),
      `export const request = (request, { kind }) =>
        kind === 'auth' ? request : { ...request, headers: { ...request.headers, authorization: 'Bearer ${secret}' } };`,
    );
    const args = ['notes.yaml', '--against', provider.url, '--hooks', 'hooks.mjs', '--report', 'har=a.har'];
    const { exitCode, stdout } = await run(args);
    expect(stdout).toMatch(/\/id must be string/);
    expect(stdout + read('a.har')).not.toContain(secret);
    expect(exitCode).toBe(1);
  });

  test('clean up where the run is interrupted, and what was run is reported', async () => {
    writeFileSync(
      join(folder, 'hooks.mjs'),
      `import { writeFileSync } from 'node:fs';
      let isStopped = false;
      export const afterCase = () => {
        if (!isStopped) process.kill(process.pid, 'SIGINT');
        isStopped = true;
      };
      export const cleanUp = () => writeFileSync('log', 'clean');`,
    );
    const reports = 'json=r.json,junit=j.xml,html=h.html';
    const { exitCode, stdout } = await run(['notes.yaml', '--hooks', 'hooks.mjs', '--report', reports]);
    const { incomplete, cases, summary } = JSON.parse(read('r.json'));
    expect(incomplete).toMatchObject({ cause: 'interrupted', why: 'interrupted by SIGINT' });
    expect(incomplete.notRun).toBeGreaterThan(0);
    expect(summary).toMatchObject({ proved: cases - incomplete.notRun, notProvokable: incomplete.notRun });
    const told = `incomplete: interrupted by SIGINT; ${incomplete.notRun} of ${cases} cases were not run`;
    for (const text of [stdout, read('j.xml'), read('h.html')]) expect(text).toContain(told);
    expect(read('log')).toBe('clean');
    expect(exitCode).toBe(130);
  });

  test('that fail, or are none, end it with 2', async () => {
    writeFileSync(join(folder, 'hooks.mjs'), "export const setUp = () => { throw new Error('no database'); };");
    const failed = await run(['notes.yaml', '--hooks', 'hooks.mjs']);
    expect(failed).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/hooks\.mjs: setUp failed: no database/),
    });
    writeFileSync(join(folder, 'hooks.mjs'), 'export const setup = () => {};');
    const none = await run(['notes.yaml', '--hooks', 'hooks.mjs']);
    expect(none).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/expected exports named credentials/) });
    expect(existsSync(join(folder, 'reports'))).toBe(false);
  });
});
