import type { Described, DescribedOption } from './describe.js';

/** For the completion system of Zsh: to be sourced after \`compinit\`, or kept as \`_standin\` in a folder of \`fpath\`. */
export function zsh(commands: readonly Described[]): string {
  const named = commands.map(({ name, text }) => `    ${quoted(`${name}:${text.replaceAll(':', '\\:')}`)}`);
  const cases = commands.map(
    ({ name, options, choices }) => `    ${name})
      _arguments -s ${[...options.flatMap(specs), choices ? quoted(`1:value:(${choices.join(' ')})`) : quoted('*:file:_files')].join(' \\\n        ')} ;;`,
  );
  return `#compdef standin
_standin() {
  local -a commands
  commands=(
${named.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${cases.join('\n')}
  esac
}
if [ "$funcstack[1]" = _standin ]; then _standin "$@"; else compdef _standin standin; fi
`;
}

function specs({ flags, text, takesValue, choices }: DescribedOption): string[] {
  const value = takesValue ? `:value:${choices ? `(${choices.join(' ')})` : '_files'}` : '';
  return flags.map((flag) => quoted(`*${flag}[${text.replace(/[[\]:\\]/g, '\\$&')}]${value}`));
}

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
