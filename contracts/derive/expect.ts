import {
  type EventName,
  type Example,
  isJson,
  type Operation,
  type Response,
  type ResponseMediaType,
  type Rule,
  type Template,
} from '../../server/contract/index.js';
import { bodyAllowed, evaluate, findResponse, type ProblemName, type Scope } from '../../server/replies/index.js';
import type { Expectation, ExpectedBody } from '../case.js';

/** What a request leads to, as far as the contract says. */
export interface Outcome {
  readonly event?: EventName;
  /** The violations, or the conflict: where each is, and of which keyword. */
  readonly places?: readonly { readonly pointer: string; readonly keyword?: string }[];
  /** The statuses that say so where nothing is declared, best first. */
  readonly statuses: readonly number[];
  /** What is due where none of them is documented; without, nothing can be expected. */
  readonly problem?: ProblemName;
  readonly problemStatus?: number;
  /** Where the document is silent, a range or `default` may speak. */
  readonly open?: boolean;
}

/** The answer to a request that goes wrong: the declared one, else that of the best status, else a problem. */
export function expectRefusal(operation: Operation, outcome: Outcome, scope?: Scope): Expectation | undefined {
  const rule = operation.rules.find(
    ({ when }) =>
      outcome.event !== undefined && when.event === outcome.event && when.criteria.length === 0 && isMet(when, outcome),
  );
  if (rule) return expectRule(rule, outcome.statuses[0] as number, scope);
  const exact = outcome.statuses.find((status) =>
    operation.responses.some((response) => response.status === String(status)),
  );
  const [best] = outcome.statuses;
  const hasSuccess = operation.responses.some(({ status }) => status.startsWith('2'));
  const found =
    exact !== undefined
      ? findResponse(operation, exact)
      : outcome.open === false || best === undefined
        ? undefined
        : findResponse(operation, best, { withDefault: hasSuccess });
  if (found) return expectResponse(found.response, found.status, scope);
  if (outcome.problem === undefined) return undefined;
  return { status: outcome.problemStatus ?? (best as number), problem: outcome.problem, headers: [] };
}

/** A real service may answer with these as well, where they are documented. */
export function withOtherwise({ responses }: Operation, expect: Expectation, statuses: readonly number[]): Expectation {
  const documented = statuses.filter((status) => responses.some((response) => response.status === String(status)));
  return documented.length === 0 ? expect : { ...expect, otherwise: [...(expect.otherwise ?? []), ...documented] };
}

function isMet({ pointer, keyword }: Rule['when'], { places = [] }: Outcome): boolean {
  if (pointer === undefined && keyword === undefined) return true;
  return places.some((place) => {
    const isBelow = pointer === undefined || place.pointer === pointer || place.pointer.startsWith(`${pointer}/`);
    return isBelow && (keyword === undefined || keyword === place.keyword);
  });
}

export function expectRule({ response, mediaType, example }: Rule, usualStatus: number, scope?: Scope): Expectation {
  const status = /^\d+$/.test(response.status) ? Number(response.status) : usualStatus;
  const of = mediaType ?? response.content[0];
  const named = example === undefined ? undefined : of?.examples().find(({ name }) => name === example);
  return expectResponse(response, status, scope, of, named);
}

/** A documented response, with its first usable example unless another is given. */
export function expectResponse(
  response: Response,
  status: number,
  scope?: Scope,
  mediaType: ResponseMediaType | undefined = response.content[0],
  example?: Example,
): Expectation {
  const chosen =
    example ?? mediaType?.examples().find(({ state }) => state.kind !== 'invalid') ?? mediaType?.examples()[0];
  const template = chosen?.template ?? mediaType?.template;
  const unsatisfied = template || !chosen ? undefined : whyUnsatisfied(chosen);
  const body: ExpectedBody | undefined = template
    ? { kind: 'including', value: scope && foresee(template, scope) }
    : chosen && { kind: 'equal', value: chosen.value };
  return {
    status,
    response: response.status,
    ...(mediaType && { mediaType: mediaType.mediaType }),
    ...(body && mediaType && isJson(mediaType.mediaType) && { body }),
    ...(unsatisfied !== undefined && bodyAllowed(status) && { unsatisfied }),
    headers: [],
  };
}

/** Why an example proves nothing: it is not valid itself. `undefined` where it is. */
export function whyUnsatisfied({ name, origin, state }: Example): string | undefined {
  if (state.kind !== 'invalid') return undefined;
  const [violation] = state.violations;
  const why = violation ? `${violation.pointer || 'it'} ${violation.message}` : 'it is not valid';
  return origin === 'generated'
    ? `no value was found that the documented schema accepts: ${why}`
    : `the example${name === undefined ? '' : ` "${name}"`} violates its own schema: ${why}`;
}

/** As much of a template's body as can be known beforehand; `undefined` for what is made up when the request comes. */
function foresee(template: Template, scope: Scope): unknown {
  switch (template.kind) {
    case 'literal':
      return template.value;
    case 'expression':
      return template.expression.source === 'generated' ? undefined : evaluate(template.expression, scope);
    case 'object': {
      const members = template.members.map(([name, member]) => [name, foresee(member, scope)] as const);
      return Object.fromEntries(members.filter(([, value]) => value !== undefined));
    }
    default:
      return undefined;
  }
}
