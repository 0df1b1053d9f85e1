import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, jest, test } from '@jest/globals';
import { postJson } from '../testing/post-json.js';
import { projectFolder, runCli, start, startMock } from '../testing/run-cli.js';

// Its tests start one process after another, perhaps beside all that else runs.
jest.setTimeout(30_000);

const folder = mkdtempSync(join(tmpdir(), 'standin-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes a document, and names it as the command run in `folder` is told of it. */
function write(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return name;
}

const mock = (...args: string[]) => runCli(['mock', '--port', '0', ...args], { cwd: folder });

const greeting = (example: string) => `openapi: 3.1.0
info: { title: Greetings, version: '1' }
paths:
  /greetings:
    post:
      responses:
        '200':
          description: A greeting
          content:
            application/json:
              schema: { type: object, required: [text], properties: { text: { type: string } } }
              example: ${example}
`;

describe('a document that can not be served ends the command with exit code 2', () => {
  test.each([
    ['does not exist', 'nowhere.yaml', undefined, 'nowhere.yaml:1:1', /no such file/],
    ['is not YAML', 'broken.yaml', 'openapi: 3.1.0\ninfo: { title: a\npaths: {}\n', 'broken.yaml:3:1', /not YAML/],
    ['is not JSON', 'broken.json', '{\n  "openapi": "3.1.0",\n  "info": oops\n}', 'broken.json:3:11', /not JSON/],
    ['is empty', 'empty.yaml', '', 'empty.yaml:1:1', /expected `openapi: 3\.x\.y`/],
    ['is not OpenAPI', 'other.yaml', '# a comment\nname: x\n', 'other.yaml:2:1', /expected `openapi: 3\.x\.y`.*name/],
    ['is a list', 'list.json', '[1]', 'list.json:1:1', /expected `openapi: 3\.x\.y`/],
    ['is of an unknown version', 'v9.yaml', 'info: {}\nopenapi: 9.0.0\n', 'v9.yaml:2:1', /expected an OpenAPI version/],
    ['has a version that is no string', 'v3.yaml', 'openapi: 3.1\n', 'v3.yaml:1:1', /expected an OpenAPI version/],
    ['is a page without a document', 'prose.md', '# Users\n', 'prose.md:1:1', /expected a fenced block/],
    ['is a page that breaks off', 'open.md', '# Users\n\n````yaml post /users\n', 'open.md:3:1', /never closed/],
    [
      'is a page whose document is not YAML',
      'page.md',
      '# Users\n\n````yaml post /users\nopenapi: 3.1.0\ninfo: { title: a\npaths: {}\n````\n',
      'page.md:6:1',
      /not YAML/,
    ],
  ])('where it %s, and says the place and what was expected', async (_, name, text, place, expected) => {
    if (text !== undefined) write(name, text);
    const { exitCode, stdout, stderr } = await mock(name);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(expected);
    expect(stderr.split(' ')[0]).toBe(place);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test('where it has no document in it, being a folder', async () => {
    const empty = mkdtempSync(join(folder, 'empty-'));
    const { exitCode, stderr } = await mock(empty);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(empty);
    expect(stderr).toMatch(/no OpenAPI document/);
  });

  test('and each of several is told of', async () => {
    const { exitCode, stderr } = await mock('nowhere.yaml', write('not-openapi.yaml', 'a: 1\n'), 'nothing.json');
    expect(exitCode).toBe(2);
    expect(stderr.split('\n').map((line) => line.split(' ')[0])).toEqual([
      'nowhere.yaml:1:1',
      'not-openapi.yaml:1:1',
      'nothing.json:1:1',
      '',
    ]);
  });

  test('where an overlay for it is wrong, with the place in the overlay', async () => {
    const document = write('fine.yaml', greeting('{ text: hello }'));
    const overlay = write(
      'wrong.yaml',
      `overlay: 1.0.0
info: { title: Wrong, version: '1' }
actions:
  - target: $.paths['/greetings'].post
    update:
      x-standin-limit: { requests: many, seconds: 60 }
`,
    );
    const { exitCode, stderr } = await mock(document, '--overlay', overlay);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^wrong\.yaml:6:\d+ error /);
  });
});

describe('a docs page', () => {
  test('is served as it is', async () => {
    const indented = greeting('{ text: hello }');
    const page = write(
      'greetings.md',
      `# Greetings

> A page of documentation.

\`\`\`json
{ "openapi": "this block is no document" }
\`\`\`

\`\`\`\`yaml /api/openapi.yml post /greetings
${indented}\`\`\`\`

More prose.
`,
    );
    const running = await startMock([page], { cwd: folder });
    try {
      expect(await postJson(`${running.url}/greetings`)).toMatchObject({ status: 200, body: { text: 'hello' } });
    } finally {
      await running.stop();
    }
  });

  test('may have its document as JSON, and no source', async () => {
    const document = {
      openapi: '3.1.0',
      info: { title: 'Ping', version: '1' },
      paths: { '/ping': { post: { responses: { 204: { description: 'Pong' } } } } },
    };
    const page = write('ping.md', `# Ping\n\n\`\`\`\`json POST /ping\n${JSON.stringify(document)}\n\`\`\`\`\n`);
    const running = await startMock([page], { cwd: folder });
    try {
      expect(await postJson(`${running.url}/ping`)).toMatchObject({ status: 204, body: '' });
    } finally {
      await running.stop();
    }
  });
});

describe('a document in several files', () => {
  mkdirSync(join(folder, 'several/paths'), { recursive: true });
  const head = "openapi: 3.1.0\ninfo: { title: Several, version: '1' }\npaths:\n";
  const document = write(
    'several/several.yaml',
    `${head}  /a: { $ref: paths/a.yaml }\n  /lost: { $ref: paths/lost.yaml }\n  /b: { $ref: http://127.0.0.1:1/b.yaml }\n`,
  );
  write(
    'several/paths/a.yaml',
    `post:
  responses:
    200:
      description: A
      content: { application/json: { schema: { $ref: '../schema.json#/A' }, example: { n: x } } }
`,
  );
  write('several/schema.json', '{ "A": { "properties": { "n": { "type": "integer" } } } }');

  test('is served, its places are those of its files, and a path that leads nowhere is left out', async () => {
    const running = await startMock([document], { cwd: folder });
    try {
      const stderr = await running.stderrMatching(/example-schema-invalid/);
      expect(await postJson(`${running.url}/a`)).toMatchObject({ status: 200, body: { n: expect.any(Number) } });
      expect(stderr).toMatch(/^several\/paths\/a\.yaml:5:77 warning .*\[example-schema-invalid\]$/m);
      expect(stderr).toMatch(/^several\/several\.yaml:5:12 warning .*the path is left out/m);
      expect(stderr).toMatch(/^several\/several\.yaml:6:9 warning .*--allow-remote/m);
    } finally {
      await running.stop();
    }
  });

  test('that lie outside its folder needs leave, or the folder around them', async () => {
    mkdirSync(join(folder, 'outside/api'), { recursive: true });
    const outside = write(
      'outside/api/api.yaml',
      `${head}  /a: { post: { responses: { 200: { $ref: ../response.yaml } } } }\n`,
    );
    write('outside/response.yaml', 'description: fine\n');
    const { exitCode, stderr } = await mock(outside);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^outside\/api\/api\.yaml:4:37 error .*--allow-outside/);
    for (const args of [[outside, '--allow-outside'], ['outside']]) {
      const running = await startMock(args, { cwd: folder });
      expect(await postJson(`${running.url}/a`)).toMatchObject({ status: 200 });
      await running.stop();
    }
  });
});

test('a document may come by standard input', async () => {
  write('piped.yaml', greeting('{ text: hello }'));
  const main = join(projectFolder, 'dist/server/cli/main.js');
  const command = `cat piped.yaml | exec "${process.execPath}" "${main}" mock - --port 0`;
  const running = await start('sh', ['-c', command], { cwd: folder, withChildren: true });
  try {
    expect(await postJson(`${running.url}/greetings`)).toMatchObject({ status: 200, body: { text: 'hello' } });
  } finally {
    await running.stop();
  }
});

test('a document of OpenAPI 2.0 is served, with its body parameter checked', async () => {
  const document = write(
    'swagger.yaml',
    `swagger: '2.0'
info: { title: Pets, version: '1' }
basePath: /v1
definitions: { Pet: { type: object, required: [name], properties: { name: { type: string } } } }
paths:
  /pets:
    post:
      parameters: [{ name: pet, in: body, required: true, schema: { $ref: '#/definitions/Pet' } }]
      responses:
        201: { description: Made, schema: { $ref: '#/definitions/Pet' }, examples: { application/json: { name: Rex } } }
        400: { description: Wrong }
`,
  );
  const running = await startMock([document], { cwd: folder });
  try {
    expect(await postJson(`${running.url}/v1/pets`, { name: 'a' })).toMatchObject({
      status: 201,
      body: { name: 'Rex' },
    });
    expect(await postJson(`${running.url}/v1/pets`, {})).toMatchObject({ status: 400 });
  } finally {
    await running.stop();
  }
});

describe('a broken example', () => {
  const serve = async (example: string) => {
    const name = write('example.yaml', greeting(example));
    const running = await startMock([name], { cwd: folder });
    try {
      const stderr = await running.stderrMatching(/\n/);
      const { status, headers, body } = await postJson(`${running.url}/greetings`);
      return { stderr, status, headers, body };
    } finally {
      await running.stop();
    }
  };

  test.each([
    ['is a JSON string where an object is documented', `'{ "text": "hello" }'`],
    ['is that with a trailing comma', `'{ "text": "hello", }'`],
  ])('that %s is reported at start with its place, and served repaired', async (_, example) => {
    const { stderr, status, headers, body } = await serve(example);
    expect({ status, body }).toEqual({ status: 200, body: { text: 'hello' } });
    expect(headers.get('content-type')).toBe('application/json');
    expect(stderr).toMatch(/^example\.yaml:12:15 warning .*\[example-repaired\]\n$/);
  });

  test('that violates its schema is reported at start with its place, and a valid body served in its stead', async () => {
    const { stderr, status, body } = await serve('{ text: 7 }');
    expect({ status, body }).toEqual({ status: 200, body: { text: expect.any(String) } });
    expect(stderr).toMatch(/^example\.yaml:12:15 warning .*\/text must be string.*\[example-schema-invalid\]\n$/);
  });

  test('that violates its schema is served where it is asked for by name, with a note', async () => {
    const named = greeting('X').replace('example: X', 'examples: { wrong: { value: { text: 7 } } }');
    const running = await startMock([write('named.yaml', named)], { cwd: folder });
    try {
      const answer = await postJson(`${running.url}/greetings`, undefined, { Prefer: 'example=wrong' });
      expect(answer.body).toEqual({ text: 7 });
      expect(answer.headers.get('standin-note')).toMatch(/violates/);
    } finally {
      await running.stop();
    }
  });

  test('of Joyfill, of which there are three, is reported with its place', async () => {
    const running = await startMock();
    try {
      const stderr = await running.stderrMatching(/(?:.*\n){3}/);
      expect(stderr.split('\n').map((line) => line.split(' ')[0])).toEqual([
        'specs/joyfill/openapi.yaml:56:19',
        'specs/joyfill/openapi.yaml:63:19',
        'specs/joyfill/openapi.yaml:91:19',
        '',
      ]);
    } finally {
      await running.stop();
    }
  });
});
