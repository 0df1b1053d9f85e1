import { type Command, Option } from 'commander';
import { fetchTexts, type LoadOptions } from '../documents/index.js';

/** How every command that opens documents opens them. */
export interface DocumentOptions {
  readonly overlay: readonly string[];
  readonly allowOutside: boolean;
  readonly allowRemote: boolean;
}

/** What the documents of a command may be. */
export const documentsHelp =
  'OpenAPI documents as YAML, JSON or Markdown docs pages, folders of them, globs, URLs, or - for standard input';

/** Adds the options that every command has which opens documents. */
export function withDocumentOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--overlay <file>', 'apply an OpenAPI Overlay to each document (repeatable)')
        .default([], 'those beside each document')
        .argParser((file, files: readonly string[]) => [...files, file]),
    )
    .addOption(
      new Option('--allow-outside', 'let $refs and externalValues lead out of the folder of the document').default(
        false,
      ),
    )
    .addOption(
      new Option('--allow-remote', 'fetch documents, $refs and externalValues that are http(s) URLs').default(false),
    );
}

/** The options as loading takes them, with the text of all that is not on this machine. */
export async function loading(
  documents: readonly string[],
  { overlay, allowOutside, allowRemote }: DocumentOptions,
): Promise<Required<Pick<LoadOptions, 'overlays' | 'allowOutside' | 'allowRemote' | 'texts'>>> {
  const options = { overlays: overlay, allowOutside, allowRemote };
  return { ...options, texts: await fetchTexts(documents, options) };
}
