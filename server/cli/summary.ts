import { type Contract, examineExamples } from '../contract/index.js';
import { formatDiagnostic } from '../documents/index.js';
import { version } from '../package.js';

/** More operations than this are counted, not listed. */
const listedMax = 20;

/** What is served, and where: one line an API, and its operations where they are few. */
export function summary(contracts: readonly Contract[], url: string): string {
  const several = contracts.length > 1;
  const total = contracts.reduce((sum, { operations }) => sum + operations.length, 0);
  const width = Math.max(...contracts.map(({ name }) => name.length));
  const lines = contracts.flatMap((contract) => {
    const { name, title, operations } = contract;
    const at = several ? `${url}/${name}` : url;
    const count = `${operations.length} operation${operations.length === 1 ? '' : 's'}`;
    const listed = total > listedMax ? [] : operations.map(({ method, path }) => `    ${method} ${at}${path}`);
    return [`  ${name.padEnd(width)}  ${at}  ${title}, ${count}`, ...listed];
  });
  return `standin ${version} serves ${several ? `${contracts.length} APIs` : 'one API'} at ${url}\n${lines.join('\n')}\n`;
}

/** One line for each thing to know of the document, examples included. */
export function diagnosticsOf(contract: Contract): string {
  const examined = examineExamples(contract);
  return [...contract.diagnostics, ...examined].map((diagnostic) => `${formatDiagnostic(diagnostic)}\n`).join('');
}
