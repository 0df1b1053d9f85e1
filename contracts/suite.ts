import type { Contract, SecurityScheme } from '../server/contract/index.js';
import type { CaseKind, ContractCase, Gap } from './case.js';
import { deriveCases } from './derive/index.js';
import { type PlanEntry, planOf } from './plan.js';
import { createDriftObserver, type Drift } from './run/drift.js';
import { createRunner, type Outcome, type RunnerOptions, unprovoked, whyNot, whyStopped } from './run/run-case.js';
import type { Target } from './run/target.js';
import { deriveWorkflows, runWorkflowCase } from './workflow/workflow-case.js';

/** What to test, and how far to go. Plain data, but for the hooks. */
export interface SuiteOptions {
  /** Makes the values in the requests the same in each run. They differ by default, so that a server may be tested twice. */
  readonly seed?: string;
  /** Send no method but GET, HEAD, OPTIONS, TRACE and QUERY; by default all are sent. */
  readonly safe?: boolean;
  /** Requests to send at most; cases that would need more are not provokable. Without: no bound. */
  readonly budget?: number;
  /** Requests per second at most. Without: as fast as the server answers. */
  readonly rate?: number;
  /** Cases that run at the same time, 1 by default. Outcomes come in the order of the cases all the same. */
  readonly concurrency?: number;
  /** Only cases that this speaks of. */
  readonly only?: CaseFilter;
  /** No cases that this speaks of. */
  readonly skip?: CaseFilter;
  /** The credential to send, by the name of the security scheme: a token, a key, `user:password`. By default one that any stand-in accepts. */
  readonly credentials?: Readonly<Record<string, string>>;
  /** One that is known, but may do little, by the name of the security scheme: what proves a 403. */
  readonly lowCredentials?: Readonly<Record<string, string>>;
  readonly hooks?: SuiteHooks;
  /** Compare each answer with what is documented, property by property; by default only those of a real service. */
  readonly drift?: boolean;
  /** `false`: the Arazzo documents beside those of the contracts are left alone. */
  readonly workflows?: boolean;
  /** Values of the workflows' inputs, by their names. Without: the default, or an example. */
  readonly workflowInputs?: Readonly<Record<string, unknown>>;
}

/** A case is spoken of where each list that is given has a match for it. */
export interface CaseFilter {
  readonly operationIds?: readonly string[];
  readonly tags?: readonly string[];
  /** Path templates; `*` stands for any text. */
  readonly paths?: readonly string[];
  /** The status that is expected (`404`), a range (`4XX`), or `default`. */
  readonly statuses?: readonly string[];
  readonly kinds?: readonly CaseKind[];
  readonly ids?: readonly string[];
}

/** Code of the user around the run. */
export interface SuiteHooks {
  /** Before each case: a header to add to, or a token to renew in, each of its requests. */
  readonly request?: RunnerOptions['onRequest'];
  readonly beforeCase?: (contractCase: ContractCase) => Promise<void> | void;
  readonly afterCase?: (outcome: Outcome) => Promise<void> | void;
  /** Once, before the first case. */
  readonly setUp?: () => Promise<void> | void;
  /** Once, after the last case, whatever came of it. */
  readonly cleanUp?: () => Promise<void> | void;
}

export interface Suite {
  readonly contracts: readonly Contract[];
  /** In the order in which they run. */
  readonly cases: readonly ContractCase[];
  /** Documented statuses that no case leads to, and why. */
  readonly gaps: readonly Gap[];
  readonly options: SuiteOptions;
}

export interface SuiteListener {
  readonly onStart?: (contractCase: ContractCase, index: number) => void;
  /** In the order of the cases. */
  readonly onOutcome?: (outcome: Outcome, index: number) => void;
  /** Ends the run: what was created is removed again, as far as that goes in a few seconds, and no further case begins. */
  readonly signal?: AbortSignal;
}

