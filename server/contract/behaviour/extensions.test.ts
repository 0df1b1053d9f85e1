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
  [
    'x-standin-resource',
    '  name: a\n  key: id',
    '4:3 error x-standin-resource /key must be a JSON Pointer, such as /id',
  ],
  [
    'x-standin-resource',
    '  name: a\n  uniqe: []',
    '4:3 error x-standin-resource /uniqe is no member of it: did you mean "unique"?',
  ],
  ['x-standin-resource', '  true', '2:1 error x-standin-resource can only be false or an object'],
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
    '4:3 error x-standin-when /poiner is no member of it: did you mean "pointer"?',
  ],
  ['x-standin-when', '  []', '2:1 error x-standin-when must NOT have fewer than 1 items'],
  [
    'x-standin-when',
    '  - resource.found\n  - condition: $x',
    '4:5 error x-standin-when /1/condition "$x" is not a runtime expression',
  ],
  [
    'x-standin-when',
    '  - { criteria: [{ condition: $statusCode == 200 }] }',
    '/0/criteria/0/condition "$statusCode" speaks of the reply, which is not decided yet',
  ],
  [
    'x-standin-when',
    "  context: $request.body\n  type: regex\n  condition: '('",
    '5:3 error x-standin-when /condition Invalid regular expression',
  ],
  ['x-standin-when', '  { condition: a, type: xpath }', '/type must be equal to one of the allowed values (simple,'],
  ['x-standin-resource', '  { effect: change }', "2:1 error x-standin-resource must have required property 'set'"],
  ['x-standin-resource', '  { name: a, set: { /a: 1 } }', '/set is of no use with this effect'],
  [
    'x-standin-resource',
    '  { effect: change, set: { a: 1 } }',
    '3:28 error x-standin-resource /set/a must be a JSON Pointer',
  ],
  ['x-standin-resource', '  { effect: change, set: { "": 1 } }', '/set/ must be a JSON Pointer'],
  [
    'x-standin-resource',
    '  { effect: change, set: { /a: 1 }, else: b }',
    'must have property when when property else is present',
  ],
  [
    'x-standin-resource',
    '  effect: change\n  when: [{ condition: $resource#/a == }]\n  set: { /a: 1 }',
    '4:12 error x-standin-resource /when/0/condition "$resource#/a ==" is not a condition: expected a value at its end',
  ],
  [
    'x-standin-resource',
    '  effect: change\n  when: resource.found\n  set: { /a: 1 }',
    '4:3 error x-standin-resource /when must be object',
  ],
  [
    'x-standin-resource',
    '  effect: change\n  set: { /a: $statusCode }',
    '4:10 error x-standin-resource /set/~1a "$statusCode" speaks of the reply',
  ],
  ['x-standin-value', '  a: $request.bod', '3:3 error x-standin-value /a "$request.bod" is not a runtime expression'],
])('a mistake in %s is an error with its place: %s', (name, yaml, message) => {
  const { value, messages } = read(name, yaml);
  expect(value).toBeUndefined();
  expect(messages).toEqual([expect.stringContaining(message)]);
  expect(messages[0]).toContain(`see docs/extensions.md#${name} [extension-invalid]`);
});
