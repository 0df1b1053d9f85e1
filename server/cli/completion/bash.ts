import type { Described } from './describe.js';

/** Works in Bash 3.2 (macOS) and newer, without bash-completion. */
export function bash(commands: readonly Described[]): string {
  const values = (command: Described) =>
    command.options
      .filter(({ takesValue }) => takesValue)
      .map(({ flags, choices }) => {
        const pattern = flags.map((flag) => `${command.name}:${flag}`).join('|');
        return `    ${pattern}) ${choices ? words(choices) : 'COMPREPLY=($(compgen -f -- "$word"))'}; return ;;`;
      });
  const flags = (command: Described) =>
    `    ${command.name}) ${words(command.options.flatMap((option) => option.flags))} ;;`;
  const choices = commands.flatMap((command) =>
    command.choices ? [`    ${command.name}) ${words(command.choices)}; return ;;`] : [],
  );
  return `# bash completion of standin
_standin() {
  local word="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" command="\${COMP_WORDS[1]}"
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    ${words([...commands.map(({ name }) => name), '--help', '--version'])}
    return
  fi
  case "$command:$previous" in
${commands.flatMap(values).join('\n')}
  esac
  case "$word" in
  -*)
    case "$command" in
${commands.map(flags).join('\n')}
    esac
    return ;;
  esac
  case "$command" in
${choices.join('\n')}
  esac
  COMPREPLY=($(compgen -f -- "$word"))
}
complete -o filenames -F _standin standin
`;
}

const words = (list: readonly string[]) => `COMPREPLY=($(compgen -W '${list.join(' ')}' -- "$word"))`;
