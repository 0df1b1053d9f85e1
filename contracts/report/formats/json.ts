import type { RunReport } from '../run-report.js';

/** The report itself; its shape is `RunReport`. What was sent and answered is there for violated cases; the HAR has all of it. */
export function json(report: RunReport): string {
  const results = report.results.map((result) =>
    result.verdict === 'violated' ? result : { ...result, exchanges: [] },
  );
  return `${JSON.stringify({ ...report, results }, undefined, 2)}\n`;
}
