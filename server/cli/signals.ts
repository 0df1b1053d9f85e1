import { exitCode } from './exit.js';

/** The first signal lets open requests finish; a second one doesn't wait. */
export function stopOnSignal({ close }: { readonly close: () => Promise<unknown> }): void {
  let stopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(exitCode.failed);
      stopping = true;
      close().then(() => process.exit(exitCode.good));
    });
  }
}
