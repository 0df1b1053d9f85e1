import { toPointer } from '../../server/documents/index.js';
import type { Breached, CaseKind, ContractCase, Expectation, Gap, Step } from '../case.js';
import { provokeByBoundary } from './by-boundary.js';
import { provokeByCollection } from './by-collection.js';
import { provokeByCondition } from './by-condition.js';
import { provokeByCredentials } from './by-credentials.js';
import { provokeByMessage } from './by-message.js';
import { provokeByParent } from './by-parent.js';
import { provokeByReadOnly } from './by-read-only.js';
import { provokeByViolation } from './by-violation.js';
import { type Draft, type DraftContext, draftValid, toRequest } from './draft.js';
import { expectRefusal, expectRule } from './expect.js';
import { caseId } from './id.js';
import { prepare } from './preparation.js';
import { satisfy, scopeOf } from './satisfy.js';
import { expectSuccess, withoutGuess } from './success.js';
import { whyUnprovoked } from './why-unprovoked.js';

/** A request made to lead to an answer. */
export interface Provocation {
  readonly kind: CaseKind;
  readonly title: string;
  readonly steps: readonly Step[];
  readonly expect: Expectation;
  readonly breach?: Breached;
  readonly blockedOnService?: string;
  readonly blockedOnStandin?: string;
}

/** Makes the drafts of one operation. Each is new: what must be unique is so among all of them. */
export interface Drafts {
  readonly context: DraftContext;
  readonly valid: () => Draft;
  readonly request: (draft: Draft) => Step['request'];
}

/** Each answer that a request can really lead to, with no `Prefer`. */
export function deriveProvoked(context: DraftContext, first: Draft): { cases: ContractCase[]; gaps: Gap[] } {
  const { contract, operation } = context;
  const drafts: Drafts = {
    context,
    valid: () => draftValid(context) ?? first,
    request: (draft) => toRequest(context, draft),
  };
  const provocations = [
    ...provokeSuccess(drafts),
    ...provokeByBoundary(drafts),
    ...provokeByCredentials(drafts),
    ...provokeByViolation(drafts),
    ...provokeByReadOnly(drafts),
    ...provokeByMessage(drafts),
    ...provokeByCollection(drafts),
    ...provokeByCondition(drafts),
    ...provokeByParent(drafts),
    ...provokeByLimit(drafts),
  ].map((one) => grounded(context, one));
  const criteria = provokeByCriteria(drafts);
  const derived = unique([...provocations, ...criteria.provocations]);
  const cases = derived
    .filter(({ expect }) => expect.unsatisfied === undefined)
    .map((provocation) => toCase(context, provocation));
  const proven = new Set(cases.map(({ expect }) => expect.response));
  const unsatisfied = new Map(
    derived.flatMap(({ expect: { response, unsatisfied: why } }) =>
      why === undefined ? [] : [[response, why] as const],
    ),
  );
  const gaps = operation.responses
    .filter(({ status }) => !proven.has(status))
    .map(({ status }) => ({
      api: contract.name,
      operation: operation.id,
      status,
      why: unsatisfied.get(status) ?? criteria.unmet.get(status) ?? whyUnprovoked(operation, status),
    }));
  return { cases, gaps };
}

/** What else the path names is made first, so that nothing but the one thing is wrong. */
function grounded(context: DraftContext, provocation: Provocation): Provocation {
  const { steps, expect, breach, blockedOnService } = provocation;
  const { operation } = context;
  const [step] = steps;
  const isLone = step && steps.length === 1 && !step.request.taken?.length && step.times === undefined;
  const isFit = expect.status !== 401 && expect.status !== 404 && blockedOnService === undefined;
  const isDeclared = operation.resource && !operation.resource.isInferred;
  if (!isLone || !isFit || isDeclared || !operation.path.includes('{')) return provocation;
  const broken =
    breach?.location === 'path' ? operation.path.split('/').indexOf(`{${breach.pointer.split('/')[1]}}`) : -1;
  const draft = draftValid(context);
  const prepared = draft && prepare(context, draft);
  const taken = prepared?.taken.filter(({ segment }) => broken < 0 || segment < broken) ?? [];
  if (!prepared || taken.length === 0) return provocation;
  const before = prepared.steps.slice(0, Math.max(...taken.map((one) => one.step)) + 1);
  return { ...provocation, steps: [...before, { ...step, request: { ...step.request, taken } }] };
}

