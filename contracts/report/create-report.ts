import { type Contract, essenceOf, isJson, type Operation } from '../../server/contract/index.js';
import { locate } from '../../server/documents/index.js';
import type { Answer } from '../run/answer.js';
import type { Exchange } from '../run/fill-blanks.js';
import type { Finding } from '../run/judge.js';
import type { Outcome } from '../run/run-case.js';
import type { Target } from '../run/target.js';
import type { SuiteResult } from '../suite.js';

/** What a report needs of it. */
type Ran = Pick<SuiteResult, 'outcomes' | 'gaps' | 'drift' | 'requests' | 'elapsedMs' | 'incomplete'>;

import { type Baseline, emptyBaseline } from './baseline.js';
import { coverageOf } from './coverage.js';
import { curl } from './curl.js';
import { createInputs } from './inputs.js';
import { createMatrix, type MatrixRow } from './matrix.js';
import type { Redactor } from './redact.js';
import type { CaseReport, ExchangeReport, Header, RunReport } from './run-report.js';

interface ReportContext {
  readonly contracts: readonly Contract[];
  readonly target: Target;
  readonly redactor: Redactor;
  readonly baseline?: Baseline;
}

interface ReportDetails extends ReportContext {
  /** Of standin. */
  readonly version: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly seed?: string;
  /** Whether cases were left out on purpose: what they are about counts for nothing then. */
  readonly isPart?: boolean;
}

/** All that came of a run, with nothing in it that lets anyone in. */
export function createReport(result: Ran, details: ReportDetails): RunReport {
  const { contracts, target, redactor, version, startedAt, seed, isPart = false } = details;
  const { outcomes, gaps, drift, requests, elapsedMs, incomplete } = result;
  const results = outcomes.map((outcome) => reportCase(outcome, details));
  const whole = createMatrix(contracts, outcomes, gaps);
  const matrix = isPart ? whole.filter((row) => isChosen(row, outcomes)) : whole;
  const inputs = createInputs(contracts, outcomes).filter((row) => !isPart || hasCases(row, outcomes));
  const count = (matches: (one: CaseReport) => boolean) => results.filter(matches).length;
  return {
    standin: version,
    startedAt: new Date(startedAt).toISOString(),
    elapsedMs,
    target: { kind: target.kind, url: redactor.text(target.url) },
    ...(seed !== undefined && { seed }),
    ...(incomplete && { incomplete: { ...incomplete, why: redactor.text(incomplete.why) } }),
    apis: contracts.map(({ name, title, version: apiVersion, description: { file } }) => ({
      name,
      title,
      version: apiVersion,
      file,
    })),
    cases: results.length,
    summary: {
      proved: count(({ verdict }) => verdict === 'proved'),
      violated: count(({ verdict, known }) => verdict === 'violated' && !known),
      known: count(({ known }) => known),
      notProvokable: count(({ verdict }) => verdict === 'not provokable'),
      notProvokableBy: reasons(results),
      requests,
    },
    coverage: coverageOf(matrix, inputs),
    matrix,
    inputs,
    results,
    drift,
  };
}

function isChosen(row: MatrixRow, outcomes: readonly Outcome[]): boolean {
  const { documented, provoked, why } = row;
  const counts = [documented, provoked].flatMap(({ proved, violated, notProvokable }) => [
    proved,
    violated,
    notProvokable,
  ]);
  return counts.some((count) => count > 0) || (why.length > 0 && hasCases(row, outcomes));
}

function hasCases({ api, operation }: { api: string; operation: string }, outcomes: readonly Outcome[]): boolean {
  return outcomes.some((outcome) => outcome.case.api === api && outcome.case.operation === operation);
}

