/** Runs tasks, few at a time for each receiver; `undefined` where so many wait already that it is refused. */
export type Queue = <T>(receiver: string, task: () => Promise<T>) => Promise<T> | undefined;

interface Line {
  open: number;
  readonly waiting: (() => void)[];
}

/**
 * A receiver that is slow, or dead, holds up no other. What is refused leaves nothing behind.
 *
 * @param openMax tasks under way at a time for one receiver.
 * @param allMax tasks under way or waiting, of all receivers together.
 */
export function createQueue(openMax: number, allMax: number): Queue {
  const lines = new Map<string, Line>();
  let all = 0;
  const end = (receiver: string, line: Line) => {
    all--;
    const next = line.waiting.shift();
    if (next) return next();
    line.open--;
    if (line.open === 0) lines.delete(receiver);
  };
  return (receiver, task) => {
    if (all >= allMax) return undefined;
    all++;
    const line: Line = lines.get(receiver) ?? { open: 0, waiting: [] };
    lines.set(receiver, line);
    const turn =
      line.open < openMax
        ? Promise.resolve(void line.open++)
        : new Promise<void>((resolve) => line.waiting.push(resolve));
    return turn.then(task).finally(() => end(receiver, line));
  };
}
