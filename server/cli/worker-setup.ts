import type { Counted } from '../control/index.js';
import type { LoadOptions } from '../documents/index.js';
import type { Address } from '../http/index.js';
import type { StandinOptions } from '../standin.js';
import type { SessionLimits } from '../state/index.js';
import type { ControlSetup } from './control-options.js';
import type { Observation } from './observe.js';

/** How the documents are served, whether by one process or several. */
type Serving = Pick<StandinOptions, 'seed'> &
  Required<Pick<StandinOptions, 'bodyLimit' | 'streamInterval' | 'allowCallbacks' | 'webhooks' | 'journal'>>;

/** Where the workers find what they remember, without the primary. */
export interface SharedSetup {
  readonly url: string;
  readonly sessionLimits: SessionLimits;
}

/** What each worker is to serve, and where: sent to it as it starts. */
export interface WorkerSetup {
  readonly reading: LoadOptions & { readonly documents: readonly string[] };
  readonly address: Address;
  readonly serving: Serving;
  readonly control: ControlSetup;
  /** The module that has them: functions can't be sent. */
  readonly handlers: string | undefined;
  readonly observation: Observation;
  /** Where what is remembered is; absent: the primary has it. */
  readonly shared?: SharedSetup | undefined;
}

/** What the primary process tells its workers, and they it; messages of the store go the same way. */
export type WorkerMessage =
  | { readonly worker: 'started' }
  | { readonly worker: 'setup'; readonly setup: WorkerSetup }
  | { readonly worker: 'ready' }
  | { readonly worker: 'stop' }
  /** One wants what all of them have counted; each is asked for it, and says it; then that one gets it. */
  | { readonly worker: 'counts-wanted'; readonly request: number }
  | { readonly worker: 'count'; readonly request: number }
  | { readonly worker: 'counted'; readonly request: number; readonly counted: Counted }
  | { readonly worker: 'counts'; readonly request: number; readonly counted: readonly Counted[] }
  /** What is shared is away, or there again. */
  | { readonly worker: 'shared'; readonly isReady: boolean; readonly reason?: string }
  | { readonly worker: 'failed'; readonly reason: string; readonly exitCode: number };

export function isWorkerMessage(message: unknown): message is WorkerMessage {
  return typeof message === 'object' && message !== null && 'worker' in message;
}
