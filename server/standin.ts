import {
  createCallbacks,
  createDispatch,
  createFires,
  createWebhooks,
  type Delivery,
  type Webhooks,
  type WebhookUrls,
} from './callbacks/index.js';
import { type Contract, compileAll, createChance } from './contract/index.js';
import { createRecorder, type Recorder, type RecorderOptions } from './control/index.js';
import { type LoadOptions, loadDescriptions } from './documents/index.js';
import { createMiddleware, type Exchange, type Middleware } from './http/index.js';
import { bindHandlers, type Handlers, restoreStore, seedStore } from './replies/index.js';
import {
  createMemoryStores,
  createRedisSessions,
  createSessions,
  type RedisSessions,
  type RedisSessionsOptions,
  type SessionLimits,
  type Sessions,
  type StateFile,
  type Store,
  sharedSession,
} from './state/index.js';

export interface StandinOptions {
  /** OpenAPI documents: files, folders, globs, or, with `allowRemote`, URLs. */
  readonly documents: readonly string[];
  /** Whether `$ref`s may lead out of the folder of the document; not by default. */
  readonly allowOutside?: boolean;
  /** Whether documents and `$ref`s may be URLs; not by default. What they hold must be among `texts`. */
  readonly allowRemote?: boolean;
  /** What `fetchTexts` read ahead: standin itself waits for nothing. */
  readonly texts?: LoadOptions['texts'];
  /** Overlay files for each document, after the `*.overlay.yaml` beside it. */
  readonly overlays?: readonly string[];
  /** Makes every generated value, identity and time the same in each run; those of each session, whatever the others do. */
  readonly seed?: string;
  /** How long sessions may be idle, and how many there may be: 30 minutes and 1,000 by default. */
  readonly sessionLimits?: SessionLimits;
  /** Whether a journal is kept of what was asked and answered, and what of the documents that met; by default it is. */
  readonly journal?: boolean;
  /** The most bytes that a request's body may have; 10 MiB by default. */
  readonly bodyLimit?: number;
  /** Milliseconds between two items of a reply that is a sequence (`text/event-stream`, JSON Lines); 0 by default. */
  readonly streamInterval?: number;
  /** Hosts, with or without a port, that callbacks and webhooks may go to; this machine they always may. */
  readonly allowCallbacks?: readonly string[];
  /** Where webhooks go, by their names; the URLs of `*` are for each that has none of its own. */
  readonly webhooks?: WebhookUrls;
  /** Told how each callback and webhook went, or why it was not sent. */
  readonly onDelivery?: (delivery: Delivery) => void;
  /** Code that answers instead of standin, by `operationId`; see docs/handlers.md. Types: `standin types`. */
  readonly handlers?: Handlers;
  /** Told of what goes wrong in standin itself, and of what handlers throw; the default prints it to standard error. */
  readonly onError?: (error: unknown) => void;
}

/** Middleware for Express, Connect or `node:http`, and what it serves. */
export interface Standin extends Middleware {
  readonly contracts: readonly Contract[];
  /** To list the webhooks of the documents, and send them. */
  readonly webhooks: Webhooks;
  /** Resolves once the collections have what they start with. Requests wait for it. */
  readonly ready: Promise<void>;
  /** What each session has for itself. */
  readonly sessions: Sessions;
  /** What writes the journal; absent where there is none. */
  readonly recorder: Recorder | undefined;
}

export const defaultBodyLimit = 10 * 1024 * 1024;

/**
 * A stand-in for the APIs that the documents describe, as middleware. Several documents are served under `/<name>`, one
 * at the root. Each call makes one of its own, with its own state.
 *
 * @throws DocumentError with each file, line and column at fault; WebhookUrlError where webhooks can't go where they are to;
 * HandlersError with each of the handlers that no operation is there for.
 */
export function standin(options: StandinOptions): Standin {
  const { documents, overlays = [], allowOutside = false, allowRemote = false, texts = new Map() } = options;
  const descriptions = loadDescriptions(documents, { overlays, allowOutside, allowRemote, texts });
  return serveContracts(compileAll(descriptions), options);
}

