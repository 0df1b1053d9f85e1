import { expect, test } from '@jest/globals';
import { type Diagnostic, formatDiagnostic } from './diagnostic.js';
import { DocumentError } from './document-error.js';
import { describeValue } from './json.js';

const diagnostic: Diagnostic = {
  severity: 'warning',
  rule: 'some-rule',
  message: 'this is so',
  place: { file: 'a.yaml', line: 2, column: 3 },
};

test('a diagnostic reads as place, severity, message, way out and rule', () => {
  expect(formatDiagnostic(diagnostic)).toBe('a.yaml:2:3 warning this is so [some-rule]');
  expect(formatDiagnostic({ ...diagnostic, advice: 'do that' })).toBe(
    'a.yaml:2:3 warning this is so; do that [some-rule]',
  );
});

test('a document error has a stable code, and a line for each diagnostic', () => {
  const error = new DocumentError([diagnostic, diagnostic]);
  expect(error.code).toBe('DOCUMENT_INVALID');
  expect(error.message.split('\n')).toHaveLength(2);
});

test.each([
  [undefined, 'nothing'],
  [null, 'nothing'],
  [[], 'a list'],
  [{}, 'an object'],
  ['x', 'the string "x"'],
  [3.1, 'the number 3.1'],
  ['y'.repeat(60), `the string "${'y'.repeat(36)}…"`],
])('%j is spoken of as %s', (value, text) => {
  expect(describeValue(value)).toBe(text);
});
