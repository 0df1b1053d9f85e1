import {
  type Chance,
  type Contract,
  type EventName,
  isRange,
  lazyOf,
  type Operation,
  type Rule,
  type Violation,
} from '../contract/index.js';
import type { ApiRequest } from './api-request.js';
import { challenges } from './challenges.js';
import { composeFilled, composeVerbatim, withNote } from './compose.js';
import { type Documented, findResponse, firstExample, namedExample } from './documented.js';
import { holds, inScope, mentions, type Scope } from './evaluate.js';
import { negotiate } from './negotiate.js';
import { type ProblemDetails, type ProblemName, problem } from './problem.js';
import { type Reply, withEvent, withHeaders } from './reply.js';

/** A request that does not go well, and the statuses that say so, best first. */
export interface Refusal {
  readonly event?: EventName;
  readonly statuses: readonly number[];
  /** Where in the resource the conflict is. */
  readonly pointer?: string;
  /** Whether `4XX` and `default` responses may say it too. */
  readonly open?: boolean;
  readonly problem: ProblemName;
  readonly details: ProblemDetails;
}

/**
 * The documented error that fits best: the reply whose declared condition says most, else that of the best status, else a
 * problem.
 */
export function refuse(operation: Operation, request: ApiRequest, refusal: Refusal, scope: Scope): Reply {
  const documented = documentedRefusal(operation, request, refusal, scope);
  if (!documented) return problem(refusal.problem, refusal.details);
  const { detail, violations } = refusal.details;
  // A documented body seldom says what was wrong with this request.
  const noted = withNote(documented, detail);
  return { ...noted, problem: refusal.problem, ...(violations && { violations }) };
}

/** Whoever is told 401 is told how to do better, however the reply came about (RFC 9110 §15.5.2). */
export function withChallenges(reply: Reply, { security }: Operation, { title }: Contract, chance: Chance): Reply {
  if (reply.status !== 401 || reply.headers['www-authenticate'] !== undefined) return reply;
  const wanted = challenges(security, title, chance);
  return wanted.length === 0 ? reply : withHeaders(reply, { 'www-authenticate': wanted });
}

export function documentedRefusal(
  operation: Operation,
  request: ApiRequest,
  refusal: Refusal,
  scope: Scope,
): Reply | undefined {
  const ruled = ruleFor(operation, refusal, scope);
  if (ruled) {
    const reply = replyByRule(operation, request, ruled.rule, refusal.statuses[0] ?? 400, ruled.scope);
    return withEvent(reply, operation, refusal.event);
  }
  const documented = firstDocumented(operation, refusal);
  if (!documented) return undefined;
  const mediaType = negotiate(documented.response, request) ?? documented.response.content[0];
  const reply = mediaType
    ? composeFilled(operation, { documented, mediaType, example: firstExample(mediaType), reason: 'example' }, scope)
    : composeVerbatim(operation, { documented, reason: 'example' });
  return withEvent(reply, operation, refusal.event);
}

/** The exact statuses in their order first; then, with the first of them, a range or `default`. */
function firstDocumented(operation: Operation, { statuses, open = true }: Refusal): Documented | undefined {
  for (const status of statuses) {
    const response = operation.responses.find((candidate) => candidate.status === String(status));
    if (response) return { response, status };
  }
  const [best] = statuses;
  // Where no 2xx is documented, `default` speaks of success.
  const withDefault = operation.responses.some(({ status }) => status.startsWith('2'));
  return open && best !== undefined ? findResponse(operation, best, { withDefault }) : undefined;
}

export function replyByRule(
  operation: Operation,
  request: ApiRequest,
  rule: Rule,
  usualStatus: number,
  scope: Scope,
): Reply {
  const { response } = rule;
  const documented = { response, status: statusIn(response.status, usualStatus) };
  const mediaType = rule.mediaType ?? negotiate(response, request) ?? response.content[0];
  if (!mediaType) return composeVerbatim(operation, { documented, reason: 'condition' });
  const example =
    rule.example === undefined
      ? firstExample(mediaType)
      : (namedExample(mediaType, rule.example) ?? firstExample(mediaType));
  return composeFilled(operation, { documented, mediaType, example, reason: 'condition' }, scope);
}

/** The usual status where the documented one is `default` or a range that it falls in. */
function statusIn(documented: string, usual: number): number {
  if (/^\d+$/.test(documented)) return Number(documented);
  const [digit] = documented;
  return documented === 'default' || String(usual)[0] === digit ? usual : Number(digit) * 100;
}

/** The first rule (they stand in the order of how much they say) that the event, its place and its criteria meet. */
export function ruleFor(
  operation: Operation,
  { event, pointer }: Pick<Refusal, 'event' | 'pointer'>,
  scope: Scope,
): { rule: Rule; scope: Scope } | undefined {
  for (const rule of operation.rules) {
    const { when } = rule;
    if (when.event !== event || event === undefined) continue;
    if (event === 'request.invalid') {
      const violation = scope.violations?.find((candidate) => meets(candidate, when.pointer, when.keyword));
      if (!violation) continue;
      const narrowed = inScope(scope, { violation });
      if (when.criteria.every((criterion) => holds(criterion, narrowed))) return { rule, scope: narrowed };
    } else if (
      (when.pointer === undefined || isAtOrBelow(pointer ?? '', when.pointer)) &&
      when.criteria.every((criterion) => holds(criterion, scope))
    ) {
      return { rule, scope };
    }
  }
  return undefined;
}

function meets(violation: Violation, pointer: string | undefined, keyword: string | undefined): boolean {
  return (
    (keyword === undefined || violation.keyword === keyword) &&
    (pointer === undefined || isAtOrBelow(violation.pointer, pointer))
  );
}

const isAtOrBelow = (pointer: string, place: string) => pointer === place || pointer.startsWith(`${place}/`);

/**
 * The first rule of criteria alone whose reply is an error, and that the request meets. What is said of `$parent` waits for it;
 * once it is there, the rest has been judged.
 */
export function criteriaRefusal(operation: Operation, request: ApiRequest, scope: Scope): Reply | undefined {
  for (const { rule, isOfParent } of criteriaRules(operation)) {
    if (isOfParent !== (scope.parent !== undefined)) continue;
    if (rule.when.criteria.every((criterion) => holds(criterion, scope)))
      return replyByRule(operation, request, rule, 400, scope);
  }
  return undefined;
}

const criteriaRules = lazyOf(({ rules }: Operation) =>
  rules
    .filter(
      ({ when, response }) => when.event === undefined && when.criteria.length > 0 && /^[45]/.test(response.status),
    )
    .map((rule) => ({ rule, isOfParent: rule.when.criteria.some((criterion) => mentions(criterion, 'parent')) })),
);

/** 406, and what there is (RFC 9110 §15.5.7). */
export function notAcceptable(operation: Operation, { response }: Documented): Reply {
  const offered = response.content.map(({ mediaType, contentType }) => (isRange(mediaType) ? mediaType : contentType));
  return problem('not-acceptable', {
    detail: `${operation.id} answers ${response.status} with ${offered.join(', ')}; accept one of them`,
    extensions: { acceptable: offered },
  });
}
