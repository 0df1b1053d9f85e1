import type { Described, DescribedOption } from './describe.js';

export function fish(commands: readonly Described[]): string {
  const names = commands.map(({ name }) => name).join(' ');
  return `# fish completion of standin
${commands
  .map(
    ({ name, text }) =>
      `complete -c standin -n 'not __fish_seen_subcommand_from ${names}' -f -a ${name} -d ${quoted(text)}`,
  )
  .join('\n')}
${commands
  .flatMap(({ name, options, choices }) => [
    ...options.map((option) => line(name, option)),
    ...(choices
      ? [`complete -c standin -n '__fish_seen_subcommand_from ${name}' -f -a ${quoted(choices.join(' '))}`]
      : []),
  ])
  .join('\n')}
`;
}

function line(command: string, { flags, text, takesValue, choices }: DescribedOption): string {
  const given = flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
  const value = !takesValue ? '' : choices ? ` -x -a ${quoted(choices.join(' '))}` : ' -r';
  return `complete -c standin -n '__fish_seen_subcommand_from ${command}' ${given.join(' ')}${value} -d ${quoted(text)}`;
}

const quoted = (text: string) => `'${text.replace(/['\\]/g, '\\$&')}'`;
