import { type Contract, compile } from '../../server/contract/index.js';
import { DocumentError, formatDiagnostic, loadDescriptions } from '../../server/documents/index.js';
import type { Outcome } from '../run/run-case.js';
import { startTarget, type Target } from '../run/target.js';
import { deriveSuite, runSuite } from '../suite.js';
import { nothingProved, type Proof } from './proof.js';

/** Runs the suite of a document on a stand-in for it, as one or as if it were any service. */
export async function prove(file: string, kind: Target['kind'] = 'standin'): Promise<Proof> {
  let contract: Contract;
  try {
    const [description] = loadDescriptions([file]);
    if (!description) return { ...nothingProved, file, result: 'refused', why: 'no OpenAPI document' };
    contract = compile(description);
  } catch (error) {
    if (error instanceof DocumentError)
      return { ...nothingProved, file, result: 'refused', why: error.diagnostics.map(formatDiagnostic).join('\n') };
    return { ...nothingProved, file, result: 'crashed', why: (error as Error).stack ?? String(error) };
  }
  const schemes = contract.operations.flatMap(({ security }) => security.flatMap((one) => one.schemes));
  const each = (secret: string) => Object.fromEntries(schemes.map(({ name }) => [name, secret]));
  const suite = deriveSuite([contract], {
    seed: 'self-proof',
    ...(kind === 'service' && { credentials: each('standin'), lowCredentials: each('forbidden') }),
  });
  const own = await startTarget([contract]);
  const target = { ...own, kind };
  let proved = 0;
  let unshown = 0;
  const violated: { id: string; message: string }[] = [];
  const open: Record<string, number> = {};
  const { plan, requests, elapsedMs } = await runSuite(suite, target, {
    onOutcome: (outcome) => {
      if (outcome.verdict === 'proved') proved++;
      if (outcome.verdict === 'proved' && isUnshown(outcome)) unshown++;
      if (outcome.verdict === 'not provokable') count(open, outcome.why);
      if (outcome.verdict === 'violated') violated.push({ id: outcome.case.id, message: told(outcome) });
    },
  });
  await own.close(0);
  const causes: Record<string, number> = {};
  for (const { verdict, why } of plan) if (verdict === 'not provokable') count(causes, why[0]);
  const entries = (wanted: string) => plan.filter(({ verdict }) => verdict === wanted).length;
  return {
    file,
    result: 'opened',
    cases: suite.cases.length,
    proved,
    unshown,
    violated,
    casesNotProvokable: open,
    notProvokable: causes,
    statuses: plan.length,
    statusesProved: entries('proved'),
    statusesViolated: entries('violated'),
    requests,
    elapsedMs,
  };
}

const isUnshown = ({ case: { expect }, answer }: Outcome) =>
  expect.echo !== undefined && answer?.headers['standin-note'] !== undefined;

function count(causes: Record<string, number>, why = ''): void {
  causes[kindOf(why)] = (causes[kindOf(why)] ?? 0) + 1;
}

/** What it is, without what it is of. */
const kindOf = (why: string) => why.replace(/"[^"]*"/g, '…').replace(/:.*$/s, '');

const told = ({ findings, exchanges }: Outcome) => {
  const request = exchanges.at(-1)?.request;
  const sent = request ? ` [${request.method} ${request.path} ${request.body?.slice(0, 200) ?? ''}]` : '';
  return findings.map(({ message }) => message).join('; ') + sent;
};
