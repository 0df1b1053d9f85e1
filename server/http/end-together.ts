import type { ServerResponse } from 'node:http';

interface Ending {
  readonly response: ServerResponse;
  readonly body: Buffer | undefined;
}

let waiting: Ending[] = [];

/**
 * Ends a response together with all others that are decided in the same turn of the event loop. Under load a client is then
 * woken once for many answers, which costs less than waking it for each; where there is no other, it is ended right after.
 */
export function endTogether(response: ServerResponse, body: Buffer | undefined): void {
  if (waiting.length === 0) setImmediate(endAll);
  waiting.push({ response, body });
}

function endAll(): void {
  const all = waiting;
  waiting = [];
  for (const { response, body } of all) {
    if (!body) response.end();
    else if (body.length <= joinedMaxBytes) response.end(body.toString('latin1'), 'latin1');
    else response.end(body);
  }
}

/** Up to here it is faster to copy a body behind its head, and write both at once, than to write two buffers. */
const joinedMaxBytes = 16 * 1024;
