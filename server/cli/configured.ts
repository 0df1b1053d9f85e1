import { readdirSync } from 'node:fs';
import { type Command, Option } from 'commander';
import type { DocumentOptions } from './document-options.js';
import { exitCode, Failure } from './exit.js';

/** What is to be opened, and how. */
interface Opening extends DocumentOptions {
  readonly documents: readonly string[];
}

export interface ConfiguredOptions extends DocumentOptions {
  readonly config?: string;
}

/** Adds the option that names a configuration. */
export function withConfig(command: Command): Command {
  return command.addOption(
    new Option(
      '-c, --config <file>',
      'configuration; by default standin.config.{yaml,yml,json,js,mjs,ts}, for documents and overlays',
    ).env('STANDIN_CONFIG'),
  );
}

/**
 * What a command says of documents, else the environment, else the configuration of this folder, as `standin test` has it.
 *
 * @throws Failure where the configuration is wrong.
 */
export async function configured(named: readonly string[], options: ConfiguredOptions): Promise<Opening> {
  const { overlay, allowOutside, allowRemote, config } = options;
  if (config === undefined && !isAnythingSaid()) return { documents: named, overlay, allowOutside, allowRemote };
  // Most folders have none, and what reads it takes its time to load.
  const { ConfigurationError, findConfiguration, loadConfiguration, resolveDocuments } = await import(
    '../../contracts/index.js'
  );
  try {
    const file = config ?? findConfiguration('.');
    const opening = resolveDocuments({
      documents: named,
      flags: {
        ...(overlay.length > 0 && { overlays: overlay }),
        ...(allowOutside && { allowOutside: ['true'] }),
        ...(allowRemote && { allowRemote: ['true'] }),
      },
      environment: process.env,
      ...(file !== undefined && { configuration: { file, value: await loadConfiguration(file) } }),
    });
    const { documents, overlays, ...allowed } = opening;
    return { documents, overlay: overlays, ...allowed };
  } catch (error) {
    if (error instanceof ConfigurationError) throw new Failure(error.message, exitCode.misused);
    throw error;
  }
}

const isAnythingSaid = () =>
  readdirSync('.').some((name) => name.startsWith('standin.config.')) ||
  ['STANDIN_DOCUMENTS', 'STANDIN_OVERLAYS', 'STANDIN_ALLOW_OUTSIDE', 'STANDIN_ALLOW_REMOTE'].some(
    (name) => process.env[name],
  );
