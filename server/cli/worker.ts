import cluster from 'node:cluster';
import { type Contract, compileAll } from '../contract/index.js';
import { loadDescriptions } from '../documents/index.js';
import type { RunningServer } from '../http/index.js';
import { createSharedSessions, serveContracts } from '../standin.js';
import {
  createRemoteSessions,
  type MaybePromise,
  type RedisSessionsOptions,
  type RemoteSessions,
} from '../state/index.js';
import { lineOf } from './delivery.js';
import { exitCode, Failure } from './exit.js';
import { listen } from './listen.js';
import { createObservers } from './observe.js';
import { readHandlers } from './read-handlers.js';
import { createGather, sayCounts } from './worker-counts.js';
import { isWorkerMessage, type SharedSetup, type WorkerMessage, type WorkerSetup } from './worker-setup.js';

// The entry point of a worker: it answers requests, and asks the primary process, or who shares it, for all that is remembered.
let running: Promise<Pick<RunningServer, 'close'>> | undefined;
const tell = (message: WorkerMessage) => process.send?.(message);

process.on('message', (message) => {
  if (!isWorkerMessage(message)) return;
  if (message.worker === 'setup') {
    running = start(message.setup);
    running.then(
      () => tell({ worker: 'ready' }),
      (error) => {
        const failure = Failure.of(error);
        tell({ worker: 'failed', reason: failure.message, exitCode: failure.exitCode });
      },
    );
  } else if (message.worker === 'stop') {
    // It may be told to stop before it is told what to serve.
    if (running) running.then(({ close }) => close()).then(() => process.exit(exitCode.good));
    else process.exit(exitCode.good);
  }
});
tell({ worker: 'started' });
// Without the primary nothing is remembered, and nobody says when to stop.
process.on('disconnect', () => process.exit(exitCode.failed));
// A terminal sends its signals to all processes; the primary says when to stop.
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => {});

async function start({ reading, address, serving, control, shared, handlers, observation }: WorkerSetup) {
  const { documents, ...options } = reading;
  const contracts = compileAll(loadDescriptions(documents, options));
  const { sessions, onFlush, end } = shared ? await sharedSessions(contracts, shared) : remoteSessions();
  const { seed } = serving;
  const gather = createGather(tell);
  const observing = await createObservers(observation, { contracts: () => contracts, sessions, gather });
  const { observers, metrics } = observing;
  sayCounts(metrics, tell);
  const api = serveContracts(contracts, {
    ...serving,
    sessions,
    observers,
    ...(!shared && { recording }),
    onDelivery: (delivery) => process.stderr.write(lineOf(delivery)),
    // Workers that made the same identities would be in each other's way.
    ...(handlers !== undefined && { handlers: await readHandlers(handlers) }),
    ...(seed !== undefined && { seed: `${seed} worker ${cluster.worker?.id}` }),
  });
  onFlush(async () => api.recorder?.flush());
  const { close } = await listen({ api: () => api, control, metrics }, address);
  return {
    close: async () => {
      await close();
      await api.recorder?.flush();
      await end();
      await observing.close();
    },
  };
}

/** The primary asks for it when somebody reads. Of many requests most need never be told: to tell takes longer than to answer. */
const recording = { waitMs: 1_000, unaskedMax: 256 };

interface WorkerSessions extends RemoteSessions {
  readonly end: () => MaybePromise<void>;
}

/** The primary process keeps them. */
function remoteSessions(): WorkerSessions {
  const remote = createRemoteSessions({
    send: (message) => process.send?.(message),
    onMessage: (listener) => process.on('message', listener),
  });
  return { ...remote, end: () => {} };
}

/** Kept where each process finds them by itself; nobody can ask all of them for what they have to tell. */
async function sharedSessions(
  contracts: readonly Contract[],
  { url, sessionLimits }: SharedSetup,
): Promise<WorkerSessions> {
  const onChange: RedisSessionsOptions['onChange'] = (change) => tell({ worker: 'shared', ...change });
  const sessions = await createSharedSessions(contracts, url, { ...sessionLimits, onChange });
  return { sessions, onFlush: () => {}, end: sessions.close };
}
