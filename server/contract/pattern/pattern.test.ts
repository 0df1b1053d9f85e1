import { describe, expect, it } from '@jest/globals';
import { costOf, patternOf } from './index.js';
import { programOf } from './program.js';
import { charactersOf, matchesIn } from './search.js';
import { syntaxOf } from './syntax.js';

/** These would keep the platform's engine busy for longer than any test may take. */
const hostile: readonly (readonly [pattern: string, rejected: string, accepted: string])[] = [
  ['^(a+)+$', `${'a'.repeat(50_000)}!`, 'a'.repeat(50_000)],
  ['^(a|a)*$', `${'a'.repeat(50_000)}!`, 'aaa'],
  ['^(?:(?:a|b)*(?:a|c)*)*$', `${'a'.repeat(50_000)}!`, 'abcabc'],
  ['^(a?){25}a{25}$', 'a'.repeat(24), 'a'.repeat(50)],
  ['^(?:aa|aaa){2,400}$', `${'a'.repeat(3_000)}!`, 'a'.repeat(1_000)],
  ['\\s+$', `${' '.repeat(50_000)}x`, `x${' '.repeat(50_000)}`],
  ['^([a-zA-Z0-9])(([\\-.]|[_]+)?([a-zA-Z0-9]+))*$', `${'a'.repeat(50_000)}!`, 'a.b-c'],
  ['^(?=(?:a+)+$)a', `${'a'.repeat(50_000)}!`, 'aaa'],
  ['(?<!(?:a+)+)b$', `${'a'.repeat(50_000)}b`, 'b'],
];

describe('a pattern', () => {
  it.each(hostile)('%s is answered whatever the text', (pattern, rejected, accepted) => {
    const { test } = patternOf(pattern, 'u');
    expect([test(rejected), test(accepted)]).toEqual([false, true]);
  });

  it('that only the platform can match is refused where it takes too long', () => {
    const { test } = patternOf('^(a+)+\\1$', 'u');
    expect([test(`${'a'.repeat(50_000)}!`), test('aaaa')]).toEqual([false, true]);
  });

  it.each([
    '^[a-z0-9-]+$',
    '^\\d{4}-\\d{2}-\\d{2}$',
    '^[a-z0-9]+(?:-[a-z0-9]+)*$',
    '^(?:GET|PUT)$',
    'abc',
    '^#?[0-9a-f]{6}$',
  ])('%s is left to the platform', (pattern) => expect(programless(pattern)).toBe(true));

  it('that is no regular expression is an error', () => {
    expect(() => patternOf('[', 'u')).toThrow(SyntaxError);
  });

  it.each([
    ['^(a+)+$', 'doubling'],
    ['\\s+$', 'bounded'],
    ['^[a-z]+$', 'bounded'],
    ['^(a+)\\1$', 'unbounded'],
    ['^(a{1000}){1000}$', 'unbounded'],
  ])('%s is %s', (pattern, cost) => expect(costOf(pattern, 'u')).toBe(cost));
});

/** Whether a text of a million characters is given to the platform's engine. */
function programless(pattern: string): boolean {
  let isAsked = false;
  const expression = new RegExp(pattern, 'u');
  const { test } = expression;
  RegExp.prototype.test = function (this: RegExp, text: string) {
    if (this.source === pattern) isAsked = true;
    return test.call(this, text);
  };
  try {
    patternOf(pattern, 'u').test('a'.repeat(1_000_000));
    return isAsked;
  } finally {
    RegExp.prototype.test = test;
  }
}

describe('the automaton of a pattern', () => {
  const texts = ['', 'a', 'ab', 'aab', 'b a', 'a-b', 'é', '😀', 'a😀', 'x\n', '12', 'a1', 'foo bar', 'aaa', 'ſ'];
  it.each([
    '^a*b$',
    'a|^b',
    '\\bfoo\\b',
    '(?=a)\\w',
    '(?<=a)b',
    '(?<!a)b',
    '^(?!.*--)[a-z-]+$',
    '^.$',
    '^..$',
    '[^a]',
    '\\W',
    '^(?:a|ab)(?:c|b)?$',
    'a{2,3}',
    '(?:a?){3}$',
    '\\p{L}{2}',
    '^\\p{Emoji_Presentation}$',
    '^(?<year>\\d+)$',
    '\\B',
    '[]',
    '[^]',
    '()',
    '$^',
  ])('%s accepts what the platform accepts', (pattern) => {
    for (const flags of ['u', '', 'su']) {
      const expression = new RegExp(pattern, flags);
      const syntax = syntaxOf(pattern, flags);
      const program = syntax && programOf(syntax);
      if (!program) throw new Error(`no program for ${pattern}`);
      const accepted = texts.filter((text) => matchesIn(program, charactersOf(text, flags.includes('u'))));
      expect(accepted).toEqual(texts.filter((text) => expression.test(text)));
    }
  });
});
