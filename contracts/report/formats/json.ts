import type { RunReport } from '../run-report.js';

/** The report itself; its shape is `RunReport`. */
export function json(report: RunReport): string {
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
