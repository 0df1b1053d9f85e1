import { isObject, toPointer } from '../../../documents/index.js';
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
];
