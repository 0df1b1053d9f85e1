import { ConfigurationError } from '../configuration-error.js';
import { reportFormats } from '../report/formats/index.js';
import type { FilterConfiguration } from './configuration.js';
import { type ConfigurableOption, filterKeys } from './options.js';

/**
 * Reads what flags or the environment say of an option, to what a configuration would say.
 *
 * @param texts one, or for what is repeatable all of them.
 * @throws Error that says what was expected.
 */
export function readTexts({ reads, schema }: ConfigurableOption, texts: readonly string[]): unknown {
  const last = texts.at(-1) ?? '';
  switch (reads) {
    case 'text':
      return last;
    case 'truth':
      return readTruth(last);
    case 'number':
      return readNumber(last, schema);
    case 'list':
      return texts;
    case 'pairs':
      return Object.fromEntries(texts.map((text) => readPair(text, 'SCHEME=VALUE, such as bearerAuth=secret')));
    case 'filter':
      return readFilter(texts.flatMap(splitList));
    case 'reports':
      return Object.fromEntries(texts.flatMap(splitList).map(readReport));
  }
}

/** Of the environment: options that may be given several times have commas between. */
export function readEnvironment(option: ConfigurableOption, text: string): unknown {
  return readTexts(option, option.reads === 'list' || option.reads === 'pairs' ? splitList(text) : [text]);
}

function splitList(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function readTruth(text: string): boolean {
  if (/^(?:|1|true|yes|on)$/i.test(text)) return true;
  if (/^(?:0|false|no|off)$/i.test(text)) return false;
  throw new ConfigurationError(`expected true or false, found "${text}"`);
}

function readNumber(text: string, schema: ConfigurableOption['schema']): number {
  const { type, minimum, exclusiveMinimum, maximum } = schema as Record<string, number | string | undefined>;
  const value = text.trim() === '' ? Number.NaN : Number(text.replace(/%$/, ''));
  const fits =
    Number.isFinite(value) &&
    (type !== 'integer' || Number.isInteger(value)) &&
    (minimum === undefined || value >= Number(minimum)) &&
    (exclusiveMinimum === undefined || value > Number(exclusiveMinimum)) &&
    (maximum === undefined || value <= Number(maximum));
  if (fits) return value;
  const bounds = [
    minimum !== undefined && `at least ${minimum}`,
    exclusiveMinimum !== undefined && `above ${exclusiveMinimum}`,
    maximum !== undefined && `at most ${maximum}`,
  ].filter(Boolean);
  throw new ConfigurationError(
    `expected a${type === 'integer' ? ' whole' : ''} number ${bounds.join(' and ')}, found "${text}"`,
  );
}

/** Nothing of the text is told: it may be a credential. */
function readPair(text: string, expected: string): [string, string] {
  const at = text.indexOf('=');
  if (at < 1) throw new ConfigurationError(`expected ${expected}`);
  return [text.slice(0, at), text.slice(at + 1)];
}

function readFilter(texts: readonly string[]): FilterConfiguration {
  const filter: Record<string, string[]> = {};
  for (const text of texts) {
    const [, name = 'operationId', value = ''] = /^(?:([A-Za-z]+)=)?(.+)$/s.exec(text) ?? [];
    if (!Object.hasOwn(filterKeys, name))
      throw new ConfigurationError(
        `"${name}" is nothing to choose cases by; expected ${Object.keys(filterKeys).join(', ')}`,
      );
    filter[name] = [...(filter[name] ?? []), value];
  }
  return filter;
}

function readReport(text: string): [string, string | true] {
  const [name = '', ...rest] = text.split('=');
  const file = rest.join('=');
  if (!Object.hasOwn(reportFormats, name))
    throw new ConfigurationError(`there is no report "${name}"; expected ${Object.keys(reportFormats).join(', ')}`);
  if (name === 'github') return [name, true];
  if (file === '') throw new ConfigurationError(`expected a file for the report: ${name}=FILE`);
  return [name, file];
}
