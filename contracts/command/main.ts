#!/usr/bin/env node
import { Command, CommanderError, Option } from 'commander';
import { DocumentError } from '../../server/documents/index.js';
import { ConfigurationError } from '../configuration-error.js';
import { deriveCases } from '../derive/index.js';
import { formatMatrix } from '../report/matrix.js';
import { inspectTarget } from '../run/target.js';
import { loadContracts, type Settings } from '../settings.js';
import { UnreachableError } from '../unreachable-error.js';
import { runJest } from './jest.js';

const exitCode = { proved: 0, violated: 1, misconfigured: 2, unreachable: 3 } as const;

const command = new Command('contract-test')
  .description('Prove every documented status and example, on a stand-in in this process or on a server.')
  .argument('[documents...]', 'OpenAPI documents, or folders of them', ['specs'])
  .addOption(new Option('--against <url>', 'base URL of the server to test').env('CONTRACT_BASE_URL'))
  .addOption(
    new Option('--overlay <file>', 'apply an OpenAPI Overlay to each document (repeatable)')
      .default([], 'those beside each document')
      .argParser((file, files: readonly string[]) => [...files, file]),
  )
  .addOption(new Option('--seed <text>', 'make the values in the requests the same in each run'))
  .addHelpText(
    'after',
    '\nExit codes: 0 all proved, 1 something violated, 2 the command or a document is wrong, 3 nobody answers.',
  )
  .exitOverride();

try {
  command.parse();
  const { against, overlay, seed } = command.opts<{ against?: string; overlay: string[]; seed?: string }>();
  process.exitCode = await run({
    documents: command.processedArgs[0] as string[],
    overlays: overlay,
    report: 'reports/contract.json',
    ...(against !== undefined && { against }),
    ...(seed !== undefined && { seed }),
  });
} catch (error) {
  if (error instanceof CommanderError)
    process.exitCode = error.exitCode === 0 ? exitCode.proved : exitCode.misconfigured;
  else if (error instanceof ConfigurationError || error instanceof DocumentError) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = exitCode.misconfigured;
  } else if (error instanceof UnreachableError) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = exitCode.unreachable;
  } else throw error;
}

/** What can't be tested is found before Jest starts, so that its reason stands alone. */
async function run(settings: Settings): Promise<number> {
  const contracts = loadContracts(settings);
  if (contracts.every((contract) => deriveCases(contract).cases.length === 0))
    throw new ConfigurationError(`no cases: ${settings.documents.join(', ')} document nothing that can be tested`);
  if (settings.against !== undefined) await inspectTarget(settings.against, contracts);
  const report = await runJest(settings);
  process.stdout.write(`\n${formatMatrix(report.matrix)}\nJUnit report: reports/junit.xml\n`);
  const proved = report.matrix.some(({ verdict }) => verdict === 'proved');
  if (!proved) process.stderr.write('nothing was proved\n');
  return proved && report.matrix.every(({ verdict }) => verdict !== 'violated') ? exitCode.proved : exitCode.violated;
}
