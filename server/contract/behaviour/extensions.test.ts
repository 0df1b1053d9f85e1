import { expect, test } from '@jest/globals';
import { type Diagnostic, formatDiagnostic } from '../../documents/index.js';
import { loadDocument } from '../../testing/load-document.js';
import type { ExtensionName } from './extension-schemas.js';
import { parseFires, parseLimit, parseResource, parseTemplate, parseWhen, readExtension } from './index.js';

const parsers = {
  'x-standin-when': parseWhen,
  'x-standin-value': parseTemplate,
  'x-standin-limit': parseLimit,
  'x-standin-fires': parseFires,
  'x-standin-resource': parseResource,
};

function read(name: ExtensionName, yaml: string) {
  const description = loadDocument(`openapi: 3.1.0\n${name}:\n${yaml}\n`);
  const diagnostics: Diagnostic[] = [];
  const parse = parsers[name] as (value: never, pointer: string) => unknown;
  const value = readExtension(description, name, description.root[name], `/${name}`, diagnostics, parse);
  return { value, messages: diagnostics.map(formatDiagnostic).map((text) => text.replace(/^.*openapi\.yaml:/, '')) };
}

test.each<[ExtensionName, string, unknown]>([
  ['x-standin-limit', '  { requests: 10, seconds: 0.5 }', { requests: 10, seconds: 0.5, pointer: '/x-standin-limit' }],
  ['x-standin-resource', '  false', undefined],
  [
    'x-standin-resource',
    '  name: users',
    { name: 'users', effect: 'create', key: ['id'], scope: [], unique: [], seed: [] },
  ],
  [
    'x-standin-resource',
    `  name: users
  effect: upsert
  key: /user~1id
  generate: { ulid: { prefix: usr_ } }
  scope: [appID]
  unique: [{ pointer: /ids, by: [/type], ignoreCase: true, example: taken }]
  parent: { name: apps, parameter: appID, seed: [{ id: a }] }
  seed: [{ scope: { appID: 1 }, item: { id: u } }]`,
    {
      name: 'users',
      effect: 'upsert',
      key: ['user/id'],
      generate: { kind: 'ulid', prefix: 'usr_' },
      scope: ['appID'],
      unique: [{ pointer: '/ids', keys: ['ids'], by: [['type']], ignoreCase: true, example: 'taken' }],
      parent: { name: 'apps', parameter: 'appID', key: ['id'], scope: [], seed: [{ scope: {}, item: { id: 'a' } }] },
      seed: [{ scope: { appID: '1' }, item: { id: 'u' } }],
    },
  ],
  ['x-standin-when', '  resource.missing', [{ event: 'resource.missing', criteria: [] }]],
])('%s is read: %s', (name, yaml, value) => {
  expect(read(name, yaml)).toEqual({ value, messages: [] });
});

test.each([
  ['uuid', { kind: 'uuid' }],
  ['increment', { kind: 'increment' }],
  ['ulid', { kind: 'ulid', prefix: '' }],
  ['{ ulid: {} }', { kind: 'ulid', prefix: '' }],
])('an identity is generated as %s', (generate, expected) => {
  expect(read('x-standin-resource', `  { name: a, generate: ${generate} }`).value).toMatchObject({
    generate: expected,
  });
});

test.each<[ExtensionName, string, string]>([
  ['x-standin-limit', '  requests: 0\n  seconds: 1', '3:3 error x-standin-limit /requests must be >= 1'],
  ['x-standin-limit', '  requests: 1', "2:1 error x-standin-limit must have required property 'seconds'"],
  ['x-standin-resource', '  key: /id', "2:1 error x-standin-resource must have required property 'name'"],
  ['x-standin-resource', '  name: a\n  key: id', '4:3 error x-standin-resource /key must match pattern'],
  [
    'x-standin-resource',
    '  name: a\n  uniqe: []',
    '2:1 error x-standin-resource must NOT have additional properties: "uniqe"',
  ],
  ['x-standin-resource', '  true', '2:1 error x-standin-resource must be equal to constant'],
  [
    'x-standin-resource',
    '  name: a\n  unique:\n    - { by: [] }',
    "5:7 error x-standin-resource /unique/0 must have required property 'pointer'",
  ],
  [
    'x-standin-when',
    '  resource.gone',
    '2:1 error x-standin-when must be equal to one of the allowed values (credentials.missing,',
  ],
  [
    'x-standin-when',
    '  event: request.invalid\n  poiner: /a',
    '2:1 error x-standin-when must NOT have additional properties: "poiner"',
  ],
  ['x-standin-when', '  []', '2:1 error x-standin-when must NOT have fewer than 1 items'],
  [
    'x-standin-when',
    '  - resource.found\n  - condition: $x',
    '2:1 error x-standin-when "$x" is not a runtime expression',
  ],
  ['x-standin-value', '  a: $request.bod', '2:1 error x-standin-value "$request.bod" is not a runtime expression'],
])('a mistake in %s is an error with its place: %s', (name, yaml, message) => {
  const { value, messages } = read(name, yaml);
  expect(value).toBeUndefined();
  expect(messages).toEqual([expect.stringContaining(message)]);
  expect(messages[0]).toContain(`see docs/extensions.md#${name} [extension-invalid]`);
});
