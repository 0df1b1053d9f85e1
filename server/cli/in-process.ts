import { type Contract, compileAll } from '../contract/index.js';
import { loadDescriptions } from '../documents/index.js';
import { createMemorySessions, createSharedSessions, type Standin, serveContracts } from '../standin.js';
import { openStateFile } from '../state/index.js';
import { lineOf } from './delivery.js';
import { listen } from './listen.js';
import { createObservers } from './observe.js';
import { readHandlers } from './read-handlers.js';
import { tellOf } from './shared-state.js';
import { stopOnSignal } from './signals.js';
import { announce, diagnosticsOf } from './summary.js';
import type { WorkerSetup } from './worker-setup.js';
import type { WorkersOptions } from './workers.js';

interface InProcessOptions extends Omit<WorkersOptions, 'count'> {
  readonly watch: boolean;
}

/** Serves from this process alone, until it is told to stop. */
export async function mockInProcess(
  setup: WorkerSetup,
  { sessionLimits, state, stateFile, watch }: InProcessOptions,
): Promise<void> {
  const { reading, address, serving, control, handlers, observation } = setup;
  const { documents, ...options } = reading;
  const load = () => compileAll(loadDescriptions(documents, options));
  let contracts: readonly Contract[] = load();
  const current = () => contracts;
  const file = stateFile === undefined ? undefined : openStateFile(stateFile, tellError);
  const shared =
    state === undefined
      ? undefined
      : await createSharedSessions(contracts, state, { ...sessionLimits, onChange: tellOf(state) });
  const sessions = shared ?? createMemorySessions(current, sessionLimits, file);
  const { observers, metrics, close } = await createObservers(observation, { contracts: current, sessions });

  const open = async (those: readonly Contract[], time: number): Promise<Standin> =>
    serveContracts(those, {
      ...serving,
      // What is made up from now on must differ from what was made up before, and is there still.
      ...(serving.seed !== undefined && time > 0 && { seed: `${serving.seed} again ${time}` }),
      sessions,
      observers,
      onDelivery: (delivery) => process.stderr.write(lineOf(delivery)),
      ...(handlers !== undefined && { handlers: await readHandlers(handlers, time) }),
    });

  let api = await open(contracts, 0);
  const running = await listen({ api: () => api, control, metrics }, address);
  const watching = watch
    ? await (await import('./watch/watch-documents.js')).watchDocuments({
        documents,
        overlays: options.overlays ?? [],
        handlers,
        contracts,
        load,
        tell: (text) => (observation.log === 'json' ? process.stderr : process.stdout).write(text),
        replace: async (next, time) => {
          const opened = await open(next, time);
          const previous = api;
          contracts = next;
          api = opened;
          await previous.recorder?.flush();
          return sessions;
        },
      })
    : undefined;
  const end = async () => {
    await watching?.close();
    await running.close();
    await api.recorder?.flush();
    await shared?.close();
    await file?.close();
    await close();
  };
  stopOnSignal({ close: end });
  announce(observation.log, contracts, running.url, { control, watch, documents });
  for (const contract of contracts) process.stderr.write(await diagnosticsOf(contract));
}

const tellError = (error: unknown) => process.stderr.write(`${(error as Error).message}\n`);
