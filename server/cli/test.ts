import { constants } from 'node:os';
import { Command, Option } from 'commander';
import {
  ConfigurationError,
  configurableOptions,
  configurationEndings,
  createProgress,
  explainReport,
  findConfiguration,
  formatSummary,
  loadConfiguration,
  prove,
  resolveSettings,
  type TestSettings,
  UnreachableError,
} from '../../contracts/index.js';
import { compileAll } from '../contract/index.js';
import { loadDescriptions } from '../documents/index.js';
import { documentsHelp, loading } from './document-options.js';
import { exitCode, Failure } from './exit.js';

/** `standin test`: proves that a server, or a stand-in of its own, honours documents. */
export function testCommand(): Command {
  const command = new Command('test')
    .description('prove every documented status and example, on a server or a stand-in (docs/contract-tests.md)')
    .argument('[documents...]', documentsHelp)
    .addOption(
      new Option(
        '-c, --config <file>',
        `configuration; by default standin.config.{${configurationEndings.join(',')}}`,
      ).env('STANDIN_CONFIG'),
    );
  for (const { key, flags, description, env, reads } of configurableOptions) {
    if (reads === 'truth') {
      command.addOption(new Option(flags, `${description} (env: ${env})`));
      command.addOption(new Option(flags.replace('--', '--no-'), `not ${key}`).hideHelp());
    } else
      command.addOption(
        new Option(flags, `${description} (env: ${env})`).argParser((text, texts: readonly string[] = []) => [
          ...texts,
          text,
        ]),
      );
  }
  return command
    .addHelpText(
      'after',
      '\nExamples:' +
        '\n  standin test openapi.yaml                                  that all it documents can be kept, by a stand-in' +
        '\n  standin test openapi.yaml --against http://localhost:3000 --auth bearerAuth=$TOKEN' +
        '\n  standin test openapi.yaml --against https://staging.example.com --safe --rate 10' +
        '\n  standin test --only createUser --report junit=reports/junit.xml,html=reports/contract.html\n' +
        '\nWhat a flag says counts before the environment, and that before the configuration (docs/configuration.md).' +
        '\nExit codes: 0 proved, 1 findings, 2 the command, the configuration or a document is wrong, 3 nobody answers at the URL.',
    )
    .action(async (documents: readonly string[]) => {
      try {
        await test(await settingsOf(documents, command));
      } catch (error) {
        if (error instanceof ConfigurationError) throw new Failure(error.message, exitCode.misused);
        if (error instanceof UnreachableError) throw new Failure(error.message, exitCode.unreachable);
        throw error;
      }
    });
}

async function settingsOf(documents: readonly string[], command: Command): Promise<TestSettings> {
  const { config, ...options } = command.opts<Record<string, unknown>>();
  const file = (config as string | undefined) ?? findConfiguration('.');
  const flags: Record<string, readonly string[]> = {};
  for (const { key, flags: written } of configurableOptions) {
    const value = options[new Option(written).attributeName()];
    if (value !== undefined) flags[key] = typeof value === 'boolean' ? [String(value)] : (value as readonly string[]);
  }
  return resolveSettings({
    documents,
    flags,
    environment: process.env,
    ...(file !== undefined && { configuration: { file, value: await loadConfiguration(file) } }),
  });
}

async function test(settings: TestSettings): Promise<void> {
  const { documents, overlays, allowOutside, allowRemote } = settings;
  if (documents.length === 0)
    throw new ConfigurationError('name the documents to test: standin test openapi.yaml [--against URL]');
  const reading = await loading(documents, { overlay: overlays, allowOutside, allowRemote });
  const contracts = compileAll(loadDescriptions(documents, reading));
  let progress: ReturnType<typeof createProgress> | undefined;
  const { signal, code } = interruption(() => progress?.clear());
  const proof = await prove(contracts, settings, process.env, {
    signal,
    onStart: (cases, url) => {
      process.stderr.write(`${cases} cases at ${url}\n`);
      progress = createProgress(process.stderr, cases);
    },
    onCase: (outcome, violated) => {
      const result = violated?.();
      if (result && !result.known) {
        progress?.clear();
        process.stdout.write(`${explainReport(result)}\n\n`);
      }
      progress?.tell(outcome);
    },
  });
  progress?.end();
  const { incomplete } = proof.report;
  const summary = `${formatSummary(proof)}\n${proof.annotations}`;
  const failed = proof.failures.length > 0 ? exitCode.failed : exitCode.good;
  process.exitCode = code() ?? (incomplete ? exitCode.unreachable : failed);
  // What is open still is of a server that takes its time.
  process.stdout.write(summary, () => incomplete && process.exit());
}

/** The first signal ends the run, with reports of what was run; a second one doesn't wait. */
function interruption(tell: () => void): { readonly signal: AbortSignal; readonly code: () => number | undefined } {
  const controller = new AbortController();
  let code: number | undefined;
  for (const name of ['SIGTERM', 'SIGINT'] as const) {
    process.on(name, () => {
      if (code !== undefined) process.exit(code);
      code = exitCode.signalled + constants.signals[name];
      tell();
      process.stderr.write(`${name}: removing what was created, then reporting; once more to end at once\n`);
      controller.abort(new Error(`interrupted by ${name}`));
    });
  }
  return { signal: controller.signal, code: () => code };
}
