import type { CharacterSet } from './character-set.js';
import type { Syntax } from './syntax.js';

/** One step of a program, which goes on at `next`. */
export type Step =
  | { readonly kind: 'character'; readonly set: CharacterSet; readonly next: number }
  | { readonly kind: 'fork'; next: readonly number[] }
  | { readonly kind: 'edge'; readonly edge: 'start' | 'end' | 'boundary' | 'inside'; readonly next: number }
  | { readonly kind: 'look'; readonly look: number; readonly next: number }
  | { readonly kind: 'match' };

/** What is to be seen ahead of, or behind a place. */
export interface Look {
  readonly program: Program;
  readonly isBehind: boolean;
  readonly isNegated: boolean;
}

/** A pattern as an automaton: all ways through it are gone at once, and none twice. */
export interface Program {
  readonly steps: readonly Step[];
  readonly start: number;
  readonly looks: readonly Look[];
}

/** A pattern that needs more, by repetitions within repetitions, gets no program. */
const stepsMax = 20_000;

class TooLarge extends Error {}

/**
 * The program of a pattern; `undefined` where it has none: for references to groups, and for one that is too large.
 *
 * @param isReversed whether the text is read from its end
 */
export function programOf(syntax: Syntax, isReversed = false): Program | undefined {
  const looks: Look[] = [];
  try {
    return assemble(syntax, isReversed, looks);
  } catch {
    return undefined;
  }
}

function assemble(syntax: Syntax, isReversed: boolean, looks: Look[]): Program {
  const steps: Step[] = [{ kind: 'match' }];
  const add = (step: Step): number => {
    if (steps.length >= stepsMax) throw new TooLarge();
    return steps.push(step) - 1;
  };
  const lookOf = new Map<Syntax, number>();
  /** Adds what a part says, before the step `next`, and tells where that begins. */
  const emit = (part: Syntax, next: number): number => {
    switch (part.kind) {
      case 'character':
        return add({ kind: 'character', set: part.set, next });
      case 'group':
        return emit(part.part, next);
      case 'sequence':
        return isReversed
          ? part.parts.reduce((after, member) => emit(member, after), next)
          : part.parts.reduceRight((after, member) => emit(member, after), next);
      case 'choice':
        return add({ kind: 'fork', next: part.parts.map((member) => emit(member, next)) });
      case 'repeat':
        return repeat(part.part, part.min, part.max, next);
      case 'edge':
        return add({ kind: 'edge', edge: part.edge, next });
      case 'look': {
        const known = lookOf.get(part);
        if (known !== undefined) return add({ kind: 'look', look: known, next });
        // What is ahead is found by reading from the end, so that each place is told once whether it begins there.
        const program = assemble(part.part, !part.isBehind, []);
        const look = looks.push({ program, isBehind: part.isBehind, isNegated: part.isNegated }) - 1;
        lookOf.set(part, look);
        return add({ kind: 'look', look, next });
      }
      case 'reference':
        throw new TooLarge();
    }
  };
  const repeat = (part: Syntax, min: number, max: number, next: number): number => {
    let entry = next;
    if (max === Number.POSITIVE_INFINITY) {
      const loop: { kind: 'fork'; next: readonly number[] } = { kind: 'fork', next: [] };
      entry = add(loop);
      loop.next = [emit(part, entry), next];
    } else {
      for (let count = min; count < max; count++) {
        const before = steps.length;
        entry = add({ kind: 'fork', next: [emit(part, entry), next] });
        if (steps.length === before + 1 && count > min) break;
      }
    }
    for (let count = 0; count < min; count++) {
      const before = steps.length;
      entry = emit(part, entry);
      // What is empty once is empty often.
      if (steps.length === before) break;
    }
    return entry;
  };
  const start = emit(syntax, 0);
  return { steps, start, looks };
}