/** Why a run is not a whole one. */
export interface Incomplete {
  readonly cause: 'interrupted' | 'unreachable';
  readonly why: string;
  /** How many cases were not run, or not to their end. */
  readonly notRun: number;
}

export interface SuiteResult {
  /** One for each case, in their order; of what was not run, too. */
  readonly outcomes: readonly Outcome[];
  readonly gaps: readonly Gap[];
  /** Every operation × documented status: proved, violated, or not provokable and why. */
  readonly plan: readonly PlanEntry[];
  /** What answers have and documents lack, and the other way round: no faults. */
  readonly drift: readonly Drift[];
  /** Requests sent. */
  readonly requests: number;
  readonly elapsedMs: number;
  /** Absent where each case was run. */
  readonly incomplete?: Incomplete;
}

/** The cases of the contracts that the options let through. */
export function deriveSuite(contracts: readonly Contract[], options: SuiteOptions = {}): Suite {
  const { seed, credentials, lowCredentials } = options;
  const of = (values: SuiteOptions['credentials']) => (scheme: SecurityScheme) => values?.[scheme.name];
  const derived = contracts.map((contract) => ({
    contract,
    ...deriveCases(contract, {
      ...(seed !== undefined && { seed }),
      credential: of(credentials),
      lowCredential: of(lowCredentials),
    }),
  }));
  const { only, skip } = options;
  const workflows = options.workflows === false ? [] : deriveWorkflows(contracts);
  const withWorkflows = derived.map((one) => ({
    ...one,
    cases: [...one.cases, ...workflows.filter(({ api }) => api === one.contract.name)],
  }));
  const cases = withWorkflows.flatMap(({ contract, cases: all }) =>
    only || skip
      ? all.filter((one) => (!only || isSpokenOf(only, one, contract)) && !(skip && isSpokenOf(skip, one, contract)))
      : all,
  );
  return { contracts, cases, gaps: derived.flatMap(({ gaps }) => gaps), options };
}

/** Once a run is stopped, so long its last requests are waited for, and then the hook `cleanUp`. */
const graceMs = 5000;

/**
 * Runs each case of a suite on a target, and judges the answers. Never rejects for what a server does. Where nobody answers any
 * more, or it is stopped, the cases that are left are not provokable.
 *
 * @throws what a hook throws.
 */
export async function runSuite(suite: Suite, target: Target, listener: SuiteListener = {}): Promise<SuiteResult> {
  const { cases, gaps, options } = suite;
  const { signal } = listener;
  const startedMs = performance.now();
  const run = startRun(suite, target, signal);
  const ran: Outcome[] = [];
  let told = 0;
  let next = 0;
  const work = async () => {
    while (next < cases.length && !signal?.aborted && !run.lost()) {
      const index = next++;
      const contractCase = cases[index] as ContractCase;
      listener.onStart?.(contractCase, index);
      const outcome = await run.runCase(contractCase);
      if (outcome.isCut) return;
      ran[index] = outcome;
      for (let one = ran[told]; one; one = ran[++told]) listener.onOutcome?.(one, told);
    }
  };
  await options.hooks?.setUp?.();
  try {
    await untilStopped(Promise.all(Array.from({ length: Math.max(1, options.concurrency ?? 1) }, work)), signal);
  } finally {
    await untilStopped(Promise.resolve(options.hooks?.cleanUp?.()), signal);
  }
  const incomplete = whyIncomplete(cases.filter((_, index) => !ran[index]).length, run.lost(), signal);
  const why = `not run: ${incomplete?.why}`;
  const outcomes = cases.map((one, index) => ran[index] ?? unprovoked(one, why));
  const plan = planOf(suite.contracts, outcomes, gaps);
  return {
    outcomes,
    gaps,
    plan,
    drift: run.drift(),
    requests: run.requests(),
    elapsedMs: performance.now() - startedMs,
    ...(incomplete && { incomplete }),
  };
}

