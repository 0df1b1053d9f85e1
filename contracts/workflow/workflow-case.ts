import type { Contract } from '../../server/contract/index.js';
import type { ContractCase } from '../case.js';
import type { Exchange } from '../run/fill-blanks.js';
import { type Outcome, type Runner, whyCut } from '../run/run-case.js';
import type { SuiteOptions } from '../suite.js';
import { findArazzo, nameOf } from './arazzo.js';
import { operationOf } from './operation-of.js';
import { runWorkflow } from './run-workflow.js';

/** A case for each workflow of the Arazzo documents beside those of the contracts. */
export function deriveWorkflows(contracts: readonly Contract[]): ContractCase[] {
  return findArazzo(contracts).flatMap((arazzo) =>
    arazzo.workflows.map(({ workflowId, steps }): ContractCase => {
      const found = steps.flatMap((step) =>
        step.workflowId === undefined ? [operationOf(arazzo, step, contracts)] : [],
      );
      const blocked = found.find((one) => typeof one === 'string');
      const first = found.find((one) => typeof one === 'object');
      const api = first?.contract.name ?? contracts[0]?.name ?? '';
      return {
        id: `${nameOf(arazzo)} ${workflowId} · workflow`,
        kind: 'workflow',
        api,
        operation: first?.operation.id ?? '',
        title: workflowId,
        workflow: { arazzo, workflowId },
        steps: [],
        // The criteria of its steps are what is expected.
        expect: { status: 200, headers: [] },
        ...(blocked !== undefined && { blocked }),
      };
    }),
  );
}

/** Never rejects, but for `onRequest`. */
export async function runWorkflowCase(
  runner: Runner,
  contracts: readonly Contract[],
  contractCase: ContractCase,
  { credentials, seed, workflowInputs }: Pick<SuiteOptions, 'credentials' | 'seed' | 'workflowInputs'>,
  signal?: AbortSignal,
): Promise<Outcome> {
  const { arazzo, workflowId } = contractCase.workflow as NonNullable<ContractCase['workflow']>;
  const workflow = arazzo.workflows.find((one) => one.workflowId === workflowId);
  if (!workflow) throw new Error(`${arazzo.file} has no workflow ${workflowId}`);
  const exchanges: Exchange[] = [];
  const startedMs = performance.now();
  const about = () => {
    const answer = exchanges.at(-1)?.answer;
    return { case: contractCase, exchanges, elapsedMs: performance.now() - startedMs, ...(answer && { answer }) };
  };
  try {
    const came = await runWorkflow(
      {
        arazzo,
        contracts,
        credential: ({ name }) => credentials?.[name],
        ...(seed !== undefined && { seed }),
        ...(workflowInputs && { inputs: workflowInputs }),
        ask: async (contract, request) => {
          const exchange = await runner.ask(contract, contractCase, request);
          exchanges.push(exchange);
          return exchange;
        },
      },
      workflow,
    );
    if ('why' in came) return { ...about(), verdict: 'not provokable', findings: [], why: came.why };
    return { ...about(), verdict: came.findings.length === 0 ? 'proved' : 'violated', findings: came.findings };
  } catch (error) {
    const why = whyCut(error, signal);
    if (why !== undefined) return { ...about(), verdict: 'not provokable', findings: [], why, isCut: true };
    const findings = [{ kind: 'status', message: `no answer: ${(error as Error).message}` }] as const;
    return { ...about(), verdict: 'violated', findings };
  }
}
