import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, jest, test } from '@jest/globals';
import { exchangesOf, fencesOf } from '../testing/docs-examples.js';
import { writeFolder } from '../testing/load-document.js';
import { request } from '../testing/request.js';
import { projectFolder, runCli, startMock } from '../testing/run-cli.js';

jest.setTimeout(60_000);

const fences = fencesOf('handlers.md');
const fence = (language: string) => fences.find((one) => one.language === language)?.text ?? '';

/** A project that has standin installed, as strict as TypeScript can be told to be. */
function createProject(files: Readonly<Record<string, string>>): string {
  const folder = writeFolder({
    'package.json': { type: 'module' },
    'tsconfig.json': {
      compilerOptions: {
        strict: true,
        exactOptionalPropertyTypes: true,
        noUnusedLocals: true,
        noUncheckedIndexedAccess: true,
        noEmit: true,
        allowJs: true,
        checkJs: true,
        skipLibCheck: true,
        module: 'nodenext',
        target: 'es2023',
        types: ['node'],
        typeRoots: [join(projectFolder, 'node_modules/@types')],
      },
    },
    ...files,
  });
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(projectFolder, join(folder, 'node_modules/standin'));
  return folder;
}

function typecheck(cwd: string): Promise<string> {
  const tsc = join(projectFolder, 'node_modules/typescript/bin/tsc');
  return new Promise((resolve) =>
    execFile(process.execPath, [tsc, '-p', '.'], { cwd }, (_, stdout) => resolve(stdout)),
  );
}

test('the documented handlers fit the types of their document, and wrong ones do not', async () => {
  const folder = createProject({
    'orders.yaml': fence('yaml'),
    'handlers.mjs': fence('js'),
    'api.ts': fence('ts'),
    'wrong.ts': `import type { Handlers } from './orders.types.js';
export const handlers: Handlers = {
  createOrder: ({ body }, { example }) => {
    body.total;
    example('sold');
    return { status: 201, body: { id: 'one', article: body.article, count: 1, total: 1 } };
  },
  readOrder: ({ path }) => ({ status: 410, body: path.id }),
};
`,
    'unknown.ts': `import type { Handlers } from './orders.types.js';
export const handlers: Handlers = { removeOrder: () => ({ status: 204 }) };
`,
  });
  const out = join(folder, 'orders.types.ts');
  expect(await runCli(['types', join(folder, 'orders.yaml'), '--out', out])).toMatchObject({ exitCode: 0, stdout: '' });
  const errors = (await typecheck(folder)).split('\n').filter((line) => /^\S/.test(line));
  expect(errors.sort().map((line) => line.replace(/\(.*?\): error TS\d+/, ''))).toEqual([
    expect.stringMatching(/^unknown\.ts: .*'removeOrder' does not exist in type 'Handlers'/),
    expect.stringMatching(/^wrong\.ts: Type '\(\{ body \}.*is not assignable/),
    expect.stringContaining("wrong.ts: Property 'total' does not exist on type 'OrderInput'"),
    expect.stringContaining('wrong.ts: Argument of type \'"sold"\' is not assignable'),
    expect.stringMatching(/^wrong\.ts: Type '\(\{ path \}.*status: 410.*is not assignable/),
  ]);
});

test('the types of the five APIs that come with standin are valid TypeScript', async () => {
  const folder = createProject({});
  const specs = join(projectFolder, 'specs');
  for (const name of readdirSync(specs)) {
    const { stdout } = await runCli(['types', join(specs, name)]);
    writeFileSync(join(folder, `${name}.ts`), stdout);
  }
  expect(await typecheck(folder)).toBe('');
});

test('`--handlers` serves what the documentation says', async () => {
  const folder = writeFolder({ 'orders.yaml': fence('yaml'), 'handlers.mjs': fence('js') });
  const args = [join(folder, 'orders.yaml'), '--handlers', join(folder, 'handlers.mjs')];
  for (const more of [[], ['--workers', '2']]) {
    const mock = await startMock([...args, ...more]);
    for (const { method, target, body, answer } of exchangesOf(fence('http'))) {
      const headers = { 'content-type': 'application/json' };
      const { status, text } = await request(`${mock.url}${target}`, { method, headers, ...(body && { body }) });
      expect({ target, status, body: answer.body && JSON.parse(text) }).toMatchObject({
        target,
        status: answer.status,
        body: answer.body,
      });
    }
    await mock.stop();
  }
});

test.each([
  ['that is not there', undefined, /handlers\.mjs/],
  ['that can not be read', 'export const handlers = {', /handlers\.mjs: .*SyntaxError/],
  ['without handlers', 'export const a = 1;', /expected handlers by operationId, as the default export/],
  [
    'for an operation that is not there',
    'export default { createOrders: () => {} };',
    /no operation is called "createOrders"; the nearest name is "createOrder"/,
  ],
])('a module %s is told of, and nothing is served', async (_what, text, message) => {
  const folder = writeFolder({ 'orders.yaml': fence('yaml'), ...(text !== undefined && { 'handlers.mjs': text }) });
  const args = ['mock', join(folder, 'orders.yaml'), '--port', '0', '--handlers', join(folder, 'handlers.mjs')];
  expect(await runCli(args)).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringMatching(message) });
});
