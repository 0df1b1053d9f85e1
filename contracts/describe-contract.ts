import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { version } from '../server/package.js';
import type { ContractCase } from './case.js';
import { createReport, reportCase } from './report/create-report.js';
import { explainReport } from './report/explain.js';
import { json } from './report/formats/json.js';
import { createRedactor } from './report/redact.js';
import { mostRequestsOf, type Outcome, unprovoked, whyBeyond, whyNot } from './run/run-case.js';
import { startTarget, type Target } from './run/target.js';
import { secretsOf } from './secrets.js';
import { loadContracts } from './settings.js';
import { deriveSuite, type SuiteOptions, type SuiteRun, startRun } from './suite.js';

export interface DescribeOptions extends SuiteOptions {
  /** OpenAPI documents, or folders of them. */
  readonly documents: readonly string[];
  /** Overlay files for each document, after the `*.overlay.yaml` beside it. */
  readonly overlays?: readonly string[];
  /** What to run the cases on (see `inspectTarget`); by default a stand-in in this process. */
  readonly target?: Target;
  /** File to write the report to, as JSON. */
  readonly report?: string;
}

/** As Jest and its like provide them. */
interface TestFramework {
  readonly describe: (name: string, define: () => void) => void;
  readonly test: ((
    name: string,
    run: (...context: readonly TestContext[]) => Promise<void>,
    timeoutMs?: number,
  ) => void) & {
    readonly skip: (name: string, run: () => void) => void;
  };
  readonly beforeAll: (run: () => Promise<void>) => void;
  readonly afterAll: (run: () => Promise<void>) => void;
}

/** Of frameworks that let a test say that it is skipped while it runs. */
interface TestContext {
  readonly skip?: (why: string) => void;
}

/** How long one case may take, all its steps together. */
const patienceMs = 60_000;

/**
 * Defines a test for each case of the documents' contracts, with the test framework's global functions.
 *
 * @throws DocumentError where a document can't be read, Error where no case can be derived.
 */
export function describeContract(options: DescribeOptions): void {
  const { describe, test, beforeAll, afterAll } = globalThis as unknown as TestFramework;
  const contracts = loadContracts({ overlays: [], ...options });
  const suite = deriveSuite(contracts, options);
  if (suite.cases.length === 0) throw new Error(`no cases: ${options.documents.join(', ')} document nothing to test`);
  const redactor = createRedactor(secretsOf(options));
  const startedAt = Date.now();
  const outcomes: Outcome[] = [];
  let own: Awaited<ReturnType<typeof startTarget>> | undefined;
  let run: SuiteRun | undefined;
  const target = () => options.target ?? (own as Target);

  beforeAll(async () => {
    if (!options.target) own = await startTarget(contracts);
    run = startRun(suite, target());
    await options.hooks?.setUp?.();
  });
  afterAll(async () => {
    await options.hooks?.cleanUp?.();
    await own?.close();
    if (!options.report) return;
    const elapsedMs = outcomes.reduce((sum, outcome) => sum + outcome.elapsedMs, 0);
    const result = { outcomes, gaps: suite.gaps, drift: run?.drift() ?? [], requests: run?.requests() ?? 0, elapsedMs };
    const { seed } = options;
    const details = { contracts, target: target(), redactor, version, startedAt, ...(seed !== undefined && { seed }) };
    mkdirSync(dirname(options.report), { recursive: true });
    writeFileSync(options.report, json(createReport(result, details)));
  });

  const expected = options.target ?? { kind: 'standin' as const };
  const whySkipped = createSkips(options, expected);
  for (const contract of contracts) {
    describe(contract.name, () => {
      for (const contractCase of suite.cases.filter(({ api }) => api === contract.name)) {
        const why = whySkipped(contractCase);
        if (why !== undefined) {
          outcomes.push(unprovoked(contractCase, why));
          test.skip(`${contractCase.id} (not provokable: ${why})`, () => undefined);
          continue;
        }
        const prove = async (...[context]: readonly TestContext[]) => {
          const outcome = await (run as SuiteRun).runCase(contractCase);
          outcomes.push(outcome);
          const { verdict, why: open = '', isCut } = outcome;
          if (isCut) throw withoutStack(new Error(open));
          if (verdict === 'not provokable') context?.skip?.(`not provokable: ${open}`);
          if (verdict !== 'violated') return;
          throw withoutStack(new Error(explainReport(reportCase(outcome, { contracts, target: target(), redactor }))));
        };
        test(contractCase.id, prove, patienceMs);
      }
    });
  }
}

/**
 * Why a case is skipped, as far as that is known before it runs. Whoever defines tests asks it of each case in their order: of a
 * budget, a case is counted with all it may send, so that none is begun that would go beyond.
 */
function createSkips({ safe, budget }: SuiteOptions, target: Pick<Target, 'kind'>) {
  let planned = 0;
  return (contractCase: ContractCase): string | undefined => {
    const why = whyNot(contractCase, target, safe);
    if (why !== undefined || budget === undefined) return why;
    const most = mostRequestsOf(contractCase, target);
    if (planned + most > budget) return whyBeyond(budget);
    planned += most;
    return undefined;
  };
}

/** Where the suite noticed is of no use to its reader, and Jest would print the lines around. */
function withoutStack(error: Error): Error {
  error.stack = error.message;
  return error;
}
