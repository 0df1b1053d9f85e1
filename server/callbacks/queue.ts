/** Runs tasks, few at a time for each receiver. Rejects with why where one is not run, or with what it rejects with. */
type Queue = <T>(receiver: string, task: () => Promise<T>) => Promise<T>;

export interface QueueOptions {
  /** Tasks under way at a time for one receiver; others wait. */
  readonly openMax: number;
  /** Tasks that may wait for one receiver. */
  readonly waitingMax: number;
  /** What has waited longer, when its turn comes, is not run; milliseconds. */
  readonly patienceMs: number;
  /** A clock, in milliseconds. */
  readonly now?: () => number;
}

interface Line {
  open: number;
  readonly waiting: (() => void)[];
}

/** A receiver that is slow, or dead, holds up no other, and what waits for it is bounded. */
export function createQueue({ openMax, waitingMax, patienceMs, now = () => performance.now() }: QueueOptions): Queue {
  const lines = new Map<string, Line>();
  const end = (receiver: string, line: Line) => {
    const next = line.waiting.shift();
    if (next) return next();
    line.open--;
    if (line.open === 0) lines.delete(receiver);
  };
  return async (receiver, task) => {
    const line: Line = lines.get(receiver) ?? { open: 0, waiting: [] };
    lines.set(receiver, line);
    if (line.open < openMax) line.open++;
    else if (line.waiting.length >= waitingMax) throw new Error(`${waitingMax} others wait for this receiver already`);
    else {
      const since = now();
      await new Promise<void>((resolve) => line.waiting.push(resolve));
      if (now() - since > patienceMs) {
        end(receiver, line);
        throw new Error(`others for this receiver took more than ${patienceMs} ms`);
      }
    }
    try {
      return await task();
    } finally {
      end(receiver, line);
    }
  };
}
