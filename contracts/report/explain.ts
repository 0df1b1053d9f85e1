import type { CaseReport } from './run-report.js';

/** A case as its reader needs it: what was wrong, where it is promised, and how to see it for oneself. */
export function explainReport(result: CaseReport): string {
  const { id, place, findings, expected, found, curl, before } = result;
  const after = before > 0 ? `   (after ${before} request${before === 1 ? '' : 's'} before it)` : '';
  return [
    id,
    ...findings.map(({ message, known }) => `  ${known ? '(known) ' : ''}${message}`),
    `  expected  ${expected}`,
    ...(found === undefined ? [] : [`  got       ${found}`]),
    `  promised  ${place.file}:${place.line}:${place.column}`,
    ...(curl === undefined ? [] : [`  request   ${curl}${after}`]),
  ].join('\n');
}
