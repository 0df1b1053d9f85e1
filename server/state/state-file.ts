import { accessSync, constants, readFileSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isObject } from '../documents/index.js';
import type { PartitionSnapshot, Store } from './store.js';

/** A file that keeps the collections of a store over restarts. */
export interface StateFile {
  /** What it held when it was opened; absent where it was not there. */
  readonly partitions: readonly PartitionSnapshot[] | undefined;
  /** The store, whose changes are kept from now on; only the last one that was given is. */
  readonly watch: (store: Store) => Store;
  /** Writes what is not written yet. */
  readonly close: () => Promise<void>;
}

/** A file that can't be used. `message` says which, why, and the way out. */
export class StateFileError extends Error {
  readonly code = 'STATE_FILE';
}

/** Changes that come together are written together. */
const waitMs = 100;

const changing = ['save', 'begin', 'change', 'remove', 'restore', 'replace'] as const;

/**
 * Opens a file for a store's collections. It is replaced as a whole, so that whoever reads it, whenever this process ends,
 * finds all of one state.
 *
 * @throws StateFileError where it is none of ours, or can't be read, or its folder can't be written to.
 */
export function openStateFile(path: string, onError: (error: unknown) => void): StateFile {
  const partitions = readPartitions(path);
  mustBeWritable(path);
  let watched: Store | undefined;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  const write = async () => {
    if (!watched) return;
    const collections = await watched.snapshot();
    await replaceFile(path, `${JSON.stringify({ collections })}\n`);
  };
  const writeNow = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    writing = writing.then(write).catch(onError);
    return writing;
  };
  const changed = () => {
    timer ??= setTimeout(writeNow, waitMs).unref();
  };

  return {
    partitions,
    watch: (store) => {
      watched = store;
      changed();
      const telling = Object.fromEntries(
        changing.map((name) => [
          name,
          (...parameters: readonly never[]) => {
            const value = (store[name] as (...all: readonly never[]) => unknown)(...parameters);
            if (value instanceof Promise) value.then(changed, () => {});
            else changed();
            return value;
          },
        ]),
      );
      return { ...store, ...telling };
    },
    close: () => (timer ? writeNow() : writing),
  };
}

async function replaceFile(path: string, text: string): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    const file = await open(temporary, 'w');
    try {
      await file.writeFile(text);
      // Else a file may be there after a loss of power, and nothing in it.
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw new StateFileError(`${path}: can't be written (${(error as Error).message}); later changes will try again`);
  }
}

/** The file is replaced by another one in its folder. */
function mustBeWritable(path: string): void {
  const folder = dirname(path);
  try {
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw new StateFileError(
      `${path}: can't be written (${(error as Error).message}); name a file in a folder that is there and can be written to`,
    );
  }
}

function readPartitions(path: string): readonly PartitionSnapshot[] | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new StateFileError(`${path}: can't be read (${message}); name a file, which may be new`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new StateFileError(`${path}: is no JSON (${(error as Error).message}); remove it to start anew`);
  }
  const fault = faultOf(value);
  if (fault !== undefined) throw new StateFileError(`${path}: ${fault}; remove it to start anew`);
  return (value as { collections: PartitionSnapshot[] }).collections;
}

/** What keeps a value from being a snapshot, with its place. */
function faultOf(value: unknown): string | undefined {
  if (!isObject(value) || !Array.isArray(value.collections)) return 'expected {"collections": […]}';
  for (const [index, partition] of value.collections.entries()) {
    const at = `/collections/${index}`;
    if (!isObject(partition)) return `${at} must be an object`;
    for (const name of ['api', 'collection'])
      if (typeof partition[name] !== 'string') return `${at}/${name} must be a text`;
    for (const name of ['scope', 'entries']) if (!Array.isArray(partition[name])) return `${at}/${name} must be a list`;
    if (typeof partition.lastNumber !== 'number') return `${at}/lastNumber must be a number`;
    for (const [place, entry] of (partition.entries as unknown[]).entries())
      if (!isObject(entry) || typeof entry.key !== 'string' || !Array.isArray(entry.unique))
        return `${at}/entries/${place} must have key, item and unique`;
  }
  return undefined;
}
