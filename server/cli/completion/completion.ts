import { Argument, Command } from 'commander';
import { bash } from './bash.js';
import { type Described, describe } from './describe.js';
import { fish } from './fish.js';
import { zsh } from './zsh.js';

const shells: Readonly<Record<string, (commands: readonly Described[]) => string>> = { bash, zsh, fish };

/** `standin completion`: a script that makes a shell complete commands, options and their values. */
export function completionCommand(commands: () => Promise<readonly Command[]>): Command {
  return new Command('completion')
    .description('write a script that makes a shell complete commands and options')
    .addArgument(new Argument('<shell>', 'which shell').choices(Object.keys(shells)))
    .addHelpText(
      'after',
      `
Examples:
  source <(standin completion bash)                          in ~/.bashrc
  source <(standin completion zsh)                           in ~/.zshrc, after compinit
  standin completion fish > ~/.config/fish/completions/standin.fish`,
    )
    .action(async (shell: string) => {
      process.stdout.write(shells[shell]?.((await commands()).map(describe)) ?? '');
    });
}
