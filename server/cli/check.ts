import { Command, Option } from 'commander';
import { check, exampleClasses } from '../contract/check/index.js';
import { compile } from '../contract/index.js';
import { DocumentError, type LoadOptions, loadDescriptions } from '../documents/index.js';
import { type CheckedFile, checkFormats, collectionsOf, stateTable } from './check-formats/index.js';
import { type ConfiguredOptions, configured, withConfig } from './configured.js';
import { type DocumentOptions, documentsHelp, loading, withDocumentOptions } from './document-options.js';
import { exitCode, Failure } from './exit.js';
import { type Progress, showProgress } from './progress.js';

interface CheckOptions extends ConfiguredOptions {
  readonly format: keyof typeof checkFormats;
  readonly strict: boolean;
  readonly state: boolean;
}

/** `standin check`: says what is wrong with documents, and serves nothing. */
export function checkCommand(): Command {
  return withConfig(withDocumentOptions(new Command('check')))
    .description('say what is wrong with OpenAPI documents, and how their examples fare (rules: docs/check.md)')
    .argument('[documents...]', `${documentsHelp}; without any those of the configuration`)
    .addOption(
      new Option('-f, --format <format>', 'how to say it').choices(Object.keys(checkFormats)).default('pretty'),
    )
    .option('--strict', 'fail on any finding, be it a warning or a note', false)
    .option(
      '--state',
      'say instead which collections standin keeps, and where it knows them from (pretty, json)',
      false,
    )
    .addHelpText(
      'after',
      `
Examples:
  standin check openapi.yaml
  standin check specs/ --strict --format github    in a GitHub workflow: marks the lines of a pull request
  standin check openapi.yaml --format sarif > findings.sarif
  standin check openapi.yaml --state               what is remembered, and why
` +
        '\nExit codes: 0 nothing wrong (warnings and notes are allowed), 1 findings of severity error, or any with --strict,\n2 the command is wrong or a document could not be read.',
    )
    .action(async (named: readonly string[], options: CheckOptions) => {
      const { format, strict, state } = options;
      const { documents, ...opening } = await configured(named, options);
      if (documents.length === 0)
        throw new Failure('error: name the documents to check: standin check openapi.yaml', exitCode.misused);
      if (state) {
        process.stdout.write(describeState(documents, await loading(documents, opening), format));
        return;
      }
      const files: CheckedFile[] = [];
      for (const document of documents) files.push(...(await checkPath(document, opening)));
      const colours = process.stdout.isTTY === true && !process.env.NO_COLOR;
      process.stdout.write(checkFormats[format](files, { colours }));
      process.exitCode = exitCodeOf(files, strict);
    });
}

/** @throws DocumentError where a document can't be served. */
function describeState(documents: readonly string[], reading: LoadOptions, format: CheckOptions['format']): string {
  const found = loadDescriptions(documents, reading).map((description) => ({
    file: description.file,
    collections: collectionsOf(compile(description)),
  }));
  if (format === 'json') return `${JSON.stringify({ documents: found }, undefined, 2)}\n`;
  return found.map(({ file, collections }) => `${file}\n${stateTable(collections)}`).join('\n');
}

/** Each path by itself: where one can't be read, or fetched, the others are checked all the same. */
async function checkPath(path: string, options: DocumentOptions): Promise<CheckedFile[]> {
  let progress: Progress | undefined;
  try {
    const descriptions = loadDescriptions([path], await loading([path], options));
    progress = await showProgress(descriptions.length);
    return descriptions.map((description) => {
      progress?.tell(description.file);
      return { file: description.file, readable: true, ...check(description) };
    });
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    const none = Object.fromEntries(exampleClasses.map((name) => [name, 0])) as CheckedFile['examples'];
    return [{ file: path, readable: false, diagnostics: error.diagnostics, examples: none }];
  } finally {
    progress?.end();
  }
}

function exitCodeOf(files: readonly CheckedFile[], strict: boolean): number {
  if (files.some(({ readable }) => !readable)) return exitCode.misused;
  const fails = files.some(({ diagnostics }) => diagnostics.some(({ severity }) => strict || severity === 'error'));
  return fails ? exitCode.failed : exitCode.good;
}
