import { expect, test } from '@jest/globals';
import { parseCondition } from './condition.js';

const literal = (value: unknown) => ({ kind: 'literal', value });
const method = { kind: 'expression', expression: { source: 'method' } };
const compare = (left: unknown, operator: string, right: unknown) => ({ kind: 'compare', operator, left, right });

test.each([
  ["$method == 'POST'", compare(method, '==', literal('POST'))],
  ["$method=='it''s'", compare(method, '==', literal("it's"))],
  [
    '$request.body#/a != null',
    compare({ kind: 'expression', expression: { source: 'body', keys: ['a'] } }, '!=', literal(null)),
  ],
  ['1 < 2.5', compare(literal(1), '<', literal(2.5))],
  ['-1e3 >= 0', compare(literal(-1000), '>=', literal(0))],
  ['true', literal(true)],
  ['$method', method],
  ['!$method', { kind: 'not', operand: method }],
  ['!!true', { kind: 'not', operand: { kind: 'not', operand: literal(true) } }],
  ["''", literal('')],
  ["'a || (b'", literal('a || (b')],
])('%s is a condition', (text, condition) => {
  expect(parseCondition(text)).toEqual(condition);
});

test('and binds tighter than or, and parentheses tighter than both', () => {
  const [a, b, c] = [literal(1), literal(2), literal(3)];
  expect(parseCondition('1 || 2 && 3')).toEqual({ kind: 'or', left: a, right: { kind: 'and', left: b, right: c } });
  expect(parseCondition('(1 || 2) && 3')).toEqual({ kind: 'and', left: { kind: 'or', left: a, right: b }, right: c });
  expect(parseCondition('1 && 2 && 3')).toEqual({ kind: 'and', left: { kind: 'and', left: a, right: b }, right: c });
});

test.each([
  ['', 'expected a value at its end'],
  ['$method ==', 'expected a value at its end'],
  ['== 1', 'expected a value before "=="'],
  ['$method == "POST"', `can't read ""POST""`],
  ["'open", 'can\'t read "\'open"'],
  ['(true', 'lacks a closing parenthesis'],
  ['true)', 'unexpected ")"'],
  ['1 2', 'unexpected "2"'],
  ['1 < 2 < 3', 'unexpected "<"'],
  ['a == 1', 'can\'t read "a == 1"'],
  ['$nothing == 1', '"$nothing" is not a runtime expression'],
  ['1 = 1', 'can\'t read "= 1"'],
])('%j is no condition, and the error says where', (text, message) => {
  expect(() => parseCondition(text)).toThrow(message);
});
