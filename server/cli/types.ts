import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { compile } from '../contract/index.js';
import { generateTypes } from '../contract/types/index.js';
import { loadDescriptions } from '../documents/index.js';
import { type DocumentOptions, loading, withDocumentOptions } from './document-options.js';
import { exitCode, Failure } from './exit.js';

interface TypesOptions extends DocumentOptions {
  readonly out?: string;
}

/** `standin types`: TypeScript declarations for handlers. */
export function typesCommand(): Command {
  return withDocumentOptions(new Command('types'))
    .description('write TypeScript declarations for handlers of an OpenAPI document (see docs/handlers.md)')
    .argument('<document>', 'an OpenAPI document as YAML, JSON or a Markdown docs page; a URL, or - for standard input')
    .option('-o, --out <file>', 'where to; by default standard output')
    .addHelpText(
      'after',
      `
Examples:
  standin types openapi.yaml --out api.ts
  standin types https://example.com/openapi.json --allow-remote`,
    )
    .action(async (document: string, options: TypesOptions) => {
      const [description, ...others] = loadDescriptions([document], await loading([document], options));
      if (!description || others.length > 0)
        throw new Failure(`${document} has ${others.length + 1} documents; name one of them`, exitCode.misused);
      const text = generateTypes(compile(description));
      if (options.out === undefined) process.stdout.write(text);
      else write(options.out, text);
    });
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new Failure(`${file} can't be written: ${(error as Error).message}`, exitCode.misused);
  }
}
