import type { Outcome } from '../run/run-case.js';

/** Where progress is written; the shape of standard error. */
interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly write: (text: string) => unknown;
}

interface Progress {
  readonly tell: (outcome: Outcome) => void;
  /** Takes the line away for a moment, to write something else. */
  readonly clear: () => void;
  readonly end: () => void;
}

/** On a terminal, no more often than this. */
const frameMs = 100;

/** Elsewhere, a line each time that so much more of the whole is done, and no more often than this. */
const portion = 0.1;
const lineMs = 5000;

/** How far a run is, what came of it, and how long it will take still: one line on a terminal, few elsewhere. */
export function createProgress(
  stream: ProgressStream,
  total: number,
  now: () => number = () => performance.now(),
): Progress {
  const startedMs = now();
  let done = 0;
  let violated = 0;
  let notProvokable = 0;
  let toldMs = stream.isTTY ? Number.NEGATIVE_INFINITY : startedMs;
  let toldShare = 0;
  let isShown = false;

  const line = () => {
    const elapsedMs = now() - startedMs;
    const left = done > 0 ? formatDuration((elapsedMs / done) * (total - done)) : '?';
    const counts = [
      `${done}/${total} cases`,
      `${Math.floor((100 * done) / total)} %`,
      ...(violated > 0 ? [`${violated} violated`] : []),
      ...(notProvokable > 0 ? [`${notProvokable} not provokable`] : []),
    ];
    return `${counts.join(', ')}, ${done < total ? `${left} left` : `in ${formatDuration(elapsedMs)}`}`;
  };
  const clear = () => {
    if (isShown) stream.write('\r\u001b[K');
    isShown = false;
  };
  const onTerminal = ({ case: { operation, title } }: Outcome) => {
    if (now() - toldMs < frameMs) return;
    toldMs = now();
    const text = `${line()}  ${operation} ${title}`;
    stream.write(`\r\u001b[K${text.slice(0, Math.max(20, (stream.columns ?? 80) - 1))}`);
    isShown = true;
  };
  const elsewhere = () => {
    if (done === total || done / total < toldShare + portion || now() - toldMs < lineMs) return;
    toldMs = now();
    toldShare = Math.floor(done / total / portion) * portion;
    stream.write(`${line()}\n`);
  };
  return {
    tell: (outcome) => {
      done++;
      if (outcome.verdict === 'violated') violated++;
      if (outcome.verdict === 'not provokable') notProvokable++;
      if (stream.isTTY) onTerminal(outcome);
      else elsewhere();
    },
    clear,
    end: () => {
      clear();
      if (total > 0) stream.write(`${line()}\n`);
    },
  };
}

/** `45 s`, `3 min 20 s`, `1 h 5 min` */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}
