import { expect, test } from '@jest/globals';
import { locate, type Origins } from './description.js';
import type { JsonObject } from './json.js';
import { applyOverlay } from './overlay.js';
import { parseSource } from './source.js';

const document = `
info:
  title: A
  tags: [a, b, c]
paths:
  /a:
    get: { x: 1 }
    post: {}
  /b: {}
`;

function overlay(actions: string, version = '1.0.0') {
  return parseSource({
    file: 'o.yaml',
    format: 'yaml',
    text: `overlay: ${version}\nactions:\n${actions}\ninfo: { title: A, version: '1' }`,
  });
}

function apply(...actions: string[]) {
  const source = parseSource({ file: 'd.yaml', format: 'yaml', text: document });
  const origins: Origins = new WeakMap();
  const diagnostics = [];
  let root = source.value;
  for (const action of actions) {
    const applied = applyOverlay({ root, source, origins }, overlay(action));
    root = applied.root;
    diagnostics.push(...applied.diagnostics);
  }
  return { root: root as JsonObject, source, origins, diagnostics };
}

test.each([
  [
    'an object is merged member by member',
    '$.info',
    '{ title: B, version: 1 }',
    { title: 'B', tags: ['a', 'b', 'c'], version: 1 },
  ],
  ['lists inside are concatenated', '$.info', '{ tags: [d] }', { title: 'A', tags: ['a', 'b', 'c', 'd'] }],
  ['a value is appended to a list', '$.info.tags', 'd', { title: 'A', tags: ['a', 'b', 'c', 'd'] }],
  ['a list is appended to a list as one item', '$.info.tags', '[d]', { title: 'A', tags: ['a', 'b', 'c', ['d']] }],
  ['anything else is replaced', '$.info.title', 'B', { title: 'B', tags: ['a', 'b', 'c'] }],
  ['an object gives way to a value', '$.info', '{ tags: { no: list } }', { title: 'A', tags: { no: 'list' } }],
  [
    'a name of Object.prototype is a name',
    '$.info',
    '{ constructor: { a: 1 } }',
    { title: 'A', tags: ['a', 'b', 'c'], constructor: { a: 1 } },
  ],
])('update: %s', (_what, target, update, info) => {
  expect(apply(`  - target: ${target}\n    update: ${update}`).root.info).toEqual(info);
});

test('update: every match gets a value of its own', () => {
  const { root } = apply(
    '  - target: $.paths.*\n    update: { x-a: { b: 1 } }',
    '  - target: $.paths["/a"].x-a\n    update: { b: 2 }'.replace('.x-a', "['x-a']"),
  );
  expect(root.paths).toMatchObject({ '/a': { 'x-a': { b: 2 } }, '/b': { 'x-a': { b: 1 } } });
});

test('update: the root can be merged into', () => {
  expect(apply('  - target: $\n    update: { x-a: 1 }').root).toMatchObject({ 'x-a': 1, info: { title: 'A' } });
});

test.each([
  ['$.info.tags[0]', ['b', 'c']],
  ['$.info.tags[0,2]', ['b']],
  ['$.info.tags[2,0]', ['b']],
  ['$.info.tags[0,0]', ['b', 'c']],
  ['$.info.tags.*', []],
  ["$.info.tags[?@ == 'b']", ['a', 'c']],
])('remove: %s takes away what it selects, once', (target, tags) => {
  expect(apply(`  - target: ${target}\n    remove: true`).root.info).toEqual({ title: 'A', tags });
});

test('remove: a match inside another match does no harm', () => {
  expect(apply('  - target: $..*\n    remove: true').root).toEqual({});
});

const refused = (actions: string) => () => {
  const source = parseSource({ file: 'd.yaml', format: 'yaml', text: document });
  applyOverlay({ root: source.value, source, origins: new WeakMap() }, overlay(actions, '1.1.0'));
};

test('as of 1.1, a list is concatenated with a list', () => {
  const source = parseSource({ file: 'd.yaml', format: 'yaml', text: document });
  const target = { root: source.value, source, origins: new WeakMap() as Origins };
  const { root } = applyOverlay(target, overlay('  - target: $.info.tags\n    update: [d, e]', '1.1.0'));
  expect(root).toMatchObject({ info: { tags: ['a', 'b', 'c', 'd', 'e'] } });
  expect(locate({ ...target, root: root as JsonObject }, '/info/tags/4')).toEqual({
    file: 'o.yaml',
    line: 4,
    column: 17,
  });
});

