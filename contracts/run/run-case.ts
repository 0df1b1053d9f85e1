import { setTimeout as sleep } from 'node:timers/promises';
import type { Contract, SecurityScheme } from '../../server/contract/index.js';
import { messageOf } from '../../server/message-of.js';
import { findResponse } from '../../server/replies/index.js';
import type { CaseRequest, ContractCase } from '../case.js';
import { UnreachableError } from '../unreachable-error.js';
import { type Answer, ask } from './answer.js';
import { askBriefly } from './ask-briefly.js';
import { removalsOf } from './clean-up.js';
import { type Exchange, fillBlanks } from './fill-blanks.js';
import { followLocation } from './follow-location.js';
import { type Finding, judge } from './judge.js';
import { judgeHead } from './judge-head.js';
import { judgeListing } from './judge-listing.js';
import { judgeMemory } from './judge-memory.js';
import { createPace } from './pace.js';
import { createReach } from './reach.js';
import { retryAfter } from './retry-after.js';
import { isSafeMethod } from './safe-method.js';
import type { Target } from './target.js';
import { failure, isDocumentedGet, lostFor, told, whyUndecided, whyUndone } from './undecided.js';
import { whyForgotten } from './why-forgotten.js';
import { withTag } from './with-tag.js';
import { withTaken } from './with-taken.js';

/** What came of a case. */
export interface Outcome {
  readonly case: ContractCase;
  /** `not provokable`: the server is not one that the case could be run on, or it has no value for a blank. */
  readonly verdict: 'proved' | 'violated' | 'not provokable';
  readonly findings: readonly Finding[];
  /** To the last step; absent where there was none. */
  readonly answer?: Answer;
  /** What was really sent, blanks filled in, and what came back, in this order. */
  readonly exchanges: readonly Exchange[];
  /** Why it is not provokable. */
  readonly why?: string;
  /** It was not run to its end: the run was stopped, or nobody was there any more. */
  readonly isCut?: boolean;
  readonly elapsedMs: number;
}

/** Of a case that is not run at all. */
export const unprovoked = (contractCase: ContractCase, why: string): Outcome => ({
  case: contractCase,
  verdict: 'not provokable',
  findings: [],
  exchanges: [],
  why,
  elapsedMs: 0,
});

/** How, and how far, cases are run. */
export interface RunnerOptions {
  readonly target: Target;
  /** See `SuiteOptions`. */
  readonly safe?: boolean;
  readonly budget?: number;
  readonly rate?: number;
  /** What is known for a security scheme, to remove with what the cases create. */
  readonly credential?: (scheme: SecurityScheme) => string | undefined;
  /** Sees each request before it is sent, and says what to send. */
  readonly onRequest?: (request: CaseRequest, contractCase: ContractCase) => CaseRequest | Promise<CaseRequest>;
  /** Once aborted, nothing more is sent but what removes again what was created. */
  readonly signal?: AbortSignal;
}

export interface Runner {
  /** Runs the steps of a case, one after the other, and judges the last answer. Never rejects, but for `onRequest`. */
  readonly runCase: (contract: Contract, contractCase: ContractCase) => Promise<Outcome>;
  /** Sends one request of a case, at its pace. */
  readonly ask: (contract: Contract, contractCase: ContractCase, request: CaseRequest) => Promise<Exchange>;
  /** Sent so far. */
  readonly requests: () => number;
  /** Why nobody can be asked any more. */
  readonly lost: () => UnreachableError | undefined;
}

/** More requests than this in one case strain a real service. */
const strainMax = 20;

/** How many equal requests are under way at a time. */
const atOnceMax = 20;

/** A 429 that is documented is not the end: this often it is asked again, and no longer than this is waited. */
const retriesMax = 3;
const waitMaxSeconds = 60;

/** Why a case can't be run on a target, or with safe methods only; `undefined` where it can. */
export function whyNot(
  contractCase: ContractCase,
  { kind: target }: Pick<Target, 'kind'>,
  safe = false,
): string | undefined {
  const { kind, steps, blocked, blockedOnService, blockedOnStandin } = contractCase;
  if (blocked !== undefined) return blocked;
  const unsafe = safe ? steps.find(({ request: { method } }) => !isSafeMethod(method)) : undefined;
  if (unsafe) return `${unsafe.request.method} is not safe, and only safe methods are sent`;
  if (target === 'standin') return blockedOnStandin;
  if (blockedOnService !== undefined) return blockedOnService;
  if (kind === 'documented') return 'a real service takes no Prefer';
  return requestsOf(steps) > strainMax ? 'it would strain a real service' : undefined;
}

