import type { Program } from './program.js';

/** A text by characters, as the pattern counts them. */
export type Characters = ArrayLike<number>;

export function charactersOf(text: string, isUnicode: boolean): Characters {
  const out: number[] = [];
  if (!isUnicode) for (let index = 0; index < text.length; index++) out.push(text.charCodeAt(index));
  else for (const character of text) out.push(character.codePointAt(0) as number);
  return out;
}

/** Whether a pattern matches somewhere in a text. The time is that of the text times that of the pattern, whatever both say. */
export function matchesIn(program: Program, text: Characters): boolean {
  return run(program, text, false, () => true);
}

/** Goes through a text, all starts at once, and calls `onMatch` at each place where a match ends, until that says `true`. */
function run(program: Program, text: Characters, isReversed: boolean, onMatch: (place: number) => boolean): boolean {
  const { steps } = program;
  const holds = program.looks.map((look) => {
    const at = new Uint8Array(text.length + 1);
    run(look.program, text, !look.isBehind, (place) => {
      at[place] = 1;
      return false;
    });
    return look.isNegated ? at.map((value) => 1 - value) : at;
  });
  const seenAt = new Int32Array(steps.length).fill(-1);
  let current: number[] = [];
  let following: number[] = [];
  for (let count = 0; count <= text.length; count++) {
    const place = isReversed ? text.length - count : count;
    const character = isReversed ? text[place - 1] : text[place];
    following = [];
    current.push(program.start);
    let isMatched = false;
    // It grows while it is gone through.
    for (let index = 0; index < current.length; index++) {
      const at = current[index] as number;
      if (seenAt[at] === count) continue;
      seenAt[at] = count;
      const step = steps[at] as (typeof steps)[number];
      if (step.kind === 'character') {
        if (character !== undefined && step.set.has(character)) following.push(step.next);
      } else if (step.kind === 'fork') current.push(...step.next);
      else if (step.kind === 'match') isMatched = true;
      else if (step.kind === 'look') {
        if (holds[step.look]?.[place] === 1) current.push(step.next);
      } else if (isAt(step.edge, text[place - 1], text[place])) current.push(step.next);
    }
    if (isMatched && onMatch(place)) return true;
    current = following;
  }
  return false;
}

/** `\w`, as `\b` means it. */
export const isWord = (character: number | undefined): boolean =>
  character !== undefined && character < 128 && /\w/.test(String.fromCharCode(character));

/** Whether a place between two characters is such an edge. */
export function isAt(
  edge: 'start' | 'end' | 'boundary' | 'inside',
  before: number | undefined,
  after: number | undefined,
): boolean {
  if (edge === 'start') return before === undefined;
  if (edge === 'end') return after === undefined;
  return (isWord(before) !== isWord(after)) === (edge === 'boundary');
}
