import type { CheckFormat } from './checked-file.js';

const commands = { error: 'error', warning: 'warning', note: 'notice' } as const;

/** Workflow commands, of which GitHub makes annotations; escaped as its own toolkit does. */
export const github: CheckFormat = (files) =>
  files
    .flatMap(({ diagnostics }) => diagnostics)
    .map(({ place, severity, rule, message, advice }) => {
      const properties = Object.entries({ file: place.file, line: place.line, col: place.column, title: rule })
        .map(([name, value]) => `${name}=${escapeProperty(String(value))}`)
        .join(',');
      return `::${commands[severity]} ${properties}::${escapeData(advice ? `${message}; ${advice}` : message)}\n`;
    })
    .join('');

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
