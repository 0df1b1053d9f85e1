import type { ContractCase, ExpectedBody } from '../case.js';
import type { Answer } from './answer.js';

/**
 * A stand-in that can't keep what it is sent within its document says so with that very answer, in `standin-note`. Of what builds
 * on that answer nothing is to be expected then. Notes of other answers excuse nothing.
 *
 * @param answers to the steps, the last among them.
 */
export function whyForgotten(
  { kind, steps, expect, blockedOnStandin }: ContractCase,
  answers: readonly Answer[],
): string | undefined {
  if (kind !== 'state') return undefined;
  const last = steps.length - 1;
  // Asked as any service is, it is one all the same.
  if (blockedOnStandin !== undefined && noteOf(answers[last]) !== undefined) return blockedOnStandin;
  const before = new Set<number>();
  const follow = (index: number) => {
    if (before.has(index)) return;
    before.add(index);
    for (const { step } of steps[index]?.request.taken ?? []) follow(step);
  };
  const { request, blanks } = steps[last] ?? {};
  const named = [
    ...(request?.taken ?? []).map(({ step }) => step),
    ...(request?.located === undefined ? [] : [request.located]),
    ...(blanks ? [last - 1] : []),
    ...stepsOf(expect.body, last),
  ];
  // A conflict is one with what was sent just before; and what is missing is known to be where others are, or were.
  if ([404, 409, 410].includes(expect.status)) follow(last - 1);
  for (const index of named) follow(index);
  for (const [index, step] of steps.entries()) {
    const isKept = index < last && step.request.method !== 'GET' && step.request.method !== 'HEAD';
    const isChange = step.isNeeded && step.request.path === request?.path;
    const note = isKept && (before.has(index) || isChange) ? noteOf(answers[index]) : undefined;
    if (note !== undefined) return `the stand-in kept nothing: ${note}`;
  }
  return undefined;
}

/** The steps whose answers are compared with the last. */
function stepsOf(body: ExpectedBody | undefined, last: number): readonly number[] {
  if (body?.kind === 'remembered' || body?.kind === 'listed')
    return [body.step, ...(body.item ? [body.item.step] : [])];
  // A list is of all that was made.
  return body?.kind === 'listing' ? Array.from({ length: last }, (_, index) => index) : [];
}

const noteOf = (answer: Answer | undefined): string | undefined => {
  const note = answer?.headers['standin-note'];
  return note === undefined ? undefined : [note].flat().join(', ');
};
