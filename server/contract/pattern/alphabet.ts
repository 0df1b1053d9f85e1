import type { CharacterSet } from './character-set.js';
import type { Look, Program } from './program.js';
import { isWord } from './search.js';

/** A character that stands for all that some patterns make no difference between. */
export interface Letter {
  readonly character: number;
  /** Those that it stands for, as texts. */
  readonly likes: readonly string[];
  /** 3 for letters and digits, 2 for others that print, 1 for spaces and letters of far scripts, 0 for the rest. */
  readonly rank: number;
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

const printable = range(32, 126);
/** Of blocks that patterns speak of: Latin, Greek, Cyrillic, Hebrew, Arabic, Indic, Thai, kana, CJK, Hangul, marks, symbols, beyond 16 bits. */
const far = [
  0xa0, 0xa9, 0xb5, 0xc0, 0xd7, 0xdf, 0xe9, 0xff, 0x100, 0x17f, 0x1c5, 0x2b0, 0x301, 0x3a9, 0x3bb, 0x416, 0x436, 0x5d0,
  0x623, 0x661, 0x905, 0xe01, 0x1e9e, 0x2003, 0x200b, 0x2028, 0x2160, 0x2014, 0x20ac, 0x2200, 0x2603, 0x3042, 0x30a2,
  0x4e2d, 0xac00, 0xe000, 0xfeff, 0xffff, 0x10000, 0x1f600, 0x10ffff,
];
const controls = [9, 10, 13, ...range(0, 8), 11, 12, ...range(14, 31), 127];
const isSurrogate = (character: number) => character >= 0xd800 && character <= 0xdfff;

/** One letter for each kind of character that the programs tell apart. */
export function alphabetOf(programs: readonly Program[]): Letter[] {
  const sets = [...new Set(programs.flatMap(setsOf))];
  const named = new Set(
    sets.flatMap((set) => set.named.flatMap((character) => [character, character - 1, character + 1])),
  );
  const candidates = new Set([...printable, ...named, ...far, ...controls]);
  const kinds = new Map<string, number[]>();
  for (const character of candidates) {
    if (character < 0 || character > 0x10ffff || isSurrogate(character)) continue;
    const key = `${rankOf(character)}${isWord(character)}${sets.map((set) => (set.has(character) ? 1 : 0)).join('')}`;
    const known = kinds.get(key);
    if (known) known.push(character);
    else kinds.set(key, [character]);
  }
  return [...kinds.values()].map((characters) => ({
    character: characters[0] as number,
    likes: characters.map((character) => String.fromCodePoint(character)),
    rank: rankOf(characters[0] as number),
  }));
}

function setsOf({ steps, looks }: Program): CharacterSet[] {
  return [
    ...steps.flatMap((step) => (step.kind === 'character' ? [step.set] : [])),
    ...looks.flatMap((look: Look) => setsOf(look.program)),
  ];
}

function rankOf(character: number): number {
  if (character < 128 && /[A-Za-z0-9]/.test(String.fromCharCode(character))) return 3;
  if (character > 32 && character < 127) return 2;
  return character === 32 || /\p{L}/u.test(String.fromCodePoint(character)) ? 1 : 0;
}
