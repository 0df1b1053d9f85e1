import { expect, test } from '@jest/globals';
import { jsonLines, lineOf } from './json-lines.js';

const value = { a: 1, 'b/c': [{ 'd~': 'x' }, []], e: {} };

test('the lines are those of JSON.stringify', () => {
  for (const one of [value, [], null, 'text', [[1], { a: [] }]])
    expect(jsonLines(one).map(({ text }) => text)).toEqual(JSON.stringify(one, undefined, 2).split('\n'));
});

test.each([
  ['/a', '"a": 1'],
  ['/b~1c/0/d~0', '"d~": "x"'],
  ['/b~1c/0/missing', '{'],
  ['/missing', '{'],
  ['', '{'],
])('%s is found on its line, or that of the nearest value around it', (pointer, text) => {
  const lines = jsonLines(value);
  expect(lines[lineOf(lines, pointer)]?.text).toContain(text);
});
