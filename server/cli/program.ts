import { Command, CommanderError } from 'commander';
import { version } from '../package.js';
import { exitCode, Failure } from './exit.js';

/** Only the one that was asked for is loaded; all of them where the help speaks of them. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  mock: async () => (await import('./mock.js')).mockCommand(),
  test: async () => (await import('./test.js')).testCommand(),
  types: async () => (await import('./types.js')).typesCommand(),
  check: async () => (await import('./check.js')).checkCommand(),
  init: async () => (await import('./init/init.js')).initCommand(),
  completion: async () => (await import('./completion/completion.js')).completionCommand(allCommands),
};

/** The command line: what `standin` is asked for, done. Never rejects; sets the exit code. */
export async function run(): Promise<void> {
  const named = process.argv[2] ?? '';
  const wanted = Object.hasOwn(commands, named) ? [named] : Object.keys(commands);

  const program = new Command('standin')
    .description('A stand-in for web APIs, made from their OpenAPI documents.')
    .version(version)
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .addHelpText(
      'after',
      `
Examples:
  standin mock openapi.yaml                                serves it at http://localhost:4010
  standin check openapi.yaml                               says what is wrong with it
  standin test openapi.yaml --against http://localhost:3000
  standin COMMAND --help                                   its options, and more examples

Exit codes: 0 all went well, 1 something failed, 2 the command or a document is wrong.`,
    );
  for (const name of wanted)
    program.addCommand(
      (await commands[name]?.())
        ?.exitOverride()
        .copyInheritedSettings(program)
        .showHelpAfterError(`(standin ${name} --help has options and examples)`) as Command,
    );

  try {
    if (process.argv.length > 2) await program.parseAsync();
    else process.stdout.write((await import('./introduction.js')).introduction(await allCommands()));
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? exitCode.good : exitCode.misused;
    else {
      const failure = Failure.of(error);
      process.stderr.write(`${failure.message}\n`);
      process.exitCode = failure.exitCode;
    }
  }
}

async function allCommands(): Promise<readonly Command[]> {
  return Promise.all(Object.values(commands).map((load) => load()));
}
