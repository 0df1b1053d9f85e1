import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Contract } from '../server/contract/index.js';
import { version } from '../server/package.js';
import { credentialsFor, type TestSettings } from './configuration/resolve.js';
import { ConfigurationError } from './configuration-error.js';
import { type HookModule, loadHooks, watchSecrets } from './hook-module.js';
import { emptyBaseline, outdated, readBaseline, writeBaseline } from './report/baseline.js';
import { createReport, reportCase } from './report/create-report.js';
import { type ReportFormat, reportFormats } from './report/formats/index.js';
import { createRedactor, type Redactor, type Secret } from './report/redact.js';
import type { CaseReport, RunReport } from './report/run-report.js';
import type { Outcome } from './run/run-case.js';
import { inspectTarget, startTarget } from './run/target.js';
import { lowSuffix, secretsOf } from './secrets.js';
import { deriveSuite, runSuite, type SuiteResult } from './suite.js';
import { UnreachableError } from './unreachable-error.js';

/** Told of what happens while the suite runs. */
export interface ProveListener {
  /** How many cases there are, and where they run. */
  readonly onStart?: (cases: number, url: string) => void;
  /** Ends the run; what the case at hand created is removed, and the reports are of what was run. */
  readonly signal?: AbortSignal;
  /** Each case that was run, with what is said of it where it is violated. */
  readonly onCase?: (outcome: Outcome, violated: (() => CaseReport) | undefined) => void;
}

export interface Proof {
  readonly report: RunReport;
  /** Files that were written, by format. */
  readonly files: readonly (readonly [format: string, file: string])[];
  /** For standard output. */
  readonly annotations: string;
  /** How many of the baseline's findings are no more. */
  readonly outdated: number;
  /** How many were written into the baseline, where that was asked for. */
  readonly baselined?: number;
  /** Why it fails, a line each; none where all that could be proved is. */
  readonly failures: readonly string[];
}

/**
 * Proves contracts as the settings say, and writes the reports they name.
 *
 * @throws ConfigurationError where it can't be run as it was asked for, UnreachableError where no server answers.
 */
export async function prove(
  contracts: readonly Contract[],
  settings: TestSettings,
  environment: Readonly<Record<string, string | undefined>>,
  { onStart, onCase, signal }: ProveListener = {},
): Promise<Proof> {
  const { against, baseline: baselineFile, updateBaseline, report: reports } = settings;
  const baseline = baselineFile && !updateBaseline ? readBaseline(baselineFile) : emptyBaseline;
  const hooks: HookModule = settings.hooks === undefined ? {} : await loadHooks(settings.hooks);
  const credentials = await credentialsOf(contracts, settings, environment, hooks);
  const secrets: Secret[] = secretsOf(credentials);
  const redactor = growing(secrets);
  const options = {
    ...settings.suite,
    ...credentials,
    hooks: watchSecrets(hooks, schemeHeaders(contracts), secrets),
  };
  const suite = deriveSuite(contracts, options);
  if (suite.cases.length === 0)
    throw new ConfigurationError(
      `no cases: ${settings.documents.join(', ')} document${settings.documents.length === 1 ? 's' : ''} nothing that is to be tested${settings.suite.only || settings.suite.skip ? ', with what --only and --skip leave' : ''}`,
    );
  const own = against === undefined ? await startTarget(contracts) : undefined;
  const target = own ?? (await inspectTarget(against as string, contracts));
  try {
    onStart?.(suite.cases.length, redactor().text(target.url));
    const startedAt = Date.now();
    const context = () => ({ contracts, target, redactor: redactor(), baseline });
    const result = await runSuite(suite, target, {
      ...(signal && { signal }),
      onOutcome: (outcome) =>
        onCase?.(outcome, outcome.verdict === 'violated' ? () => reportCase(outcome, context()) : undefined),
    });
    if (isDeaf(result))
      throw new UnreachableError(`${redactor().text(target.url)} answers no more: not one case had an answer`);
    const { seed } = settings.suite;
    const report = createReport(result, {
      ...context(),
      version,
      startedAt,
      isPart: settings.suite.only !== undefined || settings.suite.skip !== undefined,
      ...(seed !== undefined && { seed }),
    });
    return {
      report,
      ...writeReports(report, reports),
      outdated: outdated(baseline, report.results).length,
      // What was not run is not known to be mended.
      ...(baselineFile &&
        updateBaseline &&
        !result.incomplete && { baselined: writeBaseline(baselineFile, report.results) }),
      failures: updateBaseline ? [] : failuresOf(report, settings.failUnder),
    };
  } finally {
    await own?.close();
  }
}

