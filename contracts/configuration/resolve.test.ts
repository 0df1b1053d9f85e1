import { describe, expect, test } from '@jest/globals';
import { configurableOptions } from './options.js';
import { credentialsFor, resolveSettings } from './resolve.js';
import { configurationSchema } from './schema.js';

const said = { documents: ['a.yaml'], flags: {}, environment: {} };

describe('what is said twice', () => {
  const configuration = { file: 'conf/standin.config.yaml', value: { test: { budget: 1, auth: { a: 'c', b: 'c' } } } };

  test('counts as the flag says, else the environment, else the configuration', () => {
    expect(resolveSettings({ ...said, configuration }).suite.budget).toBe(1);
    const environment = { STANDIN_BUDGET: '2' };
    expect(resolveSettings({ ...said, configuration, environment }).suite.budget).toBe(2);
    const flags = { budget: ['3'] };
    expect(resolveSettings({ ...said, configuration, environment, flags }).suite.budget).toBe(3);
  });

  test('of credentials counts for each scheme by itself', () => {
    const environment = { STANDIN_AUTH: 'b=e' };
    expect(resolveSettings({ ...said, configuration, environment }).auth).toEqual({ a: 'c', b: 'e' });
    const found = credentialsFor(['a', 'my-key'], { a: 'c' }, { AUTH_A: 'e', AUTH_MY_KEY: 'e', AUTH_B: 'e' }, '');
    expect(found).toEqual({ a: 'c', 'my-key': 'e' });
    expect(credentialsFor(['a'], {}, { AUTH_A: 'e', AUTH_A_LOW: 'low' }, '_LOW')).toEqual({ a: 'low' });
  });
});

test('filters and reports are read from texts with commas, and from texts said again', () => {
  const flags = { only: ['tag=a,status=4XX', 'getThing'], report: ['junit=a.xml,github', 'html=x=y.html'] };
  const { suite, report } = resolveSettings({ ...said, flags });
  expect(suite.only).toEqual({ tags: ['a'], statuses: ['4XX'], operationIds: ['getThing'] });
  expect(report).toEqual({ junit: 'a.xml', github: true, html: 'x=y.html' });
});

test('paths of a configuration start from its folder, and URLs from nowhere', () => {
  const value = {
    documents: ['a.yaml', '/b.yaml', 'https://c.example/d.yaml'],
    test: { hooks: 'h.mjs', baseline: '../base.json', report: { json: 'r.json' } },
  };
  const configuration = { file: 'conf/standin.config.yaml', value };
  expect(resolveSettings({ ...said, documents: [], configuration })).toMatchObject({
    documents: ['conf/a.yaml', '/b.yaml', 'https://c.example/d.yaml'],
    hooks: 'conf/h.mjs',
    baseline: 'base.json',
    report: { json: 'conf/r.json' },
  });
});

test.each([
  [{ STANDIN_SAFE: 'perhaps' }, 'STANDIN_SAFE: expected true or false, found "perhaps"'],
  [{ STANDIN_FAIL_UNDER: '200' }, 'STANDIN_FAIL_UNDER: expected a number at least 0 and at most 100, found "200"'],
  [{ STANDIN_AGAINST: 'staging' }, /^STANDIN_AGAINST: must match pattern/],
  [{ STANDIN_ONLY: 'size=3' }, /^STANDIN_ONLY: "size" is nothing to choose cases by; expected operationId, tag/],
  [{ STANDIN_SKIP: 'status=700' }, /^STANDIN_SKIP: status/],
  [{ STANDIN_UPDATE_BASELINE: '1' }, /--baseline FILE/],
])('a mistake in the environment, %j, is told of by the name of its variable', (environment, told) => {
  expect(() => resolveSettings({ ...said, environment })).toThrow(told);
});

test('each option has a flag, a variable and a schema of its own', () => {
  for (const name of ['flags', 'env', 'key'] as const)
    expect(new Set(configurableOptions.map((option) => option[name])).size).toBe(configurableOptions.length);
  const { documents: _, $schema: __, test: ofTest, ...top } = configurationSchema.properties as Record<string, object>;
  const keys = [...Object.keys(top), ...Object.keys((ofTest as { properties: object }).properties)];
  expect(keys).toEqual(configurableOptions.map(({ key }) => key));
});
