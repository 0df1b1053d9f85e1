import { createContext, Script } from 'node:vm';
import { lazy } from '../lazy.js';
import { programOf } from './program.js';
import { doubles, safeLength } from './risk.js';
import { charactersOf, matchesIn } from './search.js';
import { syntaxOf } from './syntax.js';

/** What a `pattern` accepts. */
export interface Pattern {
  readonly source: string;
  readonly test: (text: string) => boolean;
  readonly toString: () => string;
}

/**
 * A pattern that gives its answer soon, whatever the text: that of the platform's engine where it can only take long on long
 * texts, or not at all; else that of an automaton. One that has none, and takes too long, is taken as not matching.
 *
 * @throws SyntaxError for what is no regular expression
 */
export function patternOf(source: string, flags: string): Pattern {
  return guarded(new RegExp(source, flags));
}

/** As `patternOf`, of an expression. */
export function guarded(expression: RegExp): Pattern {
  const { source, flags } = expression;
  if (isPlain(source)) return expression;
  const judged = lazy(() => judge(source, flags));
  const isUnicode = flags.includes('u');
  const program = lazy(() => {
    const syntax = syntaxOf(source, flags);
    return syntax && programOf(syntax);
  });
  return {
    source,
    test: (text) => {
      if (text.length <= judged()) return expression.test(text);
      const automaton = program();
      return automaton ? matchesIn(automaton, charactersOf(text, isUnicode)) : testInTime(expression, text);
    },
    toString: () => String(expression),
  };
}

/** How long a text may be for the platform's engine; 0 where nothing is known of the pattern. */
export function judge(source: string, flags: string): number {
  if (isPlain(source)) return Number.POSITIVE_INFINITY;
  const syntax = syntaxOf(source, flags);
  return syntax ? safeLength(syntax) : 0;
}

/** What a pattern may cost: `doubling` in an engine that tries one way after the other; `unbounded` where it has no automaton. */
export function costOf(source: string, flags: string): 'bounded' | 'doubling' | 'unbounded' {
  if (isPlain(source)) return 'bounded';
  const syntax = syntaxOf(source, flags);
  if (!syntax) return 'unbounded';
  if (safeLength(syntax) === Number.POSITIVE_INFINITY) return 'bounded';
  if (programOf(syntax) === undefined) return 'unbounded';
  return doubles(syntax) ? 'doubling' : 'bounded';
}

/** No repetition at all, or one of a single character at the end of what starts at the start. */
const plain =
  /^\^?(?:[^\\()[\]{}*+?|]|\\[^kpPux1-9]|\[(?:[^\\\]]|\\[^pPux])*\])*(?:[*+]|\{\d{1,3}(?:,\d{0,3})?\})?\$?$/;

function isPlain(source: string): boolean {
  return source.length < 200 && (source.startsWith('^') || !/[*+{]/.test(source)) && plain.test(source);
}

/** A text that takes an engine longer than this, in milliseconds, is taken as not matching. */
const timeoutMs = 50;
const script = lazy(() => new Script('expression.test(text)'));

function testInTime(expression: RegExp, text: string): boolean {
  try {
    const context = createContext({ expression, text });
    return script().runInContext(context, { timeout: timeoutMs }) === true;
  } catch {
    return false;
  }
}
