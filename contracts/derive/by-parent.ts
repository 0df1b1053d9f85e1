import type { CaseRequest } from '../case.js';
import { expectRefusal, withOtherwise } from './expect.js';
import { type Prepared, prepare } from './preparation.js';
import type { Drafts, Provocation } from './provoked.js';

/** What is below one item is not below another, nor below none. */
export function provokeByParent(drafts: Drafts): Provocation[] {
  const { context } = drafts;
  const { operation, chance } = context;
  const prepared = prepare(context, drafts.valid());
  const own = operation.path.replace(/\/$/, '').split('/').length - 1;
  const { resource } = operation;
  const [parent] = prepared.taken.filter(({ segment }) => segment < own).slice(-1);
  const expect = expectRefusal(operation, { statuses: [404], open: false });
  if (!parent || !expect || (resource && !resource.isInferred)) return [];
  const name = /^\{(.+)\}$/.exec(operation.path.split('/')[parent.segment] ?? '')?.[1] ?? '';
  const parameter = operation.parameters.find((one) => one.in === 'path' && one.name === name);
  if (!parameter) return [];
  const { draft, steps, taken } = prepared;
  const number = chance.integer(2 ** 30, 2 ** 31 - 2);
  const unknown = [number, chance.uuid(), `unknown-${number}`, parameter.sample('fresh', chance)].find((value) =>
    parameter.validator.check(value),
  );
  const made: Provocation[] = [];
  if (unknown !== undefined) {
    const elsewhere = { ...draft, path: { ...draft.path, [name]: unknown } };
    const others = taken.filter(({ segment }) => segment !== parent.segment);
    made.push({
      kind: 'state',
      title: `below an unknown ${name}`,
      steps: [...steps, { request: { ...drafts.request(elsewhere), ...(others.length > 0 && { taken: others }) } }],
      // Below nothing there may be nothing.
      expect: resource?.effect === 'list' ? withOtherwise(operation, expect, [200]) : expect,
      blockedOnStandin: 'a stand-in knows nothing of what contains a collection, unless that is declared',
    });
  }
  const item = taken.find(({ segment }) => segment === own);
  const beside = item && parentBeside(drafts, prepared);
  if (beside) {
    const request: CaseRequest = { ...drafts.request(draft), taken: [...beside.taken, item] };
    made.push({
      kind: 'state',
      title: `below another ${name}`,
      steps: [...steps, ...beside.steps, { request }],
      expect,
      ...(!resource && { blockedOnStandin: 'a stand-in remembers nothing of what this operation is about' }),
    });
  }
  return made;
}

/** What contains an item, made once more. */
function parentBeside(drafts: Drafts, { steps: before, operation }: Prepared): Pick<Prepared, 'steps' | 'taken'> {
  const again = prepare(drafts.context, drafts.valid());
  const own = operation.path.replace(/\/$/, '').split('/').length - 1;
  const move = <T extends { readonly step: number }>(one: T): T => ({ ...one, step: one.step + before.length });
  return {
    steps: again.steps
      .slice(0, -1)
      .map((step) => ({ ...step, request: { ...step.request, taken: step.request.taken?.map(move) ?? [] } })),
    taken: again.taken.filter(({ segment }) => segment < own).map(move),
  };
}
