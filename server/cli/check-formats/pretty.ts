import { styleText } from 'node:util';
import { exampleClasses } from '../../contract/check/index.js';
import { formatPlace, type Severity } from '../../documents/index.js';
import type { CheckedFile, CheckFormat } from './checked-file.js';

const colourOf = { error: 'red', warning: 'yellow', note: 'cyan' } as const;
const severities = ['error', 'warning', 'note'] as const;

/** One line for each finding, and one for each document. */
export const pretty: CheckFormat = (files, { colours }) => {
  const paint = (style: 'bold' | 'dim' | 'red' | 'yellow' | 'cyan', text: string) =>
    colours ? styleText(style, text, { validateStream: false }) : text;
  const lines = files.flatMap((file) => [
    ...file.diagnostics.map(({ place, severity, message, advice, rule }) =>
      [
        formatPlace(place),
        paint(colourOf[severity], severity),
        `${message}${advice ? `; ${paint('dim', advice)}` : ''}`,
        paint('dim', `[${rule}]`),
      ].join(' '),
    ),
    `${paint('bold', file.file)}: ${findings([file])}${file.readable ? `; ${examples([file])}` : '; it could not be read'}`,
  ]);
  if (files.length > 1)
    lines.push(`${paint('bold', `${files.length} documents`)}: ${findings(files)}; ${examples(files)}`);
  return `${lines.join('\n')}\n`;
};

function findings(files: readonly CheckedFile[]): string {
  const of = (severity: Severity) =>
    files.reduce((sum, { diagnostics }) => sum + diagnostics.filter((found) => found.severity === severity).length, 0);
  const counted = severities.flatMap((severity) => (of(severity) > 0 ? [counting(of(severity), severity)] : []));
  return counted.length > 0 ? counted.join(', ') : 'nothing is wrong';
}

function examples(files: readonly CheckedFile[]): string {
  const of = (name: (typeof exampleClasses)[number]) => files.reduce((sum, file) => sum + file.examples[name], 0);
  const total = exampleClasses.reduce((sum, name) => sum + of(name), 0);
  if (total === 0) return 'no examples';
  const counted = exampleClasses.flatMap((name) => (of(name) > 0 ? [`${of(name)} ${name}`] : []));
  return `${counting(total, 'example')}: ${counted.join(', ')}`;
}

const counting = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;
