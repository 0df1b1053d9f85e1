import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Contract } from '../server/contract/index.js';
import { type DeriveOptions, deriveCases } from './derive/index.js';
import { createMatrix } from './report/matrix.js';
import type { Report } from './report/report.js';
import { explain, type Outcome, runCase, whyNot } from './run/run-case.js';
import { startTarget, type Target } from './run/target.js';
import { loadContracts } from './settings.js';

export interface DescribeOptions extends DeriveOptions {
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
  readonly test: ((name: string, run: () => Promise<void>, timeoutMs?: number) => void) & {
    readonly skip: (name: string, run: () => void) => void;
  };
  readonly beforeAll: (run: () => Promise<void>) => void;
  readonly afterAll: (run: () => Promise<void>) => void;
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
  const derived = contracts.map((contract) => ({ contract, ...deriveCases(contract, options) }));
  if (derived.every(({ cases }) => cases.length === 0))
    throw new Error(`no cases: ${options.documents.join(', ')} document nothing to test`);
  const outcomes: Outcome[] = [];
  const clock = { elapsedMs: 0 };
  let own: Awaited<ReturnType<typeof startTarget>> | undefined;

  beforeAll(async () => {
    if (!options.target) own = await startTarget(contracts);
  });
  afterAll(async () => {
    await own?.close();
    if (options.report)
      writeReport(
        options.report,
        contracts,
        outcomes,
        clock.elapsedMs,
        derived.flatMap(({ gaps }) => gaps),
      );
  });

  for (const { contract, cases } of derived) {
    describe(contract.name, () => {
      for (const contractCase of cases) {
        const why = options.target ? whyNot(contractCase, options.target) : contractCase.blocked;
        if (why !== undefined) {
          outcomes.push({
            case: contractCase,
            verdict: 'not provokable',
            findings: [],
            exchanges: [],
            why,
            elapsedMs: 0,
          });
          test.skip(`${contractCase.id} (not provokable: ${why})`, () => undefined);
          continue;
        }
        test(
          contractCase.id,
          () => prove(contract, contractCase, (options.target ?? own) as Target, outcomes, clock),
          patienceMs,
        );
      }
    });
  }
}

async function prove(
  contract: Contract,
  contractCase: Outcome['case'],
  target: Target,
  outcomes: Outcome[],
  clock: { elapsedMs: number },
): Promise<void> {
  const startedMs = performance.now();
  const outcome = await runCase(contract, contractCase, target);
  clock.elapsedMs += performance.now() - startedMs;
  outcomes.push(outcome);
  if (outcome.verdict === 'violated') throw withoutStack(new Error(explain(outcome, target.baseUrlOf(contract))));
}

/** Where the suite noticed is of no use to its reader, and Jest would print the lines around. */
function withoutStack(error: Error): Error {
  error.stack = error.message;
  return error;
}

function writeReport(
  file: string,
  contracts: readonly Contract[],
  outcomes: readonly Outcome[],
  elapsedMs: number,
  gaps: Parameters<typeof createMatrix>[2],
): void {
  const report: Report = { matrix: createMatrix(contracts, outcomes, gaps), cases: outcomes.length, elapsedMs };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(report, undefined, 2)}\n`);
}
