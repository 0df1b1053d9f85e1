import { expect, test } from '@jest/globals';
import { formatDiagnostic } from './diagnostic.js';
import { readOverlay } from './overlay-document.js';
import { parseSource } from './source.js';

const read = (text: string) => readOverlay(parseSource({ file: 'o.yaml', format: 'yaml', text }));
const head = 'overlay: 1.1.0\ninfo: { title: A, version: "1" }\n';

test('an overlay is read as its actions', () => {
  expect(read(`${head}extends: a.yaml\nactions:\n  - target: $\n    remove: true\n    x-why: so\n`)).toEqual({
    strict: true,
    extends: 'a.yaml',
    actions: [{ target: '$', remove: true, keys: ['actions', '0'] }],
    diagnostics: [],
  });
});

test.each([
  [
    'remove that is no boolean',
    `${head}actions:\n  - target: $\n    remove: maybe\n`,
    'o.yaml:5:5 error expected `true` or `false`',
  ],
  ['copy that is no text', `${head}actions:\n  - target: $\n    copy: 1\n`, 'o.yaml:5:5 error expected a JSONPath'],
  ['a target that is no text', `${head}actions:\n  - target: 100\n`, 'o.yaml:4:5 error an action needs a `target`'],
  ['an action that is no object', `${head}actions:\n  - 123\n`, 'o.yaml:4:5 error an action needs a `target`'],
  ['no actions', head, 'o.yaml:1:1 error expected a list of actions, found nothing'],
  ['extends that is no text', `${head}extends: {}\nactions: []\n`, 'o.yaml:3:1 error expected a URI reference'],
  ['version 2', 'overlay: 2.0.0\nactions: []\n', 'found the string "2.0.0"'],
  ['a version of two numbers', "overlay: '1.1'\nactions: []\n", 'found the string "1.1"'],
  ['a list', '- overlay\n', 'o.yaml:1:1 error this is not an Overlay document'],
])('an overlay with %s is an error with its place', (_what, text, message) => {
  expect(() => read(text)).toThrow(message);
});

test.each([
  [
    'no info',
    'overlay: 1.0.0\nactions: [{ target: $, update: {} }]\n',
    'o.yaml:1:1 warning expected `info` with a title and a version',
  ],
  [
    'a title that is no text',
    'overlay: 1.0.0\ninfo: { title: 1, version: "1" }\nactions: [{ target: $, update: {} }]\n',
    'o.yaml:2:9 warning',
  ],
  ['no action in its list', `${head}actions: []\n`, 'o.yaml:3:1 warning the overlay has no actions'],
  [
    'an action twice',
    `${head}actions:\n  - { target: $, update: {} }\n  - { target: $, update: {} }\n`,
    'o.yaml:5:5 warning this action stands twice',
  ],
  [
    'an unknown member',
    `${head}more: 1\nactions: [{ target: $, update: {} }]\n`,
    'o.yaml:3:1 warning an Overlay document has no `more`',
  ],
  [
    'copy before 1.1',
    'overlay: 1.0.0\ninfo: { title: A, version: "1" }\nactions: [{ target: $, copy: $ }]\n',
    '`copy` came with Overlay 1.1',
  ],
  ['update and copy', `${head}actions: [{ target: $, copy: $, update: {} }]\n`, 'only `update` is applied'],
  ['an action that says nothing to do', `${head}actions: [{ target: $ }]\n`, 'this action does nothing'],
  [
    'an action that removes and updates',
    `${head}actions: [{ target: $.a, remove: true, update: {} }]\n`,
    'an action that removes does not `update`',
  ],
  [
    'a version to come',
    `${head.replace('1.1.0', '1.2.0')}actions: [{ target: $, update: {} }]\n`,
    'it is read as Overlay 1.1',
  ],
])('an overlay with %s is a warning with its place', (_what, text, message) => {
  expect(read(text).diagnostics.map(formatDiagnostic)).toEqual([expect.stringContaining(message)]);
});
