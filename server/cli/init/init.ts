import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { Command } from 'commander';
import { compileAll } from '../../contract/index.js';
import { loadDescriptions } from '../../documents/index.js';
import { version } from '../../package.js';
import { exitCode, Failure } from '../exit.js';
import { filesFor, shellWord } from './files.js';

interface InitOptions {
  readonly force: boolean;
}

/** `standin init`: writes what a project needs to use standin for a document. */
export function initCommand(): Command {
  return new Command('init')
    .description('write a configuration, a compose service, a CI job and a first contract test for a document')
    .argument('<document>', 'an OpenAPI document, or a folder of them, in this folder or below')
    .option('--force', 'write over files that are there', false)
    .addHelpText(
      'after',
      `
Examples:
  standin init openapi.yaml
  standin init specs/ --force      again, over what is there`,
    )
    .action((document: string, { force }: InitOptions) => {
      const path = pathFromHere(document);
      // What can't be served is told of now, and nothing is written for it.
      const contracts = compileAll(loadDescriptions([path]));
      const files = filesFor({
        document: path,
        version,
        hasPackage: existsSync('package.json'),
        hasLock: existsSync('package-lock.json'),
      });
      const there = files.filter(({ file }) => existsSync(file)).map(({ file }) => file);
      if (there.length > 0 && !force)
        throw new Failure(
          `nothing was written, for ${there.join(', ')} ${there.length === 1 ? 'is' : 'are'} there: remove ${there.length === 1 ? 'it' : 'them'}, or write over with --force`,
          exitCode.misused,
        );
      for (const { file, text } of files) write(file, text);
      process.stdout.write(
        report(
          files,
          contracts.reduce((sum, { operations }) => sum + operations.length, 0),
        ),
      );
    });
}

/** As the files say it, wherever they are used: from the folder they are in, with slashes. */
function pathFromHere(document: string): string {
  const path = relative('.', document) || '.';
  if (/^https?:/i.test(document) || document === '-' || path.startsWith('..') || isAbsolute(path))
    throw new Failure(
      `${document} is not in this folder, and what is written here could not find it elsewhere: run this in a folder that holds it`,
      exitCode.misused,
    );
  return path.split(sep).join('/');
}

function write(file: string, text: string): void {
  try {
    mkdirSync(dirname(join('.', file)), { recursive: true });
    writeFileSync(file, text);
  } catch (error) {
    throw new Failure(`${file} can't be written: ${(error as Error).message}`, exitCode.misused);
  }
}

function report(files: ReturnType<typeof filesFor>, operations: number): string {
  const width = Math.max(...files.map(({ file }) => file.length));
  return `${files.map(({ file, is }) => `wrote ${file.padEnd(width)}  ${is}`).join('\n')}

Next, for the ${operations} operation${operations === 1 ? '' : 's'}:
  npm install --save-dev standin
  node --test contract.test.mjs
  npx standin mock --watch ${shellWord(files[0]?.document ?? '')}
`;
}
