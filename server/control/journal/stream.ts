import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { corsHeaders } from '../../http/index.js';
import type { Recorded } from '../../state/index.js';
import { viewOf } from './view.js';

/** What is between standin and its client may close connections that say nothing. */
const silenceMaxMs = 15_000;

/** Writes entries as server-sent events (HTML §9.2), until there are no more of them or the client goes away. */
export async function streamEntries(
  response: ServerResponse,
  entries: AsyncIterable<Recorded | undefined>,
): Promise<void> {
  response.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    ...corsHeaders(response.req.headers, []),
    vary: 'Origin',
  });
  response.write(': entries of the journal\n\n');
  let saidMs = performance.now();
  for await (const recorded of entries) {
    if (response.destroyed) return;
    const isSilent = !recorded && performance.now() - saidMs < silenceMaxMs;
    if (isSilent) continue;
    saidMs = performance.now();
    const text = recorded
      ? `id: ${recorded.number}\nevent: entry\ndata: ${JSON.stringify(viewOf(recorded))}\n\n`
      : ': still here\n\n';
    if (!response.write(text)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
  }
  response.end();
}
