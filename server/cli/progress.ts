/** How far a long work is. */
export interface Progress {
  /** The next part begins. */
  readonly tell: (part: string) => void;
  /** Takes it away. */
  readonly end: () => void;
}

/** Less than this is done before anybody asks how far it is. */
const fewest = 3;

/** A bar on standard error where that is a terminal; elsewhere nothing. */
export async function showProgress(parts: number): Promise<Progress | undefined> {
  if (!process.stderr.isTTY || parts < fewest) return undefined;
  const { SingleBar, Presets } = (await import('cli-progress')).default;
  const format = '{bar} {value}/{total} {part}';
  const bar = new SingleBar(
    { format, stream: process.stderr, clearOnComplete: true, hideCursor: true },
    Presets.shades_classic,
  );
  bar.start(parts, 0, { part: '' });
  return { tell: (part) => bar.increment({ part }), end: () => bar.stop() };
}