test('copy: one node is merged into each target, and keeps its place', () => {
  const source = parseSource({ file: 'd.yaml', format: 'yaml', text: document });
  const target = { root: source.value, source, origins: new WeakMap() as Origins };
  const { root, diagnostics } = applyOverlay(
    target,
    overlay(`  - target: $.paths['/b']\n    copy: $.paths['/a']`, '1.1.0'),
  );
  expect(root).toMatchObject({ paths: { '/b': { get: { x: 1 }, post: {} } } });
  expect(diagnostics).toEqual([]);
  expect(locate({ ...target, root: root as JsonObject }, '/paths/~1b/get/x')).toEqual({
    file: 'd.yaml',
    line: 7,
    column: 12,
  });
});

test.each([
  ['copy: nothing', '  - target: $.info\n    copy: $.absent', 'o.yaml:4:5 error "$.absent" selects nothing'],
  ['copy: several nodes', '  - target: $.info\n    copy: $.paths.*', 'o.yaml:4:5 error "$.paths.*" selects 2 nodes'],
  [
    'a value for an object',
    '  - target: $.info\n    update: x',
    "o.yaml:4:5 error a primitive can't be merged into an object",
  ],
  [
    'a list for a text',
    '  - target: $.info\n    update:\n      title: [x]',
    "o.yaml:5:7 error a list can't be merged into a primitive",
  ],
  [
    'targets of several kinds',
    '  - target: $.info.*\n    update: x',
    'o.yaml:3:5 error "$.info.*" selects a primitive and a list',
  ],
])('as of 1.1, what does not go together is an error: %s', (_what, actions, message) => {
  expect(refused(actions)).toThrow(message);
});

test('actions and overlays are applied in their order', () => {
  const { root } = apply(
    '  - target: $.info.tags\n    remove: true\n  - target: $.info\n    update: { tags: [x] }',
    '  - target: $.info.tags\n    update: y',
  );
  expect(root.info).toEqual({ title: 'A', tags: ['x', 'y'] });
});

test('what an overlay wrote is located in the overlay, the rest in the document', () => {
  const description = apply(
    '  - target: $.info\n    update:\n      tags:\n        - d\n      contact:\n        name: B',
  );
  expect(locate(description, '/info/tags/3')).toEqual({ file: 'o.yaml', line: 6, column: 11 });
  expect(locate(description, '/info/contact/name')).toEqual({ file: 'o.yaml', line: 8, column: 9 });
  expect(locate(description, '/info/tags/1')).toEqual({ file: 'd.yaml', line: 4, column: 13 });
  expect(locate(description, '/paths/~1a/get/x')).toEqual({ file: 'd.yaml', line: 7, column: 12 });
});

test('items that move up where others are removed keep their places', () => {
  const description = apply(
    '  - target: $.info.tags\n    update: d',
    '  - target: $.info.tags[0,1]\n    remove: true',
    '  - target: $.info.tags\n    update: e',
  );
  expect(description.root.info).toMatchObject({ tags: ['c', 'd', 'e'] });
  expect(locate(description, '/info/tags/0')).toEqual({ file: 'd.yaml', line: 4, column: 16 });
  expect(locate(description, '/info/tags/1')).toEqual({ file: 'o.yaml', line: 4, column: 5 });
  expect(locate(description, '/info/tags/2')).toEqual({ file: 'o.yaml', line: 4, column: 5 });
});

test('a target that matches nothing is a warning with its place', () => {
  expect(apply('  - target: $.nothing\n    update: {}').diagnostics).toMatchObject([
    { severity: 'warning', rule: 'overlay-no-match', place: { file: 'o.yaml', line: 3, column: 5 } },
  ]);
});

test.each([
  ['a JSONPath that is none', overlay('  - target: $.[\n    update: {}'), 'o.yaml:3:5 error "$.[" is not a JSONPath'],
  ['an action without a target', overlay('  - update: {}'), 'o.yaml:3:5 error an action needs a `target`'],
  ['a version that is none', overlay('  []', '2.0.0'), 'o.yaml:1:1 error this is not an Overlay document'],
  ['actions that are no list', overlay('  a: 1'), 'o.yaml:2:1 error expected a list of actions, found an object'],
])('an overlay with %s is an error with its place', (_what, source, message) => {
  const target = { root: {}, source, origins: new WeakMap() };
  expect(() => applyOverlay(target, source)).toThrow(message);
});
