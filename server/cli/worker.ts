import cluster from 'node:cluster';
import { compileAll } from '../contract/index.js';
import { loadDescriptions } from '../documents/index.js';
import type { RunningServer } from '../http/index.js';
import { serveContracts } from '../standin.js';
import { createRemoteSessions } from '../state/index.js';
import { lineOf } from './delivery.js';
import { exitCode, Failure } from './exit.js';
import { listen } from './listen.js';
import { readHandlers } from './read-handlers.js';
import { isWorkerMessage, type WorkerMessage, type WorkerSetup } from './worker-setup.js';

// The entry point of a worker: it answers requests, and asks the primary process for all that is remembered.
let running: Promise<RunningServer> | undefined;
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

async function start({ reading, address, serving, control, handlers }: WorkerSetup): Promise<RunningServer> {
  const { documents, ...options } = reading;
  const { sessions, onFlush } = createRemoteSessions({
    send: (message) => process.send?.(message),
    onMessage: (listener) => process.on('message', listener),
  });
  const { seed } = serving;
  const api = serveContracts(compileAll(loadDescriptions(documents, options)), {
    ...serving,
    sessions,
    onDelivery: (delivery) => process.stderr.write(lineOf(delivery)),
    // Workers that made the same identities would be in each other's way.
    ...(handlers !== undefined && { handlers: await readHandlers(handlers) }),
    ...(seed !== undefined && { seed: `${seed} worker ${cluster.worker?.id}` }),
  });
  onFlush(async () => api.recorder?.flush());
  return listen(api, address, control);
}
