import { expect, test } from '@jest/globals';
import { DocumentError } from './document-error.js';
import { parseSource, type SourceText } from './source.js';

function read(format: 'json' | 'yaml', text: string, more: Partial<SourceText> = {}) {
  return parseSource({ file: 'a', format, text, ...more });
}

function failure(format: 'json' | 'yaml', text: string): string {
  try {
    read(format, text);
  } catch (error) {
    if (error instanceof DocumentError) return error.message;
    throw error;
  }
  throw new Error('this was read');
}

const json = `{
  "paths": {
    "/a/b": { "get": {} }
  },
  "tags": ["x",
    "y"]
}`;
const yaml = `# a comment
paths:
  /a/b: { get: {} }
200:
  - x
  -   y
"q":
  nested: 1
`;

test.each([
  [['paths'], 2, 3],
  [['paths', '/a/b'], 3, 5],
  [['paths', '/a/b', 'get'], 3, 15],
  [['tags', '0'], 5, 12],
  [['tags', '1'], 6, 5],
  [['tags', '7'], 5, 3],
  [['paths', 'absent', 'more'], 2, 3],
  [['absent'], 1, 1],
  [[], 1, 1],
])('in JSON, %j is located where its name stands, or its nearest ancestor', (keys, line, column) => {
  expect(read('json', json).locate(keys)).toEqual({ file: 'a', line, column });
});

test.each([
  [['paths'], 2, 1],
  [['paths', '/a/b', 'get'], 3, 11],
  [['200'], 4, 1],
  [['200', '1'], 6, 7],
  [['q', 'nested'], 8, 3],
  [['q', 'nested', 'more'], 8, 3],
  [['absent'], 2, 1],
])('in YAML, %j is located where its name stands, or its nearest ancestor', (keys, line, column) => {
  expect(read('yaml', yaml).locate(keys)).toEqual({ file: 'a', line, column });
});

test('a place behind an alias is that of the anchor', () => {
  expect(read('yaml', 'a: &x\n  b: 1\nc: *x\n').locate(['c', 'b'])).toMatchObject({ line: 2, column: 3 });
});

test.each([
  ['a trailing comma', '{"a": 1,}', 'a:1:9 error this is not JSON: a comma stands before the end'],
  ['a missing comma', '{"a": 1\n "b": 2}', 'a:2:2 error this is not JSON: comma expected'],
  ['a comment', '// c\n{}', 'a:1:1 error this is not JSON: it has no comments'],
  ['a control character', '{"a": "\t"}', 'a:1:7 error this is not JSON: invalid character'],
  ['something after the end', '{} x', 'a:1:4 error this is not JSON: invalid symbol'],
  ['a missing end', '[1,\n2', 'a:2:2 error this is not JSON: close bracket expected'],
  ['nothing at all', '', 'a:1:1 error this is not JSON: the file is empty'],
])('JSON with %s is an error with its place', (_what, text, message) => {
  expect(failure('json', text)).toContain(message);
});

test.each([
  ['a nested mapping in a line', 'a: 1\n b: 2\n', 'a:1:4 error this is not YAML: Nested mappings'],
  ['a missing bracket', 'a: 1\nb: [\n', 'a:3:1 error this is not YAML: Flow sequence'],
  ['a tab', '\ta: 1', 'a:1:1 error this is not YAML: Tabs are not allowed as indentation'],
  ['an alias of nothing', 'a: 1\nb: *x\n', "a:2:4 error this YAML can't be read: Unresolved alias"],
  ['an alias of itself', 'a: &x\n  b: *x\n', 'a:2:6 error this alias, "x", stands in what it repeats'],
  ['two documents', 'a: 1\n---\nb: 2\n', 'a:2:1 error this is not YAML: a second document starts here'],
])('YAML with %s is an error with its place', (_what, text, message) => {
  expect(failure('yaml', text)).toContain(message);
});

test('a YAML key that stands twice is a warning, and the last one counts, also for its place', () => {
  const { value, warnings, locate } = read('yaml', 'a: 1\nb: 2\na: 3\n');
  expect(value).toEqual({ a: 3, b: 2 });
  expect(warnings).toMatchObject([{ severity: 'warning', rule: 'duplicate-key', place: { line: 3, column: 1 } }]);
  expect(locate(['a'])).toMatchObject({ line: 3 });
});

test('what YAML aliases repeat is equal, and not the same object: an overlay may change one of them', () => {
  const value = read('yaml', 'a: &x { b: {} }\nc: *x\nd:\n  <<: *x\n').value as Record<string, { b: object }>;
  expect(value).toEqual({ a: { b: {} }, c: { b: {} }, d: { b: {} } });
  expect(value.c?.b).not.toBe(value.a?.b);
  expect(value.d?.b).not.toBe(value.a?.b);
});

test.each(['json', 'yaml'] as const)('a byte order mark before %s is passed over', (format) => {
  expect(read(format, '\uFEFF{"a": 1}').value).toEqual({ a: 1 });
});

test.each(['json', 'yaml'] as const)('places in %s inside a page count from the start of the page', (format) => {
  const source = read(format, '{\n"a": 1}', { linesBefore: 10, columnsBefore: 2 });
  expect(source.locate(['a'])).toEqual({ file: 'a', line: 12, column: 3 });
});

test.each([
  ['date', '2020-01-01', '2020-01-01'],
  ['yes', 'yes', 'yes'],
  ['octal number', '0o17', 15],
  ['null', '~', null],
])('a YAML %s is read by the JSON-compatible core schema', (_what, text, expected) => {
  expect(read('yaml', `a: ${text}`).value).toEqual({ a: expected });
});

const flow = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
const block = (levels: number) => Array.from({ length: levels }, (_, level) => `${' '.repeat(level)}a:`).join('\n');

test.each([
  ['JSON', 'json', flow(3000), '1:501'],
  ['JSON that does not end', 'json', '['.repeat(100_000), '1:501'],
  ['JSON of objects', 'json', `${'{"[{": '.repeat(3000)}1${'}'.repeat(3000)}`, '1:3501'],
  ['YAML in blocks', 'yaml', block(3000), '501:501'],
  ['YAML in brackets', 'yaml', `a: 1\nb: ${flow(3000)}`, '2:503'],
  ['YAML of lists', 'yaml', `${'- '.repeat(3000)}1`, '1:1001'],
  ['YAML with an anchor', 'yaml', `a: &a 1\nb: ${flow(3000)}`, '2:503'],
  ['YAML that is a little too deep', 'yaml', `a: &a 1\nb: ${flow(500)}`, '2:503'],
] as const)('%s that is nested too deeply says where', (_what, format, text, place) => {
  expect(failure(format, text)).toContain(`a:${place} error this is nested too deeply: expected at most 500 levels`);
});

test.each(['json', 'yaml'] as const)('%s that is nested deeply, and not too deeply, is read', (format) => {
  expect(JSON.stringify(read(format, flow(500)).value)).toBe(flow(500));
});