/** The valid request, by each way to authenticate. */
export function deriveSuccess(context: DraftContext, draft: Draft): ContractCase[] {
  const drafts: Drafts = { context, valid: () => draft, request: (one) => toRequest(context, one) };
  return provokeSuccess(drafts).map((provocation) => toCase(context, provocation));
}

function toCase({ contract, operation }: DraftContext, { kind, title, ...rest }: Provocation): ContractCase {
  const id = caseId(contract, operation, kind, title);
  return { id, kind, api: contract.name, operation: operation.id, title, ...rest };
}

function unique(provocations: readonly Provocation[]): Provocation[] {
  return [...new Map(provocations.map((provocation) => [provocation.title, provocation])).values()];
}

function provokeSuccess(drafts: Drafts): Provocation[] {
  const { context } = drafts;
  const { security } = context.operation;
  const isEach = security.length > 1 || security.some(({ schemes }) => schemes.length === 0);
  const valid = (draft: Draft, title: string): Provocation[] => {
    const { draft: prepared, steps, taken, hasItem } = prepare(context, draft);
    const expect = expectSuccess(context, prepared, 'created', hasItem);
    const request = { ...drafts.request(prepared), ...(taken.length > 0 && { taken }) };
    return expect
      ? [{ kind: 'positive', title, steps: [...steps, { request }], expect: withoutGuess(context, expect, taken) }]
      : [];
  };
  if (!isEach) return valid(drafts.valid(), 'a valid request');
  return security.flatMap(({ schemes }) => {
    const by = schemes.map(({ name }) => name).join(' and ') || 'no credential';
    return valid({ ...drafts.valid(), credentials: schemes }, `a valid request with ${by}`);
  });
}

/** One request more than the limit allows, all with one credential. */
function provokeByLimit(drafts: Drafts): Provocation[] {
  const { operation } = drafts.context;
  const { limit } = operation;
  if (!limit) return [];
  const expect = expectRefusal(operation, { event: 'limit.exceeded', statuses: [429], problem: 'limit-exceeded' });
  const request = drafts.request(drafts.valid());
  return expect
    ? [
        {
          kind: 'protocol',
          title: `${limit.requests + 1} requests in ${limit.seconds} s`,
          steps: [{ request, times: limit.requests }, { request }],
          expect: { ...expect, headers: ['retry-after'] },
        },
      ]
    : [];
}

/** The replies whose declared criteria a valid request can meet. */
function provokeByCriteria(drafts: Drafts): { provocations: Provocation[]; unmet: Map<string, string> } {
  const { context } = drafts;
  const unmet = new Map<string, string>();
  const provocations = context.operation.rules.flatMap((rule): Provocation[] => {
    const { when, response, example } = rule;
    if (when.event !== undefined || when.criteria.length === 0) return [];
    const draft = satisfy(context, drafts.valid(), when.criteria);
    if (!draft) {
      unmet.set(response.status, 'no request was found that meets its criteria');
      return [];
    }
    const usual = /^2/.test(response.status) ? 200 : 400;
    const expect = expectRule(rule, usual, { ...scopeOf(context, draft), resource: draft.body });
    const told =
      example === undefined ? `criteria of ${response.status}` : `criteria of ${response.status} "${example}"`;
    return [
      {
        kind: /^[45]/.test(response.status) ? 'negative' : 'positive',
        title: told,
        steps: [{ request: drafts.request(draft) }],
        expect,
      },
    ];
  });
  return { provocations, unmet };
}

/** `/contactEmail`, or for the whole `the body`. */
export const named = (keys: readonly string[]) => toPointer(keys) || 'the body';
