import type { Proof } from '../prove.js';
import type { Drift } from '../run/drift.js';
import { formatMatrix } from './matrix.js';
import type { RunReport } from './run-report.js';

/** What a run comes to, for people: the matrix, what could not be provoked and why, what drifts, and what was written. */
export function formatSummary({ report, files, outdated, baselined, failures }: Proof): string {
  const { summary, coverage, matrix, drift } = report;
  const share = ({ proved, documented }: { proved: number; documented: number }) => `${proved}/${documented}`;
  const lines = [
    matrix.length > rowsMax
      ? `${formatMatrix(matrix, ({ verdict }) => verdict !== 'proved')}\n(the rows that are proved are in the reports)`
      : formatMatrix(matrix),
    `${summary.requests} requests; proved: ${coverage.percent} % of the statuses, media types ${share(coverage.mediaTypes)}, examples ${share(coverage.examples)}, keywords of requests ${share(coverage.keywords)}`,
    ...reasons(report),
    ...driftLines(drift),
    ...(summary.known > 0 ? [`${summary.known} violated, but known to the baseline`] : []),
    ...(outdated > 0
      ? [
          `${outdated} of the baseline's findings ${outdated === 1 ? 'is' : 'are'} no more; --update-baseline takes them out`,
        ]
      : []),
    ...(baselined === undefined ? [] : [`baseline written: ${baselined} finding${baselined === 1 ? '' : 's'}`]),
    ...files.map(([format, file]) => `${format} report: ${file}`),
    ...failures.map((why) => `failed: ${why}`),
    ...(report.incomplete ? [formatIncomplete(report)] : []),
  ];
  return lines.join('\n');
}

/** Of a run that was stopped before its end. */
export function formatIncomplete({ incomplete, cases }: Pick<RunReport, 'incomplete' | 'cases'>): string {
  return incomplete ? `incomplete: ${incomplete.why}; ${incomplete.notRun} of ${cases} cases were not run` : '';
}

function reasons({ summary: { notProvokable, notProvokableBy } }: RunReport): string[] {
  if (notProvokable === 0) return [];
  return ['not provokable:', ...notProvokableBy.map(({ why, cases }) => `  ${String(cases).padStart(5)}  ${why}`)];
}

/** Of a longer matrix, what is proved is not listed on a terminal. */
const rowsMax = 200;

const driftMax = 20;

function driftLines(drift: readonly Drift[]): string[] {
  if (drift.length === 0) return [];
  const shown = drift
    .slice(0, driftMax)
    .flatMap(({ api, operation, status, undocumented, unobserved }) => [
      `  ${api} ${operation} ${status}`,
      ...(undocumented.length > 0 ? [`    not documented: ${undocumented.join(' ')}`] : []),
      ...(unobserved.length > 0 ? [`    never observed: ${unobserved.join(' ')}`] : []),
    ]);
  const more = drift.length - driftMax;
  return ['drift:', ...shown, ...(more > 0 ? [`  and ${more} more: the reports have all of them`] : [])];
}
