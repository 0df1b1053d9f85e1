import type { ServerResponse } from 'node:http';
import { pipeline, Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { constants, createBrotliCompress, createDeflate, createGzip } from 'node:zlib';
import type { Coding } from './content-coding.js';

interface StreamOptions {
  /** Between two items; 0 for as fast as the client reads. */
  readonly intervalMs: number;
  readonly coding: Coding | undefined;
}

/** Writes items one after the other, each as a chunk of its own, until there are no more or the client has gone. */
export function writeItems(
  response: ServerResponse,
  items: readonly Buffer[],
  { intervalMs, coding }: StreamOptions,
): void {
  const left = new AbortController();
  response.once('close', () => left.abort());
  const source = Readable.from(paced(items, intervalMs, left.signal));
  // What goes wrong is that nobody listens any more; there is nobody to tell.
  const over = () => {};
  if (coding) pipeline(source, coderOf(coding), response, over);
  else pipeline(source, response, over);
}

async function* paced(items: readonly Buffer[], intervalMs: number, signal: AbortSignal): AsyncGenerator<Buffer> {
  for (const [index, item] of items.entries()) {
    if (index > 0 && intervalMs > 0) {
      try {
        await setTimeout(intervalMs, undefined, { signal });
      } catch {
        return;
      }
    }
    yield item;
  }
}

/** Each item can be read before the next comes. */
function coderOf(coding: Coding) {
  switch (coding) {
    case 'gzip':
      return createGzip({ flush: constants.Z_SYNC_FLUSH });
    case 'deflate':
      return createDeflate({ flush: constants.Z_SYNC_FLUSH });
    case 'br':
      return createBrotliCompress({
        flush: constants.BROTLI_OPERATION_FLUSH,
        params: { [constants.BROTLI_PARAM_QUALITY]: 5 },
      });
  }
}