/** What a case may send: its steps, and on a service the removal of what they create. */
export const mostRequestsOf = ({ steps }: ContractCase, { kind }: Pick<Target, 'kind'>) =>
  requestsOf(steps) + (kind === 'service' ? steps.filter(({ request: { method } }) => method === 'POST').length : 0);

export const whyBeyond = (budget: number) => `the budget of ${budget} requests is spent`;

const requestsOf = (steps: ContractCase['steps']) => steps.reduce((count, { times = 1 }) => count + times, 0);

/** Runs one case with no bounds. Never rejects. */
export function runCase(contract: Contract, contractCase: ContractCase, target: Target): Promise<Outcome> {
  return createRunner({ target }).runCase(contract, contractCase);
}

export function createRunner(options: RunnerOptions): Runner {
  const { target, safe = false, budget = Number.POSITIVE_INFINITY, rate, signal } = options;
  const awaitTurn = createPace(rate);
  const { reach, lost } = createReach(signal);
  let sent = 0;
  /** By cases that run at this moment. */
  let reserved = 0;

  const whyNotHere = (contractCase: ContractCase) => {
    const why = whyNot(contractCase, target, safe);
    if (why !== undefined) return why;
    return sent + reserved + requestsOf(contractCase.steps) > budget ? whyBeyond(budget) : undefined;
  };

  const askOnce = async (baseUrl: string, request: CaseRequest, isCounted = false) => {
    await awaitTurn();
    sent++;
    const isBrief = isCounted && target.kind === 'standin' && baseUrl.startsWith('http:');
    return reach(baseUrl, () =>
      isBrief ? askBriefly(baseUrl, request) : ask(baseUrl, request, { reuse: target.kind === 'standin' }),
    );
  };

  /** A documented 429 is what the API does, not what is wrong with it, unless the case is about it. */
  const askPatiently = async (
    contract: Contract,
    contractCase: ContractCase,
    baseUrl: string,
    request: CaseRequest,
    isCounted: boolean,
  ) => {
    let answer = await askOnce(baseUrl, request, isCounted);
    for (let retry = 0; retry < retriesMax && sent + reserved < budget; retry++) {
      if (answer.status !== 429 || contractCase.expect.status === 429 || target.kind === 'standin') break;
      const operation = contract.operations.find(({ id }) => id === contractCase.operation);
      const waitSeconds = retryAfter(answer);
      if (!operation || !findResponse(operation, 429) || waitSeconds > waitMaxSeconds) break;
      await sleep(waitSeconds * 1000, undefined, { ...(signal && { signal }) });
      answer = await askOnce(baseUrl, request);
    }
    return answer;
  };

  /** @param isCounted whether it matters only that it is asked */
  const exchange = async (
    contract: Contract,
    contractCase: ContractCase,
    made: CaseRequest,
    isCounted = false,
  ): Promise<Exchange> => {
    signal?.throwIfAborted();
    const baseUrl = target.baseUrlOf(contract);
    const request = options.onRequest ? await options.onRequest(made, contractCase) : made;
    const startedAt = Date.now();
    const startedMs = performance.now();
    const answer = await askPatiently(contract, contractCase, baseUrl, request, isCounted);
    return { request, answer, baseUrl, startedAt, elapsedMs: performance.now() - startedMs };
  };

  const run = async (
    contract: Contract,
    contractCase: ContractCase,
    exchanges: Exchange[],
    left: { count: number },
  ) => {
    const answers: Answer[] = [];
    const asked: CaseRequest[] = [];
    /** What is wrong, unless a stand-in said that it can't be otherwise. */
    const found = (findings: readonly Finding[], answer: Answer) => {
      const why =
        findings.length === 0
          ? undefined
          : (whyForgotten(contractCase, answers) ??
            (target.kind === 'service' ? whyUndone(asked, answers) : undefined));
      return why === undefined ? { findings, answer } : { why };
    };
    for (const { request, times = 1, blanks = [], isNeeded } of contractCase.steps) {
      const before = exchanges.at(-1);
      const filled = before ? fillBlanks(request, blanks, before) : request;
      if ('missing' in filled) {
        const { body } = contractCase.expect;
        const [answer] = answers.slice(-1);
        const said = body?.kind === 'listing' && answer ? judgeListing(body, answers, answer) : [];
        if (typeof said !== 'string' && said.length > 0 && answer) return { findings: said, answer };
        return { why: `the answer before it has no ${filled.missing}` };
      }
      const lost = target.kind === 'service' ? lostFor(filled, answers) : undefined;
      if (lost !== undefined)
        return { why: `${told(exchanges[lost] as Exchange)}, and nothing can be told without it` };
      const named = withTag(withTaken(filled, answers), answers, exchanges);
      if ('missing' in named) return { why: `the answer before it has no ${named.missing}` };
      const { located: at } = named;
      const made = at === undefined ? named : followLocation(named, asked[at], answers[at], target.baseUrlOf(contract));
      if ('missing' in made) return { why: `the answer before it has no ${made.missing}` };
      // What is asked many times is for a stand-in, and a matter of how often alone. The last is judged, and comes last.
      const atOnce = target.kind === 'standin' ? atOnceMax : 1;
      for (let time = 0, count = 0; time < times; time += count) {
        count = Math.max(1, Math.min(atOnce, times - time - 1));
        left.count -= count;
        reserved -= count;
        const isCounted = time + count < times;
        const asking = Array.from({ length: count }, () => exchange(contract, contractCase, made, isCounted));
        exchanges.push(...(await Promise.all(asking)));
      }
      const last = exchanges.at(-1);
      if (!last) continue;
      answers.push(last.answer);
      asked.push(last.request);
      const isOnTheWay = answers.length < contractCase.steps.length && !isDocumentedGet(contract, contractCase, last);
      const failed = isOnTheWay ? failure(last) : undefined;
      if (failed) return { findings: [failed], answer: last.answer };
      if (isNeeded && last.answer.status >= 400)
        return { why: `nothing can be told without what was refused: ${told(last)}` };
    }
    const [answer] = answers.slice(-1);
    if (!answer) throw new Error('the case has no step');
    const why = target.kind === 'service' ? whyUndecided(contractCase, answer) : undefined;
    if (why !== undefined) return { why };
    const { asGet } = contractCase.expect;
    if (asGet) {
      const said = judgeHead(
        answer,
        asGet.flatMap((step) => answers[step] ?? []),
      );
      return typeof said === 'string' ? { why: said } : { findings: said, answer };
    }
    const findings = await judge(contract, contractCase.operation, contractCase.expect, answer, {
      values: target.kind === 'standin',
    });
    const { body } = contractCase.expect;
    if (findings.length > 0 || !body || 'value' in body) return found(findings, answer);
    const memory =
      body.kind === 'listing'
        ? judgeListing(body, answers, answer)
        : judgeMemory(body, answers, answer, target.kind === 'standin');
    return typeof memory === 'string' ? { why: memory } : found(memory, answer);
  };

  /** What a case leaves behind on a real service is in the way of others. That it can't be removed proves nothing. */
  const cleanUp = async (contract: Contract, exchanges: readonly Exchange[]) => {
    for (const request of removalsOf(contract, exchanges, options.credential)) {
      if (sent + reserved >= budget) return;
      await askOnce(target.baseUrlOf(contract), request).catch(() => undefined);
    }
  };

  return {
    requests: () => sent,
    lost,
    ask: (contract, contractCase, request) => exchange(contract, contractCase, request),
    runCase: async (contract, contractCase) => {
      const why = whyNotHere(contractCase);
      if (why !== undefined) return unprovoked(contractCase, why);
      const startedMs = performance.now();
      const exchanges: Exchange[] = [];
      const left = { count: requestsOf(contractCase.steps) };
      reserved += left.count;
      try {
        const ran = await run(contract, contractCase, exchanges, left);
        const elapsedMs = performance.now() - startedMs;
        if (ran.why !== undefined) return { ...unprovoked(contractCase, ran.why), exchanges, elapsedMs };
        const { findings, answer } = ran;
        const verdict = findings.length === 0 ? 'proved' : 'violated';
        return { case: contractCase, verdict, findings, answer, exchanges, elapsedMs };
      } catch (error) {
        const cut = whyCut(error, signal);
        if (cut !== undefined)
          return { ...unprovoked(contractCase, cut), exchanges, isCut: true, elapsedMs: performance.now() - startedMs };
        const findings = [{ kind: 'status', message: `no answer: ${(error as Error).message}` }] as const;
        const elapsedMs = performance.now() - startedMs;
        return { case: contractCase, verdict: 'violated', findings, exchanges, elapsedMs };
      } finally {
        reserved -= left.count;
        if (target.kind === 'service' && !safe) await cleanUp(contract, exchanges);
      }
    },
  };
}

/** Why a case that failed with an error was not run to its end; `undefined` where the error is an answer to it. */
export function whyCut(error: unknown, signal?: AbortSignal): string | undefined {
  if (error instanceof UnreachableError) return error.message;
  return signal?.aborted ? whyStopped(signal) : undefined;
}

export const whyStopped = ({ reason }: AbortSignal) => messageOf(reason);
