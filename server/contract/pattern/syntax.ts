import { createRequire } from 'node:module';
import type { AST } from '@eslint-community/regexpp';
import { type CharacterSet, characterSetOf } from './character-set.js';

/** Few documents need more of a pattern than the engine of the platform, and so this is not loaded before. */
const regexpp = () =>
  createRequire(import.meta.url)('@eslint-community/regexpp') as typeof import('@eslint-community/regexpp');

/** What a pattern says, without how its groups are numbered or named. */
export type Syntax =
  | { readonly kind: 'character'; readonly set: CharacterSet }
  | { readonly kind: 'sequence'; readonly parts: readonly Syntax[] }
  | { readonly kind: 'choice'; readonly parts: readonly Syntax[] }
  | { readonly kind: 'repeat'; readonly part: Syntax; readonly min: number; readonly max: number }
  | { readonly kind: 'edge'; readonly edge: 'start' | 'end' | 'boundary' | 'inside' }
  | { readonly kind: 'look'; readonly part: Syntax; readonly isBehind: boolean; readonly isNegated: boolean }
  | { readonly kind: 'group'; readonly part: Syntax; readonly group: object }
  | { readonly kind: 'reference'; readonly group: object };

/** The syntax of a pattern of ECMA-262; `undefined` for flags, modifiers and nesting that are not understood here. */
export function syntaxOf(pattern: string, flags: string): Syntax | undefined {
  if (/[^us]/.test(flags)) return undefined;
  try {
    const parsed = new (regexpp().RegExpParser)({ ecmaVersion: 2025 }).parsePattern(pattern, undefined, undefined, {
      unicode: flags.includes('u'),
    });
    return choice(parsed.alternatives, flags);
  } catch {
    return undefined;
  }
}

class Unknown extends Error {}

function choice(alternatives: readonly AST.Alternative[], flags: string): Syntax {
  const parts = alternatives.map((alternative): Syntax => {
    const elements = alternative.elements.map((element) => ofElement(element, flags));
    return elements.length === 1 ? (elements[0] as Syntax) : { kind: 'sequence', parts: elements };
  });
  return parts.length === 1 ? (parts[0] as Syntax) : { kind: 'choice', parts };
}

function ofElement(element: AST.Element, flags: string): Syntax {
  switch (element.type) {
    case 'Character':
    case 'CharacterSet':
    case 'CharacterClass':
      return { kind: 'character', set: characterSetOf(element, flags) };
    case 'Group':
      if (element.modifiers) throw new Unknown();
      return choice(element.alternatives, flags);
    case 'CapturingGroup':
      return { kind: 'group', part: choice(element.alternatives, flags), group: element };
    case 'Quantifier':
      return { kind: 'repeat', part: ofElement(element.element, flags), min: element.min, max: element.max };
    case 'Backreference':
      return { kind: 'reference', group: [element.resolved].flat()[0] as object };
    case 'Assertion':
      switch (element.kind) {
        case 'start':
        case 'end':
          return { kind: 'edge', edge: element.kind };
        case 'word':
          return { kind: 'edge', edge: element.negate ? 'inside' : 'boundary' };
        default:
          return {
            kind: 'look',
            part: choice(element.alternatives, flags),
            isBehind: element.kind === 'lookbehind',
            isNegated: element.negate,
          };
      }
    default:
      throw new Unknown();
  }
}
