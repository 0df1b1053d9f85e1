import { type Contract, examineByOperation } from '../contract/index.js';
import { controlPath } from '../control/index.js';
import { type Diagnostic, formatDiagnostic, type Severity } from '../documents/index.js';
import { version } from '../package.js';
import { collectionsOf } from './check-formats/index.js';
import type { ControlSetup } from './control-options.js';
import type { LogFormat } from './log/request-log.js';

/** More operations than this are counted, not listed; of collections, fewer are named. */
const listedMax = 20;
const namedMax = 6;

interface SummaryOptions {
  readonly control: ControlSetup;
  readonly watch?: boolean;
  /** As they were named. */
  readonly documents: readonly string[];
}

/** Says on standard output what is served; where that has JSON lines, it has one for this, and people read on standard error. */
export function announce(log: LogFormat, contracts: readonly Contract[], url: string, options: SummaryOptions): void {
  const served = contracts.length > 1 ? `${contracts.length} APIs` : 'one API';
  const msg = `standin ${version} serves ${served} at ${url}`;
  if (log === 'json') {
    const apis = contracts.map(({ name, title, operations }) => ({ name, title, operations: operations.length }));
    process.stdout.write(`${JSON.stringify({ level: 'info', time: new Date().toISOString(), url, apis, msg })}\n`);
  }
  const stream = log === 'json' ? process.stderr : process.stdout;
  // Requests can be sent from now on; what is remembered takes a look at all operations.
  stream.write(`${msg}\n`);
  stream.write(summary(contracts, url, options));
}

/** Of each API one line, its operations where they are few, and what it remembers. */
function summary(contracts: readonly Contract[], url: string, { control, watch, documents }: SummaryOptions): string {
  const several = contracts.length > 1;
  const total = contracts.reduce((sum, { operations }) => sum + operations.length, 0);
  const width = Math.max(...contracts.map(({ name }) => name.length));
  const lines = contracts.flatMap((contract) => {
    const { name, title, operations } = contract;
    const at = several ? `${url}/${name}` : url;
    const listed = total > listedMax ? [] : operations.map(({ method, path }) => `    ${method} ${at}${path}`);
    return [
      `  ${name.padEnd(width)}  ${at}  ${title}, ${counting(operations.length, 'operation')}`,
      ...listed,
      ...remembered(contract),
    ];
  });
  const steering = control.isOn
    ? `  look and steer: ${url}${controlPath}/${control.token === undefined ? '' : ' (with the token)'}`
    : `  health: ${url}${controlPath}/health (the control API is off)`;
  return [
    ...lines,
    ...(lines.some((line) => line.startsWith('    remembers '))
      ? [`  how it remembers: standin check --state ${documents.join(' ')}`]
      : []),
    steering,
    ...(watch ? ['  watching: what changes is served at once, and what is remembered stays'] : []),
    '',
  ].join('\n');
}

/** Which collections, and whether anybody has declared them. */
function remembered(contract: Contract): string[] {
  const collections = collectionsOf(contract);
  if (collections.length === 0) return [];
  const named = (['declared', 'inferred'] as const).flatMap((origin) => {
    const names = collections.filter((known) => known.origin === origin).map(({ name }) => name);
    if (names.length === 0) return [];
    const more = names.length > namedMax ? ` and ${names.length - namedMax} more` : '';
    return [`${names.slice(0, namedMax).join(', ')}${more} (${origin})`];
  });
  return [`    remembers ${named.join('; ')}`];
}

/** Examples are examined for so long before requests get their turn, if there are any. */
const sliceMs = 10;

/** More findings than this are counted, the gravest are told. */
const toldMax = 10;

const severities: readonly Severity[] = ['error', 'warning', 'note'];

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
  return told([...contract.diagnostics, ...examined], contract.description.file);
}

function told(found: readonly Diagnostic[], file: string): string {
  const lines = (some: readonly Diagnostic[]) => some.map((diagnostic) => `${formatDiagnostic(diagnostic)}\n`).join('');
  if (found.length <= toldMax) return lines(found);
  const of = (severity: Severity) => found.filter((diagnostic) => diagnostic.severity === severity);
  const gravest = severities.flatMap(of).slice(0, toldMax);
  const counts = severities.flatMap((severity) => {
    const { length } = of(severity);
    return length === 0 ? [] : [counting(length, severity)];
  });
  return `${lines(gravest)}${file}: ${counts.join(', ')}, of which ${toldMax} are above; all: standin check ${file}\n`;
}

const counting = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;

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
