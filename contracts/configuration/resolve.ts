import { dirname, isAbsolute, join, relative } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { ConfigurationError } from '../configuration-error.js';
import { type lowSuffix, variableOf } from '../secrets.js';
import type { CaseFilter, SuiteOptions } from '../suite.js';
import type { Configuration, FilterConfiguration, ReportConfiguration, TestConfiguration } from './configuration.js';
import { type ConfigurableOption, configurableOptions, filterKeys } from './options.js';
import { readEnvironment, readTexts } from './read-text.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** Which documents a command is to open, and how, from wherever it was said. */
export interface DocumentSettings {
  readonly documents: readonly string[];
  readonly overlays: readonly string[];
  readonly allowOutside: boolean;
  readonly allowRemote: boolean;
}

/** What `standin test` is to do, from wherever it was said. */
export interface TestSettings extends DocumentSettings {
  readonly against?: string;
  readonly auth: Readonly<Record<string, string>>;
  readonly authLow: Readonly<Record<string, string>>;
  /** File of the hook module. */
  readonly hooks?: string;
  readonly suite: Pick<SuiteOptions, 'safe' | 'seed' | 'budget' | 'rate' | 'concurrency' | 'only' | 'skip'>;
  readonly report: ReportConfiguration;
  readonly baseline?: string;
  readonly updateBaseline: boolean;
  readonly failUnder?: number;
}

interface Said {
  readonly documents: readonly string[];
  /** By the key of the option: all texts that were given for it. */
  readonly flags: Readonly<Record<string, readonly string[]>>;
  readonly environment: Environment;
  readonly configuration?: { readonly file: string; readonly value: Configuration };
}

/**
 * One answer to each question: of a flag, else the environment, else the configuration.
 *
 * @throws ConfigurationError that names the flag or the variable at fault.
 */
export function resolveSettings(from: Said): TestSettings {
  const given = answers(from, 'test');
  const test = given as TestConfiguration;
  const { only, skip, safe, seed, budget, rate, concurrency } = test;
  if (test.updateBaseline && test.baseline === undefined)
    throw new ConfigurationError('--update-baseline: name the file that is to be written with --baseline FILE');
  return {
    ...resolveDocuments(from),
    ...(test.against !== undefined && { against: test.against }),
    auth: test.auth ?? {},
    authLow: test.authLow ?? {},
    ...(test.hooks !== undefined && { hooks: test.hooks }),
    suite: {
      ...(only && { only: filterOf(only) }),
      ...(skip && { skip: filterOf(skip) }),
      ...(safe !== undefined && { safe }),
      ...(seed !== undefined && { seed: String(seed) }),
      ...(budget !== undefined && { budget }),
      ...(rate !== undefined && { rate }),
      ...(concurrency !== undefined && { concurrency }),
    },
    report: test.report ?? {},
    ...(test.baseline !== undefined && { baseline: test.baseline }),
    updateBaseline: test.updateBaseline ?? false,
    ...(test.failUnder !== undefined && { failUnder: test.failUnder }),
  };
}

/**
 * What every command that opens documents may be told in a configuration.
 *
 * @throws ConfigurationError that names the flag or the variable at fault.
 */
export function resolveDocuments(from: Said): DocumentSettings {
  const { documents, environment, configuration } = from;
  const { overlays = [], allowOutside = false, allowRemote = false } = answers(from, 'top') as Configuration;
  const configured = configuration ? fromFolder(configuration).documents : undefined;
  return {
    documents: documents.length > 0 ? documents : (splitDocuments(environment.STANDIN_DOCUMENTS) ?? configured ?? []),
    overlays,
    allowOutside,
    allowRemote,
  };
}

