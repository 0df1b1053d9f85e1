import type { Command } from 'commander';

/** A command, as far as a shell has to know it. */
export interface Described {
  readonly name: string;
  readonly text: string;
  readonly options: readonly DescribedOption[];
  /** What its arguments may be; absent: files. */
  readonly choices: readonly string[] | undefined;
}

export interface DescribedOption {
  /** `--port`, `-p` */
  readonly flags: readonly string[];
  readonly text: string;
  readonly takesValue: boolean;
  /** What its value may be; absent: anything, perhaps a file. */
  readonly choices: readonly string[] | undefined;
}

export function describe(command: Command): Described {
  const options = command.createHelp().visibleOptions(command);
  return {
    name: command.name(),
    text: command.summary() || command.description(),
    options: options.map(({ long, short, description, required, optional, argChoices }) => ({
      flags: [long, short].filter((flag) => flag !== undefined && flag !== null),
      text: description,
      takesValue: required || optional,
      choices: argChoices,
    })),
    choices: command.registeredArguments.find(({ argChoices }) => argChoices)?.argChoices,
  };
}
