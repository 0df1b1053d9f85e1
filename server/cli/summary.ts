import { type Contract, examineByOperation } from '../contract/index.js';
import { type Diagnostic, formatDiagnostic } from '../documents/index.js';
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

/** Examples are examined for so long before requests get their turn, if there are any. */
const sliceMs = 10;

/** One line for each thing to know of the document, examples included. These are examined while there is nothing else to do. */
export async function diagnosticsOf(contract: Contract): Promise<string> {
  const examined: Diagnostic[] = [];
  let endMs = performance.now() + sliceMs;
  for (const found of examineByOperation(contract)) {
    examined.push(...found);
    if (performance.now() < endMs) continue;
    await leisure();
    endMs = performance.now() + sliceMs;
  }
  return [...contract.diagnostics, ...examined].map((diagnostic) => `${formatDiagnostic(diagnostic)}\n`).join('');
}

/** Busier than this, the process answers requests. */
const busy = 0.3;

/** Waits as long as the process is at work, and a moment at least. */
async function leisure(): Promise<void> {
  for (;;) {
    const before = performance.eventLoopUtilization();
    await new Promise((passed) => setTimeout(passed, sliceMs));
    if (performance.eventLoopUtilization(before).utilization < busy) return;
  }
}
