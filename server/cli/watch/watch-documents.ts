import { existsSync, statSync } from 'node:fs';
import { basename, dirname, relative, resolve } from 'node:path';
import { watch as watchFiles } from 'chokidar';
import type { Contract } from '../../contract/index.js';
import { type Diagnostic, DocumentError, formatPlace } from '../../documents/index.js';
import { seedCollections } from '../../standin.js';
import { type Sessions, sharedSession } from '../../state/index.js';
import { Failure } from '../exit.js';
import { describeChanges } from './describe-changes.js';

interface WatchOptions {
  readonly documents: readonly string[];
  readonly overlays: readonly string[];
  readonly handlers: string | undefined;
  /** As they are served when watching begins. */
  readonly contracts: readonly Contract[];
  /** @throws DocumentError where a document can't be served. */
  readonly load: () => readonly Contract[];
  /** Serves others from now on, for the so-manieth time; resolves with what is remembered. Rejects where that can't be. */
  readonly replace: (contracts: readonly Contract[], time: number) => Promise<Sessions>;
  /** Told of what has changed. */
  readonly tell: (text: string) => void;
}

/** Where documents are served all the same with what is missing left out, and where it was not missing before, it is about to be mended. */
function refuseNewFaults(before: readonly Contract[], after: readonly Contract[]): void {
  const faultsOf = (contracts: readonly Contract[]) =>
    contracts
      .flatMap(({ description, diagnostics }) => [...description.diagnostics, ...diagnostics])
      .filter(({ severity, rule }) => severity === 'error' || rule === 'unresolved-reference');
  const old = new Set(faultsOf(before).map(({ rule, message }) => `${rule} ${message}`));
  const fresh = faultsOf(after).filter(({ rule, message }) => !old.has(`${rule} ${message}`));
  if (fresh.length > 0) throw new DocumentError(toldOnce(fresh));
}

/** A file that is broken is met by each reference to it. */
function toldOnce(faults: readonly Diagnostic[]): Diagnostic[] {
  const places = new Map<string, Map<string, Diagnostic>>();
  for (const fault of faults) {
    const same = `${fault.rule} ${fault.message}`;
    places.set(same, (places.get(same) ?? new Map()).set(formatPlace(fault.place), fault));
  }
  return Array.from(places.values(), (same) => {
    const [first] = same.values() as Iterable<Diagnostic>;
    const more = same.size === 1 ? '' : ` (here, and at ${same.size - 1} more ${same.size === 2 ? 'place' : 'places'})`;
    return { ...(first as Diagnostic), message: `${first?.message}${more}` };
  });
}

/** An editor, or git, writes several files at once, and each perhaps twice. */
const settledMs = 100;

/**
 * Serves documents anew whenever one of the files changes that they were read from, or a file appears that belongs to them. A
 * document that can't be served leaves the one before it where it is.
 */
export async function watchDocuments(options: WatchOptions): Promise<{ readonly close: () => Promise<void> }> {
  const { documents, overlays, handlers, load, replace, tell } = options;
  const named = [...documents, ...overlays, ...(handlers === undefined ? [] : [handlers])].filter(isFile);
  let { contracts } = options;
  let isBroken = false;
  let times = 0;
  let changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> = Promise.resolve();
  let known = filesOf(contracts, named);

  const watcher = watchFiles(foldersOf(known, named), { ignoreInitial: true, ignored: isIgnored });
  const ready = new Promise<void>((resolve) => watcher.once('ready', resolve));
  /** What is not read yet may be what a broken document waits for, or a new document or overlay. */
  const concerns = (file: string) =>
    known.has(file) || isBroken || /\.overlay\.(?:ya?ml|json)$/i.test(file) || isInNamedFolder(file, documents);
  watcher.on('all', (event, path) => {
    const file = resolve(path);
    if (event === 'addDir' || event === 'unlinkDir' || !concerns(file)) return;
    changed.add(shown(file));
    clearTimeout(timer);
    timer = setTimeout(() => {
      working = working.then(reload);
    }, settledMs);
  });
  watcher.on('error', (error) => process.stderr.write(`a file can't be watched: ${(error as Error).message}\n`));

  const reload = async () => {
    const files = [...changed].join(', ');
    changed = new Set();
    try {
      const next = load();
      refuseNewFaults(contracts, next);
      times++;
      const sessions = await replace(next, times);
      await begin(sessions, contracts, next);
      const text = describeChanges(contracts, next);
      isBroken = false;
      contracts = next;
      tell(`${files} changed; ${text}\n`);
    } catch (error) {
      isBroken = true;
      const failure = Failure.of(error);
      process.stderr.write(
        `${failure.message}\n${files} changed, and can't be served; what was served before still is\n`,
      );
    }
    known = new Set([...known, ...filesOf(contracts, named)]);
    watcher.add(foldersOf(known, named));
  };

  // What changes before is taken for what was there from the start.
  await ready;
  return {
    close: async () => {
      clearTimeout(timer);
      await watcher.close();
      await working;
    },
  };
}

/** As it is found from here, or anywhere. */
function shown(file: string): string {
  const path = relative(process.cwd(), file);
  return path.startsWith('..') ? file : path;
}

const isFile = (path: string) => path !== '-' && !/^https?:\/\//i.test(path);

function filesOf(contracts: readonly Contract[], named: readonly string[]): Set<string> {
  const read = contracts.flatMap(({ description }) => description.files);
  return new Set([...read, ...named].filter(isFile).map((path) => resolve(path)));
}

/** Files are replaced by others of the same name, and come and go: it is their folders that tell. */
function foldersOf(files: ReadonlySet<string>, named: readonly string[]): string[] {
  const folders = [...files].map((file) => (isFolder(file) ? file : dirname(file)));
  return [...new Set([...folders, ...named.map((path) => resolve(path)).filter(isFolder)])].filter(existsSync);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** A document in a folder that was named is one more API. */
function isInNamedFolder(file: string, documents: readonly string[]): boolean {
  if (!/\.(?:ya?ml|json|md)$/i.test(file)) return false;
  return documents.some(
    (path) => isFile(path) && isFolder(resolve(path)) && !relative(resolve(path), file).startsWith('..'),
  );
}

const isIgnored = (path: string) => basename(path) === 'node_modules' || basename(path) === '.git';

/** Collections that were not there before start with what they do; others keep what is in them. */
async function begin(sessions: Sessions, before: readonly Contract[], after: readonly Contract[]): Promise<void> {
  const collections = (contracts: readonly Contract[]) =>
    contracts.flatMap(({ name, operations }) =>
      operations.flatMap(({ resource }) => (resource ? [`${name}\0${resource.name}`] : [])),
    );
  const old = new Set(collections(before));
  const fresh = new Set(collections(after).filter((collection) => !old.has(collection)));
  if (fresh.size === 0) return;
  const ids = [sharedSession, ...(await sessions.list()).map(({ id }) => id)];
  for (const id of ids)
    await seedCollections(after, await sessions.of(id), (api, name) => fresh.has(`${api}\0${name}`));
}