/** One case, as it is told of while the run goes on, and in the end. */
export function reportCase(
  outcome: Outcome,
  { contracts, target, redactor, baseline = emptyBaseline }: ReportContext,
): CaseReport {
  const { case: of, verdict, why, elapsedMs, exchanges } = outcome;
  const contract = contracts.find(({ name }) => name === of.api) as Contract;
  const operation = contract.operations.find(({ id }) => id === of.operation) as Operation;
  const findings = outcome.findings.map(({ kind, at, message }) => ({
    kind,
    ...(at !== undefined && { at }),
    message: redactor.answered(message),
    known: baseline.has(of.id, { kind, ...(at !== undefined && { at }) }),
  }));
  const isViolated = verdict === 'violated';
  const last = exchanges.at(-1)?.request ?? of.steps.at(-1)?.request;
  const planned = of.steps.slice(0, -1).reduce((sum, { times = 1 }) => sum + times, 0);
  return {
    id: of.id,
    kind: of.kind,
    api: of.api,
    operation: of.operation,
    method: operation.method,
    path: operation.path,
    tags: operation.tags,
    title: of.title,
    expected: [of.expect.status, of.expect.mediaType].filter(Boolean).join(' '),
    ...(outcome.answer && { found: redactor.answered(foundIn(outcome.answer)) }),
    ...(of.expect.response !== undefined && { response: of.expect.response }),
    verdict,
    known: isViolated && findings.length > 0 && findings.every(({ known }) => known),
    ...(why !== undefined && { why: redactor.answered(why) }),
    findings,
    place: placeOf(contract, operation, outcome),
    ...(isViolated && last && { curl: curl(target.baseUrlOf(contract), last, redactor) }),
    before: exchanges.length > 0 ? exchanges.length - 1 : planned,
    elapsedMs: Math.round(elapsedMs * 1000) / 1000,
    exchanges: exchanges.map((exchange) => reportExchange(exchange, redactor)),
  };
}

/** The place of what was not kept: the header, the content, or the response; else the operation. */
function placeOf({ description }: Contract, operation: Operation, { case: { expect }, findings }: Outcome) {
  const response = operation.responses.find(({ status }) => status === expect.response);
  return locate(description, (response && pointerIn(response, findings[0], expect.mediaType)) ?? operation.pointer);
}

function pointerIn(
  response: Operation['responses'][number],
  finding: Finding | undefined,
  wanted: string | undefined,
): string {
  if (finding?.kind === 'header')
    return (
      response.headers.find(({ name }) => name.toLowerCase() === finding.at?.toLowerCase())?.pointer ?? response.pointer
    );
  if (finding?.kind !== 'schema' && finding?.kind !== 'value') return response.pointer;
  const essence = wanted === undefined ? undefined : essenceOf(wanted);
  const mediaType = response.content.find((one) => one.mediaType === essence) ?? response.content[0];
  return mediaType?.pointer ?? response.pointer;
}

function reasons(results: readonly CaseReport[]) {
  const counted = new Map<string, number>();
  for (const { verdict, why = '' } of results)
    if (verdict === 'not provokable') counted.set(why, (counted.get(why) ?? 0) + 1);
  return [...counted].map(([why, cases]) => ({ why, cases })).sort((a, b) => b.cases - a.cases);
}

const shownMax = 300;

function foundIn({ status, headers, body }: Answer): string {
  const type = [headers['content-type'] ?? []].flat()[0];
  const { text, encoding } = textOf(body, type);
  const shown = encoding ? `(${body.length} bytes)` : text.replace(/\s+/g, ' ').trim();
  return [status, type, shown.length > shownMax ? `${shown.slice(0, shownMax)}…` : shown].filter(Boolean).join(' ');
}

function reportExchange(
  { request, answer, baseUrl, startedAt, elapsedMs }: Exchange,
  redactor: Redactor,
): ExchangeReport {
  const { text, encoding } = textOf(answer.body, [answer.headers['content-type'] ?? []].flat()[0]);
  return {
    startedAt: new Date(startedAt).toISOString(),
    elapsedMs: Math.round(elapsedMs * 1000) / 1000,
    request: {
      method: request.method,
      url: redactor.text(`${baseUrl}${request.path}`),
      headers: Object.entries(request.headers)
        .filter(([, value]) => value !== '')
        .map(([name, value]) => ({ name, value: redactor.text(value) })),
      ...(request.body !== undefined && { body: redactor.text(request.body) }),
    },
    response: {
      status: answer.status,
      headers: Object.entries(answer.headers).flatMap(([name, values]): Header[] =>
        [values].flat().map((value) => ({ name, value: redactor.header(name, String(value)) })),
      ),
      body: encoding ? text : redactor.answered(text),
      ...(encoding && { encoding }),
      size: answer.body.length,
    },
  };
}

function textOf(body: Buffer, type: string | undefined): { readonly text: string; readonly encoding?: 'base64' } {
  const text = body.toString('utf8');
  const isText = isJson(essenceOf(type ?? '') ?? '') || !text.includes('\ufffd');
  return isText ? { text } : { text: body.toString('base64'), encoding: 'base64' };
}
