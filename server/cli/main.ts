#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { version } from '../package.js';
import { checkCommand } from './check.js';
import { exitCode, Failure } from './exit.js';
import { mockCommand } from './mock.js';

const program = new Command('standin')
  .description('A stand-in for web APIs, made from their OpenAPI documents.')
  .version(version)
  .exitOverride()
  .configureHelp({ showGlobalOptions: true })
  .addHelpText('after', '\nExit codes: 0 all went well, 1 something failed, 2 the command or a document is wrong.');
for (const command of [mockCommand(), checkCommand()])
  program.addCommand(command.exitOverride().copyInheritedSettings(program));

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? exitCode.good : exitCode.misused;
  else {
    const failure = Failure.of(error);
    process.stderr.write(`${failure.message}\n`);
    process.exitCode = failure.exitCode;
  }
}
