import { explainReport } from '../explain.js';
import type { CaseReport, RunReport } from '../run-report.js';

/** Common Test Report Format, 0.0.0: JSON that test dashboards read. */
export function ctrf(report: RunReport): string {
  const start = Date.parse(report.startedAt);
  const tests = report.results.map(testOf);
  const count = (status: string) => tests.filter((test) => test.status === status).length;
  const document = {
    reportFormat: 'CTRF',
    specVersion: '0.0.0',
    timestamp: report.startedAt,
    generatedBy: `standin ${report.standin}`,
    results: {
      tool: { name: 'standin', version: report.standin },
      summary: {
        tests: tests.length,
        passed: count('passed'),
        failed: count('failed'),
        skipped: count('skipped'),
        pending: 0,
        other: count('other'),
        suites: report.apis.length,
        start,
        stop: start + Math.round(report.elapsedMs),
        extra: { coverage: report.coverage, ...(report.incomplete && { incomplete: report.incomplete }) },
      },
      tests,
      environment: { testEnvironment: report.target.url },
    },
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function testOf(result: CaseReport) {
  const { id, api, operation, verdict, known, why, findings, tags, kind, place, elapsedMs, exchanges } = result;
  const start = exchanges[0] ? Date.parse(exchanges[0].startedAt) : undefined;
  const status =
    verdict === 'proved' ? 'passed' : known ? 'other' : verdict === 'violated' ? 'failed' : ('skipped' as const);
  return {
    name: id,
    status,
    duration: Math.round(elapsedMs),
    ...(start !== undefined && { start, stop: start + Math.round(elapsedMs) }),
    suite: [api, operation],
    ...(why !== undefined && { message: why }),
    ...(verdict === 'violated' && {
      message: findings.map(({ message }) => message).join('; '),
      trace: explainReport(result),
    }),
    rawStatus: known ? 'known' : verdict,
    type: 'contract',
    tags: [kind, ...tags],
    filePath: place.file,
    line: place.line,
  };
}
