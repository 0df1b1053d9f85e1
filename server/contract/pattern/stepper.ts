import { type Program, programOf } from './program.js';
import { isAt } from './search.js';
import type { Syntax } from './syntax.js';

/** A condition on a text, told character by character. */
export interface Stepper {
  readonly program: Program;
  /** Whether a match may begin at each place, and end before the text does. */
  readonly isFloating: boolean;
  /** Whether the text must not match. */
  readonly isNegated: boolean;
}

/** Where an automaton is between two characters: all the steps it may be at. */
export interface Standing {
  readonly hasMatched: boolean;
  readonly at: readonly number[];
  readonly before: number | undefined;
}

export const atStart = ({ program }: Stepper): Standing => ({
  hasMatched: false,
  at: [program.start],
  before: undefined,
});

/** Where one is after a character. */
export function after(stepper: Stepper, standing: Standing, character: number): Standing {
  if (standing.hasMatched) return standing;
  const { steps, hasMatched } = reached(stepper, standing, character);
  if (hasMatched && stepper.isFloating) return { hasMatched: true, at: [], before: undefined };
  const at = new Set<number>();
  for (const step of steps) if (step.kind === 'character' && step.set.has(character)) at.add(step.next);
  if (stepper.isFloating) at.add(stepper.program.start);
  return { hasMatched: false, at: [...at].sort((left, right) => left - right), before: character };
}

/** Whether the text may end here. */
export function mayEnd(stepper: Stepper, standing: Standing): boolean {
  const hasMatched = standing.hasMatched || reached(stepper, standing, undefined).hasMatched;
  return hasMatched !== stepper.isNegated;
}

/** Whether no text that goes on from here is accepted. */
export function isLost({ isNegated }: Stepper, { hasMatched, at }: Standing): boolean {
  return isNegated ? hasMatched : !hasMatched && at.length === 0;
}

function reached({ program: { steps } }: Stepper, { at, before }: Standing, next: number | undefined) {
  const seen = new Set(at);
  let hasMatched = false;
  const found = [];
  // It grows while it is gone through.
  for (const index of seen) {
    const step = steps[index] as (typeof steps)[number];
    if (step.kind === 'fork') for (const to of step.next) seen.add(to);
    else if (step.kind === 'match') hasMatched = true;
    else if (step.kind === 'look') seen.add(step.next);
    else if (step.kind === 'character') found.push(step);
    else if (isAt(step.edge, before, next)) seen.add(step.next);
  }
  return { steps: found, hasMatched };
}

/**
 * A pattern as conditions that go along with each other: what is seen ahead at its start is a condition of its own; what is
 * seen elsewhere is left out. `undefined` where it has no program.
 *
 * @param isWhole whether the text is to be a match, and nothing beside it
 */
export function steppersOf(syntax: Syntax, isNegated: boolean, isWhole: boolean): Stepper[] | undefined {
  const { ahead, rest } = isNegated ? { ahead: [], rest: syntax } : split(syntax);
  const made = [{ syntax: isNegated ? rest : loosened(rest), isNegated, isFloating: !isWhole }, ...ahead].map(
    ({ syntax: part, ...how }) => {
      const program = programOf(part);
      return program && { program, ...how };
    },
  );
  return made.every((stepper) => stepper !== undefined) ? (made as Stepper[]) : undefined;
}

/** What is to be seen ahead or behind is written there, or comes about. */
function loosened(syntax: Syntax): Syntax {
  switch (syntax.kind) {
    case 'look':
      return syntax.isNegated ? syntax : { kind: 'repeat', part: loosened(syntax.part), min: 0, max: 1 };
    case 'sequence':
    case 'choice':
      return { ...syntax, parts: syntax.parts.map(loosened) };
    case 'repeat':
    case 'group':
      return { ...syntax, part: loosened(syntax.part) };
    default:
      return syntax;
  }
}

/** `^(?=.*\d)(?!-)\w+$`: `\w+`, and what is ahead of `^`. */
function split(syntax: Syntax) {
  if (syntax.kind !== 'sequence') return { ahead: [], rest: syntax };
  const { parts } = syntax;
  const end = parts.findIndex((part) => part.kind !== 'look' && !(part.kind === 'edge' && part.edge === 'start'));
  const heads = end === -1 ? parts : parts.slice(0, end);
  const start = { kind: 'edge', edge: 'start' } as const;
  if (!heads.some(({ kind }) => kind === 'edge')) return { ahead: [], rest: syntax };
  return {
    ahead: heads.flatMap((part) =>
      part.kind === 'look' && !part.isBehind
        ? [
            {
              syntax: { kind: 'sequence', parts: [start, part.part] } as const,
              isNegated: part.isNegated,
              isFloating: true,
            },
          ]
        : [],
    ),
    rest: { kind: 'sequence', parts: [start, ...parts.slice(heads.length)] } as const,
  };
}
