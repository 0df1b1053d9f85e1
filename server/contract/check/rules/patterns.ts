import { isObject, toPointer } from '../../../documents/index.js';
import { costOf } from '../../pattern/index.js';
import type { CheckedDocument } from '../checked-document.js';
import type { CheckRule } from '../rule.js';

function* patternsIn({ parts }: CheckedDocument): Iterable<{ pattern: string; pointer: string }> {
  for (const { value, pointer } of parts.of('Schema')) {
    if (typeof value.pattern === 'string') yield { pattern: value.pattern, pointer: `${pointer}/pattern` };
    for (const pattern of Object.keys(isObject(value.patternProperties) ? value.patternProperties : {}))
      yield { pattern, pointer: `${pointer}${toPointer(['patternProperties', pattern])}` };
  }
}

/** Why a pattern is none; `undefined` where it is one. */
function flaw(pattern: string, flags: string): string | undefined {
  try {
    new RegExp(pattern, flags);
    return undefined;
  } catch (error) {
    return (error as Error).message.replace(/^Invalid regular expression: /, '');
  }
}

/** What a pattern costs, as it is taken: with the flag `u`, or without. */
function costIn(pattern: string): ReturnType<typeof costOf> {
  const flags = ['u', ''].find((attempt) => flaw(pattern, attempt) === undefined);
  return flags === undefined ? 'bounded' : costOf(pattern, flags);
}

/** `/^a$/i`: a pattern as another language writes it. The slashes are part of what must match, which nothing then does. */
const delimited = /^\/\^.*\$\/[a-z]*$/s;

export const patterns: readonly CheckRule[] = [
  {
    id: 'pattern-invalid',
    severity: 'error',
    finds:
      'A `pattern` that is no regular expression of ECMA-262, with or without the flag `u`. Until it is corrected it accepts anything.',
    advice: 'write it as JavaScript would, without inline flags, possessive quantifiers or POSIX classes',
    *examine(document) {
      for (const { pattern, pointer } of patternsIn(document)) {
        const why = flaw(pattern, 'u');
        if (why !== undefined && flaw(pattern, '') !== undefined)
          yield { pointer, message: `no regular expression: ${why}` };
      }
    },
  },
  {
    id: 'pattern-not-unicode',
    severity: 'note',
    finds:
      'A `pattern` that is valid only without the flag `u`, which JSON Schema 2020-12 §6.4 asks for; validators that use it refuse the schema.',
    advice: 'drop needless backslashes, and escape `-`, `{`, `}` and `]` where they are meant',
    *examine(document) {
      for (const { pattern, pointer } of patternsIn(document)) {
        const why = flaw(pattern, 'u');
        if (why !== undefined && flaw(pattern, '') === undefined)
          yield { pointer, message: `valid only without the flag u: ${why}` };
      }
    },
  },
  {
    id: 'pattern-delimited',
    severity: 'warning',
    finds: 'A `pattern` between slashes, `/^…$/`: they are part of what must match, so nothing does.',
    advice: 'remove the slashes, and what follows the last',
    *examine(document) {
      for (const { pattern, pointer } of patternsIn(document))
        if (delimited.test(pattern))
          yield { pointer, message: 'the slashes around this pattern make that nothing matches it' };
    },
  },
  {
    id: 'pattern-doubling',
    severity: 'note',
    finds:
      'A `pattern` whose ways of matching double with each character of some text, as `^(a+)+$` has it. standin matches it in another way; most servers and validators stand still on such a text.',
    advice: 'let each character be matched in one way only: no repetition inside of a repetition of the same',
    *examine(document) {
      for (const { pattern, pointer } of patternsIn(document))
        if (costIn(pattern) === 'doubling')
          yield { pointer, message: 'a short text may keep a matcher of this pattern busy without end' };
    },
  },
  {
    id: 'pattern-unbounded',
    severity: 'warning',
    finds:
      'A `pattern` that may take very long, and that standin can match in no other way: by references to groups (`\\1`), or of more than 20,000 parts, repetitions counted. A text that takes longer than 50 ms is refused.',
    advice: 'write it without references to groups, and without large repetitions inside of others',
    *examine(document) {
      for (const { pattern, pointer } of patternsIn(document))
        if (costIn(pattern) === 'unbounded')
          yield { pointer, message: 'a text that takes longer than 50 ms to match is refused' };
    },
  },
];
