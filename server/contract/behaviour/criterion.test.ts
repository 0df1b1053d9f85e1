import { expect, test } from '@jest/globals';
import { parseCriterion } from './criterion.js';

test.each([
  [{ condition: 'true' }, { type: 'simple', condition: { kind: 'literal', value: true } }],
  [
    { type: 'regex', context: '$method', condition: '^P' },
    { type: 'regex', context: { source: 'method' }, pattern: /^P/u },
  ],
  [
    { type: 'jsonpath', context: '$request.body', condition: '$.a[5]' },
    { type: 'jsonpath', context: { source: 'body', keys: [] }, query: '$.a[5]' },
  ],
  [
    { type: { type: 'jsonpath', version: 'rfc9535' }, context: '$request.body', condition: '$.a' },
    { type: 'jsonpath', query: '$.a' },
  ],
])('%j is a criterion', (value, criterion) => {
  expect(parseCriterion(value)).toMatchObject(criterion);
});

test.each([
  ['no condition', { type: 'simple' }, 'needs a `condition`'],
  ['no context', { type: 'regex', condition: 'a' }, 'of type regex needs a `context`'],
  ['a context that is none', { type: 'regex', context: '$x', condition: 'a' }, '"$x" is not a runtime expression'],
  ['a broken pattern', { type: 'regex', context: '$method', condition: '(' }, 'Invalid regular expression'],
  ['a broken JSONPath', { type: 'jsonpath', context: '$request.body', condition: '$.[' }, /./],
  [
    'an unknown type',
    { type: 'xpath', context: '$request.body', condition: '/a' },
    'criteria of type xpath are not supported',
  ],
])('a criterion with %s is an error', (_what, value, message) => {
  expect(() => parseCriterion(value)).toThrow(message);
});
