import type { AST } from '@eslint-community/regexpp';

/** The characters that one element of a pattern accepts: code points with the flag `u`, units of UTF-16 without. */
export interface CharacterSet {
  readonly has: (character: number) => boolean;
  /** Whether each of the first 256 is in it. */
  readonly low: Uint8Array;
  /** Whether any other may be in it. */
  readonly hasHigh: boolean;
  /** Characters that the pattern names: its literals, and the ends of its ranges. */
  readonly named: readonly number[];
}

export const lowCount = 256;
const rememberedMax = 10_000;

/** The engine of the platform is asked of each character, so that the answer is its own. */
export function characterSetOf(
  element: AST.Character | AST.CharacterSet | AST.CharacterClass,
  flags: string,
): CharacterSet {
  const expression = new RegExp(`^(?:${element.raw})$`, flags);
  const ask = (character: number) =>
    expression.test(flags.includes('u') ? String.fromCodePoint(character) : String.fromCharCode(character));
  const low = new Uint8Array(lowCount);
  for (let character = 0; character < lowCount; character++) low[character] = ask(character) ? 1 : 0;
  const remembered = new Map<number, boolean>();
  return {
    low,
    hasHigh: mayBeHigh(element),
    named: namedIn(element),
    has: (character) => {
      if (character < lowCount) return low[character] === 1;
      const known = remembered.get(character);
      if (known !== undefined) return known;
      if (remembered.size >= rememberedMax) remembered.clear();
      const answer = ask(character);
      remembered.set(character, answer);
      return answer;
    },
  };
}

type Part = AST.Character | AST.CharacterSet | AST.CharacterClass | AST.CharacterClass['elements'][number];

function mayBeHigh(part: Part): boolean {
  switch (part.type) {
    case 'Character':
      return part.value >= lowCount;
    case 'CharacterClassRange':
      return part.max.value >= lowCount;
    case 'CharacterClass':
      return part.negate || part.elements.some((element: Part) => mayBeHigh(element));
    case 'CharacterSet':
      return !((part.kind === 'digit' || part.kind === 'word') && !part.negate);
    default:
      return true;
  }
}

function namedIn(part: Part): number[] {
  switch (part.type) {
    case 'Character':
      return [part.value];
    case 'CharacterClassRange':
      return [part.min.value, part.max.value];
    case 'CharacterClass':
      return part.elements.flatMap((element: Part) => namedIn(element));
    default:
      return [];
  }
}

/** Whether a character may be in both. */
export function overlap(left: CharacterSet, right: CharacterSet): boolean {
  if (left === right) return true;
  if (left.hasHigh && right.hasHigh) return true;
  for (let character = 0; character < lowCount; character++)
    if (left.low[character] === 1 && right.low[character] === 1) return true;
  return false;
}
