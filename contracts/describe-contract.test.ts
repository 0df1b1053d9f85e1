import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type DescribeOptions, describeContract } from './describe-contract.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'standin-describe-'));
  writeFileSync(
    join(folder, 'openapi.yaml'),
    `openapi: 3.1.0
info: { title: Things, version: "1" }
paths:
  /things:
    get: { responses: { "200": { description: Those there are, content: { application/json: { schema: { type: array } } } } } }
    post:
      requestBody: { required: true, content: { application/json: { schema: { type: object, properties: { id: { type: integer }, name: { type: string } } } } } }
      responses: { "201": { description: Made, content: { application/json: { schema: { type: object } } } } }
`,
  );
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The names of the tests that would be run, and of those that would be skipped. */
function defined(options: Partial<DescribeOptions>): { readonly run: string[]; readonly skipped: string[] } {
  const found = { run: [] as string[], skipped: [] as string[] };
  const doubles = {
    describe: (_: string, define: () => void) => define(),
    test: Object.assign((name: string) => found.run.push(name), { skip: (name: string) => found.skipped.push(name) }),
    beforeAll: () => undefined,
    afterAll: () => undefined,
  };
  const own = Object.fromEntries(Object.keys(doubles).map((name) => [name, Reflect.get(globalThis, name)]));
  Object.assign(globalThis, doubles);
  try {
    describeContract({ documents: [folder], ...options });
  } finally {
    Object.assign(globalThis, own);
  }
  return found;
}

test('what is not safe is skipped, and says so', () => {
  const { run, skipped } = defined({ safe: true });
  expect(run.length).toBeGreaterThan(0);
  expect(skipped.length).toBeGreaterThan(0);
  for (const name of skipped)
    expect(name).toMatch(/\(not provokable: (?:POST|PUT|PATCH|DELETE) is not safe, and only safe methods are sent\)$/);
});

test('what the budget has no room for is skipped, and says so', () => {
  const all = defined({});
  const { run, skipped } = defined({ budget: 3 });
  expect(run.length).toBeLessThanOrEqual(3);
  expect(run.length + skipped.length).toBe(all.run.length + all.skipped.length);
  expect(skipped.at(-1)).toMatch(/\(not provokable: the budget of 3 requests is spent\)$/);
});