/** What is asked for; once it is stopped, no longer than it is polite to wait. */
async function untilStopped(whole: Promise<unknown>, signal: AbortSignal | undefined): Promise<void> {
  if (!signal) return void (await whole);
  let timer: NodeJS.Timeout | undefined;
  let wait: (() => void) | undefined;
  const end = new Promise<void>((resolve) => {
    wait = () => {
      timer = setTimeout(resolve, graceMs);
    };
    if (signal.aborted) wait();
    else signal.addEventListener('abort', wait, { once: true });
  });
  try {
    await Promise.race([whole, end]);
  } finally {
    clearTimeout(timer);
    if (wait) signal.removeEventListener('abort', wait);
  }
}

function whyIncomplete(notRun: number, lost: Error | undefined, signal: AbortSignal | undefined) {
  if (notRun === 0) return undefined;
  if (signal?.aborted) return { cause: 'interrupted', why: whyStopped(signal), notRun } as const;
  return { cause: 'unreachable', why: lost?.message ?? 'nobody answers any more', notRun } as const;
}

/** A run whose cases somebody else calls for, as Jest does. The hooks around the whole are theirs to call. */
export interface SuiteRun {
  /** Never rejects, but for a hook. */
  readonly runCase: (contractCase: ContractCase) => Promise<Outcome>;
  readonly requests: () => number;
  readonly drift: () => readonly Drift[];
  /** Why nobody can be asked any more. */
  readonly lost: () => Error | undefined;
}

export function startRun({ contracts, options }: Suite, target: Target, signal?: AbortSignal): SuiteRun {
  const { safe, budget, rate, hooks = {}, drift = target.kind === 'service' } = options;
  const observer = createDriftObserver();
  const runner = createRunner({
    target,
    ...(safe !== undefined && { safe }),
    ...(budget !== undefined && { budget }),
    ...(rate !== undefined && { rate }),
    ...(options.credentials && { credential: ({ name }: SecurityScheme) => options.credentials?.[name] }),
    ...(hooks.request && { onRequest: hooks.request }),
    ...(signal && { signal }),
  });
  const byName = new Map(contracts.map((contract) => [contract.name, contract]));
  return {
    requests: runner.requests,
    lost: runner.lost,
    drift: observer.drifts,
    runCase: async (contractCase) => {
      const why = whyNot(contractCase, target);
      if (why !== undefined) return unprovoked(contractCase, why);
      await hooks.beforeCase?.(contractCase);
      const contract = byName.get(contractCase.api) as Contract;
      const outcome = contractCase.workflow
        ? await runWorkflowCase(runner, contracts, contractCase, options, signal)
        : await runner.runCase(contract, contractCase);
      if (drift && outcome.answer) {
        const operation = contract.operations.find(({ id }) => id === contractCase.operation);
        if (operation) observer.observe(contract, operation, outcome.answer);
      }
      await hooks.afterCase?.(outcome);
      return outcome;
    },
  };
}

function isSpokenOf(filter: CaseFilter, contractCase: ContractCase, contract: Contract): boolean {
  const { operationIds, tags, paths, statuses, kinds, ids } = filter;
  const operation = contract.operations.find(({ id }) => id === contractCase.operation);
  const has = <T>(wanted: readonly T[] | undefined, found: (one: T) => boolean) => !wanted || wanted.some(found);
  return (
    has(operationIds, (one) => one === contractCase.operation) &&
    has(tags, (one) => operation?.tags.includes(one) ?? false) &&
    has(paths, (one) => operation !== undefined && isLike(one, operation.path)) &&
    has(statuses, (one) => isStatus(one, contractCase)) &&
    has(kinds, (one) => one === contractCase.kind) &&
    has(ids, (one) => one === contractCase.id)
  );
}

function isLike(pattern: string, path: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(path);
}

function isStatus(wanted: string, { expect: { status, response } }: ContractCase): boolean {
  if (/^[1-5]XX$/i.test(wanted)) return wanted[0] === String(status)[0];
  return wanted === String(status) || wanted === response;
}
