import { expect, test } from '@jest/globals';
import { parseTemplate } from './template.js';

const expression = (source: string) => ({ kind: 'expression', expression: { source } });

test.each([
  [1, { kind: 'literal', value: 1 }],
  [null, { kind: 'literal', value: null }],
  ['text', { kind: 'literal', value: 'text' }],
  ['costs $5', { kind: 'literal', value: 'costs $5' }],
  ['{curly} {}', { kind: 'literal', value: '{curly} {}' }],
  ['$method', expression('method')],
  ['a {$method} b {$url}', { kind: 'text', parts: ['a ', { source: 'method' }, ' b ', { source: 'url' }] }],
  ['{$method}', { kind: 'text', parts: [{ source: 'method' }] }],
  [['$method'], { kind: 'list', items: [expression('method')] }],
  [{ a: '$method' }, { kind: 'object', members: [['a', expression('method')]] }],
  [
    { $each: '$violations', $item: { f: '$violation.field' } },
    {
      kind: 'each',
      over: { source: 'violations' },
      item: { kind: 'object', members: [['f', expression('violation')]] },
    },
  ],
])('%j is a template', (value, template) => {
  expect(parseTemplate(value)).toMatchObject(template);
});

test.each([
  ['$request.bodi', 'is not a runtime expression'],
  ['a {$nothing}', '"$nothing" is not a runtime expression'],
  [{ a: [{ b: '$generated.x' }] }, '"$generated.x" is not a runtime expression'],
  [{ $each: '$violations' }, '`$each` needs an expression, and an `$item` beside it'],
  [{ $each: 1, $item: {} }, '`$each` needs an expression'],
])('%j is no template, and the error says why', (value, message) => {
  expect(() => parseTemplate(value)).toThrow(message);
});
