import { pino } from 'pino';

/** Where lines go, without anybody waiting for them. */
export interface Sink {
  readonly write: (line: string) => void;
  /** Writes what waits, at once. */
  readonly close: () => void;
}

/** Lines that come together are written together: when there are so many bytes of them, or after so long. */
const togetherBytes = 8 * 1024;
const waitMs = 50;

/** Standard output. */
export function createSink(): Sink {
  const destination = pino.destination({ dest: 1, sync: false, minLength: togetherBytes });
  // Who reads standard output may go away; that is no reason to serve no longer.
  destination.on('error', () => {});
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    timer = undefined;
    destination.flush();
  };
  return {
    write: (line) => {
      destination.write(line);
      timer ??= setTimeout(flush, waitMs).unref();
    },
    close: () => {
      clearTimeout(timer);
      try {
        destination.flushSync();
      } catch {
        // It may have been closed before.
      }
    },
  };
}
