import { type Contract, compile, createChance, type Operation } from '../../server/contract/index.js';
import { DocumentError, formatDiagnostic, loadDescriptions } from '../../server/documents/index.js';
import { serve, serveContracts } from '../../server/index.js';
import type { ContractCase } from '../case.js';
import { deriveDocumented, deriveDocumentedPairs } from '../derive/documented.js';
import { type DraftContext, draftValid } from '../derive/draft.js';
import { draftWithoutBody } from '../derive/index.js';
import { deriveSuccess } from '../derive/provoked.js';
import { type Outcome, runCase } from '../run/run-case.js';
import type { Target } from '../run/target.js';
import { runRoundTrips } from './round-trips.js';
import { type Failure, nothingAsked, type Survey } from './survey-result.js';

/** Opens a document as a server of its own, and asks it for everything that it documents. */
export async function survey(file: string): Promise<Survey> {
  const startedMs = performance.now();
  let contract: Contract;
  try {
    const [description] = loadDescriptions([file]);
    if (!description) return { file, result: 'refused', why: 'no OpenAPI document', ...nothingAsked };
    contract = compile(description);
  } catch (error) {
    if (error instanceof DocumentError)
      return { file, result: 'refused', why: error.diagnostics.map(formatDiagnostic).join('\n'), ...nothingAsked };
    return { file, result: 'crashed', why: (error as Error).stack ?? String(error), ...nothingAsked };
  }
  const { url, close } = await serve(serveContracts([contract]), { port: 0, host: '127.0.0.1' });
  const startMs = Math.round(performance.now() - startedMs);
  const target: Target = { kind: 'standin', url, baseUrlOf: () => url };
  const asked = await askAll(contract, target);
  const remembered = await runRoundTrips(contract, target);
  await close(0);
  return { file, result: 'opened', startMs, ...asked, ...remembered };
}

async function askAll(contract: Contract, target: Target): Promise<Omit<Survey, 'file' | 'result'>> {
  const chance = createChance('survey', Date.now);
  const counts = { ...nothingAsked };
  const failures: Failure[] = [];
  const run = async (kind: Failure['kind'], cases: readonly ContractCase[]): Promise<number> => {
    let proved = 0;
    for (const one of cases) {
      const outcome = await runCase(contract, one, target);
      if (outcome.verdict === 'proved') proved++;
      else failures.push({ kind, id: one.id, message: told(outcome) });
    }
    return proved;
  };
  for (const operation of contract.operations) {
    const context: DraftContext = { contract, operation, chance };
    const anything = draftWithoutBody(context);
    const pairs = deriveDocumentedPairs(context, anything);
    counts.pairs += pairs.length;
    counts.pairsHonoured += await run('pair', pairs);
    const examples = documentedExamples(context, anything, operation);
    counts.examples += examples.length;
    counts.examplesVerbatim += await run('example', examples);
    if (!documentsSuccess(operation)) continue;
    counts.operations++;
    const draft = draftValid(context);
    const [success] = draft ? deriveSuccess(context, draft) : [];
    if (success) counts.operationsAccepted += await run('operation', [success]);
    else
      failures.push({
        kind: 'operation',
        id: `${contract.name} ${operation.id}`,
        message: 'no valid request was found',
      });
  }
  return { ...counts, failures };
}

/** Without one there is nothing to accept a request with. */
function documentsSuccess({ responses }: Operation): boolean {
  return responses.some(({ status }) => /^[23]|^default$/.test(status));
}

/** The cases of examples that somebody wrote; those made from schemas are nobody's. */
function documentedExamples(
  context: DraftContext,
  draft: Parameters<typeof deriveDocumented>[1],
  { responses }: Operation,
): ContractCase[] {
  const written = responses.map((response) => ({
    ...response,
    content: response.content.map((mediaType) => ({
      ...mediaType,
      examples: () =>
        mediaType.examples().filter(({ origin, state }) => origin === 'documented' && state.kind !== 'invalid'),
    })),
  }));
  const operation = { ...context.operation, responses: written };
  return deriveDocumented({ ...context, operation }, draft).cases.filter(({ expect: { body } }) => body !== undefined);
}

const told = ({ findings }: Outcome) => findings.map(({ message }) => message).join('; ');
