import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { version } from '../package.js';
import { documentHere } from './document-here.js';

/** What standin is, what it can do, and what to type now, in a folder. */
export function introduction(commands: readonly Command[], folder = '.'): string {
  const found = documentHere(folder) ?? (existsSync(join(folder, 'specs')) ? 'specs' : undefined);
  const document = found ?? 'openapi.yaml';
  const width = Math.max(...commands.map((command) => command.name().length));
  return `standin ${version} stands in for web APIs: it serves what their OpenAPI documents promise, and remembers what clients create.

${found === undefined ? 'There is no OpenAPI document here. With one, or without for the five that come with standin:' : `${found} is here. Try:`}

  npx standin mock${found === undefined ? '' : ` ${document}`}${' '.repeat(found === undefined ? document.length + 1 : 0)}   serves it at http://localhost:4010, and says so
  npx standin check ${document}  says what is wrong with it
  npx standin init ${document}   writes what a project needs to use standin

${commands.map((command) => `  ${command.name().padEnd(width)}  ${command.summary() || command.description()}`).join('\n')}

More: standin COMMAND --help
`;
}