function failuresOf({ summary, coverage, matrix }: RunReport, failUnder: number | undefined): string[] {
  const { violated, proved, known } = summary;
  return [
    ...(violated > 0 ? [`${violated} case${violated === 1 ? ' is' : 's are'} violated`] : []),
    ...(proved === 0 && violated + known === 0 ? ['nothing was proved'] : []),
    ...(failUnder !== undefined && matrix.length > 0 && coverage.percent < failUnder
      ? [`${coverage.percent} % of the documented statuses are proved, and --fail-under asks for ${failUnder} %`]
      : []),
  ];
}

/** Each way to give a credential, the nearest first: flag or configuration, environment, hook. */
async function credentialsOf(
  contracts: readonly Contract[],
  { auth, authLow, against }: TestSettings,
  environment: Readonly<Record<string, string | undefined>>,
  hooks: HookModule,
) {
  const schemes = [...new Set(schemesOf(contracts).map(({ name }) => name))];
  const context = { schemes, ...(against !== undefined && { against }) };
  const [fetched, fetchedLow] = [await hooks.credentials?.(context), await hooks.lowCredentials?.(context)];
  return {
    credentials: { ...fetched, ...credentialsFor(schemes, auth, environment, '') },
    lowCredentials: { ...fetchedLow, ...credentialsFor(schemes, authLow, environment, lowSuffix) },
  };
}

const schemesOf = (contracts: readonly Contract[]) =>
  contracts.flatMap(({ operations }) =>
    operations.flatMap(({ security }) => security.flatMap(({ schemes }) => schemes)),
  );

const schemeHeaders = (contracts: readonly Contract[]) =>
  new Set(
    schemesOf(contracts).flatMap(({ in: where, parameterName }) =>
      where === 'header' && parameterName ? [parameterName.toLowerCase()] : [],
    ),
  );

/** Hooks may fetch further credentials while the suite runs. */
function growing(secrets: readonly Secret[]): () => Redactor {
  let made: { readonly count: number; readonly redactor: Redactor } | undefined;
  return () => {
    if (made?.count !== secrets.length) made = { count: secrets.length, redactor: createRedactor(secrets) };
    return made.redactor;
  };
}

/** Whether a server that was there when it was looked for never answered a case. */
function isDeaf({ outcomes, incomplete }: SuiteResult): boolean {
  const ran = outcomes.filter(({ verdict }) => verdict !== 'not provokable');
  if (ran.length === 0) return incomplete?.cause === 'unreachable';
  return ran.every(({ answer, exchanges }) => answer === undefined && exchanges.length === 0);
}

function writeReports(report: RunReport, wanted: TestSettings['report']): Pick<Proof, 'files' | 'annotations'> {
  const files = Object.entries(wanted).flatMap(([format, file]) =>
    typeof file === 'string' ? [[format, file] as const] : [],
  );
  for (const [format, file] of files) {
    try {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, reportFormats[format as ReportFormat](report));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === undefined) throw error;
      throw new ConfigurationError(`${file}: the ${format} report can't be written: ${(error as Error).message}`);
    }
  }
  return { files, annotations: wanted.github ? reportFormats.github(report) : '' };
}