export type ServeOptions = Omit<StandinOptions, 'documents' | keyof LoadOptions> & {
  /** Where all that is remembered is kept, with what collections start with in it already; by default in memory. */
  readonly sessions?: Sessions;
  /** When entries of the journal are written to the store, besides when somebody reads; by default within 20 ms. */
  readonly recording?: Pick<RecorderOptions, 'waitMs' | 'unaskedMax'>;
  /** Told of each request that was answered, as soon as it is, besides the journal: they must be quick. */
  readonly observers?: readonly ((exchange: Exchange) => void)[];
};

/** Puts what the collections of contracts start with into a store: of those that are wanted. */
export async function seedCollections(
  contracts: readonly Contract[],
  store: Store,
  wanted: (api: string, collection: string) => boolean = () => true,
): Promise<void> {
  for (const contract of contracts) {
    const names = new Set(contract.operations.flatMap(({ resource }) => resource?.name ?? []));
    for (const name of names) if (wanted(contract.name, name)) await seedStore(contract, store, name);
  }
}

/**
 * Sessions in this process' memory, each of which starts with what the collections of contracts do.
 *
 * @param contracts as they are when a session begins
 * @param file keeps the collections of the shared one over restarts
 */
export function createMemorySessions(
  contracts: readonly Contract[] | (() => readonly Contract[]),
  limits?: SessionLimits,
  file?: StateFile,
): Sessions {
  const createStore = createMemoryStores();
  const current = typeof contracts === 'function' ? contracts : () => contracts;
  let kept = file?.partitions;
  const begin = (session: string) => {
    const store = createStore();
    const isKept = file !== undefined && session === sharedSession;
    // A store in memory answers at once. What was kept is there from the start, not when it begins anew.
    restoreStore(current(), store, (isKept && kept) || []);
    if (isKept) kept = undefined;
    return isKept ? file.watch(store) : store;
  };
  return createSessions(begin, Date.now, limits);
}

/**
 * Sessions in Redis or Valkey, each of which starts with what the collections of contracts do.
 *
 * @param url as `parseRedisUrl` reads it
 */
export async function createSharedSessions(
  contracts: readonly Contract[],
  url: string,
  options: Omit<RedisSessionsOptions, 'start'> = {},
): Promise<RedisSessions> {
  const store = createMemoryStores()();
  await restoreStore(contracts, store, []);
  return createRedisSessions(url, { ...options, start: await store.snapshot() });
}

/** As `standin`, of contracts that are compiled already. */
export function serveContracts(
  contracts: readonly Contract[],
  {
    seed,
    bodyLimit = defaultBodyLimit,
    handlers,
    streamInterval = 0,
    onError = console.error,
    allowCallbacks = [],
    webhooks: urls = {},
    onDelivery = () => {},
    sessionLimits,
    sessions = createMemorySessions(contracts, sessionLimits),
    journal = true,
    recording,
    observers = [],
  }: ServeOptions = {},
): Standin {
  const handling = handlers && { handlers: bindHandlers(contracts, handlers), onError };
  const recorder = journal ? createRecorder(contracts, { ...recording, onError }) : undefined;
  const onAnswered = inTurn([...(recorder ? [recorder.record] : []), ...observers]);
  const ready = Promise.resolve();
  const dispatch = createDispatch({ allowedHosts: allowCallbacks, onDelivery });
  const webhooks = createWebhooks({ contracts, urls, allowedHosts: allowCallbacks, dispatch });
  const callbacks = createCallbacks(dispatch);
  const fires = createFires({ contracts, urls, dispatch, chance: createChance(seed).derive('webhooks'), onDelivery });
  const middleware = createMiddleware({
    contracts,
    sessions,
    chanceOf: (session) =>
      session === sharedSession ? createChance(seed) : createChance(seed).derive(`session ${session}`),
    now: Date.now,
    bodyLimitBytes: bodyLimit,
    streamIntervalMs: streamInterval,
    ready,
    ...(handling && { handling }),
    onError,
    onReplied: async (...replied) => {
      await Promise.all([callbacks(...replied), fires(...replied)]);
    },
    ...(onAnswered && { onAnswered }),
  });
  return Object.assign<Middleware, Omit<Standin, keyof Middleware>>(middleware, {
    contracts,
    webhooks,
    ready,
    sessions,
    recorder,
  });
}

/** One for all; nothing where there is none, so that nothing is put together for it. */
function inTurn<T>(told: readonly ((what: T) => void)[]): ((what: T) => void) | undefined {
  if (told.length < 2) return told[0];
  return (what) => {
    for (const tell of told) tell(what);
  };
}
