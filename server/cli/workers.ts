import cluster, { type Worker } from 'node:cluster';
import { fileURLToPath } from 'node:url';
import { checkWebhookUrls } from '../callbacks/index.js';
import { compileAll } from '../contract/index.js';
import { loadDescriptions } from '../documents/index.js';
import { type Address, type RunningServer, serve } from '../http/index.js';
import { createMemorySessions } from '../standin.js';
import { createSessionsHub, openStateFile, type SessionLimits, type SessionsHub } from '../state/index.js';
import { Failure } from './exit.js';
import { explain } from './listen.js';
import { type SharedState, tellOf } from './shared-state.js';
import { stopOnSignal } from './signals.js';
import { announce, diagnosticsOf } from './summary.js';
import { createCounts } from './worker-counts.js';
import { isWorkerMessage, type WorkerMessage, type WorkerSetup } from './worker-setup.js';

export interface WorkersOptions {
  readonly count: number;
  readonly sessionLimits: SessionLimits;
  readonly state: SharedState;
  readonly stateFile?: string | undefined;
}

/**
 * Serves from several processes that share a port. This one keeps what is remembered, so that all of them know the same, unless
 * Redis does; it replaces workers that end, and ends when they have finished what they were asked.
 */
export async function mockInWorkers(
  setup: WorkerSetup,
  { count, sessionLimits, state, stateFile }: WorkersOptions,
): Promise<void> {
  const { documents, ...options } = setup.reading;
  const contracts = compileAll(loadDescriptions(documents, options));
  checkWebhookUrls(contracts, setup.serving.webhooks, setup.serving.allowCallbacks);
  const file = stateFile === undefined ? undefined : openStateFile(stateFile, tellError);
  const sessions = createMemorySessions(contracts, sessionLimits, file);
  const url = await findAddress(setup.address);
  const address: Address = { ...setup.address, port: Number(new URL(url).port || 80) };
  const shared = state === undefined ? undefined : { url: state, sessionLimits };
  const workers = startWorkers({ ...setup, address, shared }, count, createSessionsHub(sessions));
  stopOnSignal({ close: () => workers.close().then(() => file?.close()) });
  await workers.ready;
  announce(setup.observation.log, contracts, url, { control: setup.control, documents });
  for (const contract of contracts) process.stderr.write(await diagnosticsOf(contract));
}

const tellError = (error: unknown) => process.stderr.write(`${(error as Error).message}\n`);

/** Workers that are to share a port need to know which, and one that is in use is to be told of once. */
async function findAddress(address: Address): Promise<string> {
  let probe: RunningServer;
  try {
    probe = await serve((_, response) => response.destroy(), address);
  } catch (error) {
    throw explain(error as NodeJS.ErrnoException, address);
  }
  await probe.close(0);
  return probe.url;
}

function startWorkers(setup: WorkerSetup, count: number, hub: SessionsHub) {
  const exec = fileURLToPath(new URL('./worker.js', import.meta.url));
  // What is sent holds maps, which JSON has none of.
  // Handed on by this process, a connection is lost with a worker that is killed before it takes it, and its client waits on.
  cluster.schedulingPolicy = cluster.SCHED_NONE;
  cluster.setupPrimary({ exec, args: [], serialization: 'advanced' });
  let isStopping = false;
  /** Then one that is killed from outside is no sign of a fault that would come again. */
  let haveServed = false;
  /** Each worker says so, and it is said on once. */
  let isSharedReady = true;
  const say = tellOf(setup.shared?.url);
  const tell = (change: Extract<WorkerMessage, { worker: 'shared' }>) => {
    if (change.isReady === isSharedReady) return;
    isSharedReady = change.isReady;
    say(change);
  };
  let allEnded = () => {};
  const ended = new Promise<void>((resolve) => {
    allEnded = resolve;
  });

  const send = (worker: Worker, message: unknown) => {
    // One that was killed may look connected yet; that it ends is told of elsewhere.
    if (worker.isConnected()) worker.send(message as WorkerMessage, () => {});
  };
  const living = () => Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
  const counts = createCounts(living, send);
  const start = () =>
    new Promise<void>((ready, fail) => {
      const worker = cluster.fork();
      let isReady = false;
      const disconnect = hub.connect({
        send: (message) => send(worker, message),
        onMessage: (listener) => worker.on('message', listener),
      });
      worker.on('message', (message) => {
        if (!isWorkerMessage(message)) return;
        if (message.worker === 'shared') tell(message);
        counts.hear(worker, message);
        if (message.worker === 'started') send(worker, isStopping ? { worker: 'stop' } : { worker: 'setup', setup });
        else if (message.worker === 'ready') {
          isReady = true;
          ready();
        } else if (message.worker === 'failed') fail(new Failure(message.reason, message.exitCode));
      });
      worker.on('exit', (code, signal) => {
        disconnect();
        const how = `worker ${worker.id} (process ${worker.process.pid}) ended with ${signal ?? code}`;
        if (isStopping) {
          if (Object.keys(cluster.workers ?? {}).length === 0) allEnded();
        } else if (!isReady && (signal === null || !haveServed)) fail(new Failure(`${how} before it could serve`));
        else {
          process.stderr.write(`${how}; another takes its place\n`);
          start().catch(abandon);
        }
      });
    });

  /** Without its workers there is nothing left to do. */
  const abandon = (error: unknown) => {
    const failure = Failure.of(error);
    process.stderr.write(`${failure.message}\n`);
    process.exit(failure.exitCode);
  };

  const ready = Promise.all(Array.from({ length: count }, start)).then(() => {
    haveServed = true;
  }, abandon);
  return {
    ready,
    close: (): Promise<void> => {
      isStopping = true;
      const open = Object.values(cluster.workers ?? {});
      for (const worker of open) if (worker) send(worker, { worker: 'stop' });
      if (open.length === 0) allEnded();
      return ended;
    },
  };
}
