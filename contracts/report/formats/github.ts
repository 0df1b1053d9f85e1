import type { RunReport } from '../run-report.js';
import { formatIncomplete } from '../summary.js';

/** Workflow commands, of which GitHub makes annotations: an error for each finding, a notice for those that are known. */
export function github(report: RunReport): string {
  const incomplete = report.incomplete ? `::error title=standin test::${inData(formatIncomplete(report))}\n` : '';
  const findings = report.results
    .filter(({ verdict }) => verdict === 'violated')
    .flatMap(({ place, findings, operation, title, curl }) =>
      findings.map(({ message, known }) => {
        const properties = { file: place.file, line: place.line, col: place.column, title: `${operation}: ${title}` };
        const written = Object.entries(properties).map(([name, value]) => `${name}=${inProperty(String(value))}`);
        const text = curl && !known ? `${message}\n${curl}` : message;
        return `::${known ? 'notice' : 'error'} ${written.join(',')}::${inData(text)}\n`;
      }),
    )
    .join('');
  return `${incomplete}${findings}`;
}

function inData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function inProperty(text: string): string {
  return inData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