/** By the key of each option of a section. */
function answers(
  { flags, environment, configuration }: Said,
  section: ConfigurableOption['section'],
): Readonly<Record<string, unknown>> {
  const said: Configuration = configuration ? fromFolder(configuration) : {};
  const configured = (section === 'top' ? said : (said.test ?? {})) as Readonly<Record<string, unknown>>;
  const given = configurableOptions
    .filter((option) => option.section === section)
    .map((option) => {
      const { key, reads } = option;
      const told = tell(option, flags[key], environment[option.env]);
      // Schemes are named one by one, wherever.
      const both = { ...(configured[key] as object | undefined), ...(told as object | undefined) };
      return [key, reads === 'pairs' ? both : (told ?? configured[key])];
    });
  return Object.fromEntries(given);
}

/**
 * The credential for each security scheme: said by a flag or a configuration, else found in the environment.
 *
 * @throws ConfigurationError where one is named that no document has.
 */
export function credentialsFor(
  schemes: readonly string[],
  given: Readonly<Record<string, string>>,
  environment: Environment,
  suffix: '' | typeof lowSuffix,
): Record<string, string> {
  for (const name of Object.keys(given)) {
    if (schemes.includes(name)) continue;
    const known = schemes.length > 0 ? `they have ${schemes.join(', ')}` : 'they have none';
    throw new ConfigurationError(`--auth: the documents have no security scheme "${name}"; ${known}`);
  }
  const found = schemes.flatMap((name) => {
    const value = given[name] ?? environment[variableOf(name, suffix)];
    return value === undefined || value === '' ? [] : [[name, value] as const];
  });
  return Object.fromEntries(found);
}

let ajv: Ajv2020 | undefined;

function tell(option: ConfigurableOption, flags: readonly string[] | undefined, variable: string | undefined): unknown {
  if (flags === undefined && (variable === undefined || variable === '')) return undefined;
  const name = flags === undefined ? option.env : option.flags.split(' ')[0];
  try {
    const value = flags === undefined ? readEnvironment(option, variable as string) : readTexts(option, flags);
    ajv ??= new Ajv2020({ allErrors: false, allowUnionTypes: true, strict: false });
    const validate = ajv.compile(option.schema);
    if (validate(value)) return value;
    const [error] = validate.errors ?? [];
    const allowed =
      error?.keyword === 'enum' ? `: ${(error.params.allowedValues as readonly string[]).join(', ')}` : '';
    throw new ConfigurationError(
      `${error?.instancePath.slice(1).replace('/', ' ')} ${error?.message}${allowed}`.trim(),
    );
  } catch (error) {
    if (error instanceof ConfigurationError) throw new ConfigurationError(`${name}: ${error.message}`);
    throw error;
  }
}

function filterOf(filter: FilterConfiguration): CaseFilter {
  return Object.fromEntries(
    Object.entries(filter).map(([name, values]) => [filterKeys[name as keyof typeof filterKeys], values.map(String)]),
  );
}

function splitDocuments(text: string | undefined): string[] | undefined {
  const named =
    text
      ?.split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '') ?? [];
  return named.length > 0 ? named : undefined;
}

/** Paths in a configuration start from where it stands. */
function fromFolder({ file, value }: NonNullable<Said['configuration']>): Configuration {
  const folder = dirname(file);
  const at = (path: string) =>
    path === '-' || isAbsolute(path) || /^https?:\/\//i.test(path) ? path : relative('', join(folder, path)) || '.';
  const { documents, overlays, test } = value;
  const report =
    test?.report &&
    Object.fromEntries(
      Object.entries(test.report).map(([name, target]) => [name, typeof target === 'string' ? at(target) : target]),
    );
  return {
    ...value,
    ...(documents && { documents: documents.map(at) }),
    ...(overlays && { overlays: overlays.map(at) }),
    ...(test && {
      test: {
        ...test,
        ...(test.hooks !== undefined && { hooks: at(test.hooks) }),
        ...(test.baseline !== undefined && { baseline: at(test.baseline) }),
        ...(report && { report }),
      },
    }),
  };
}
