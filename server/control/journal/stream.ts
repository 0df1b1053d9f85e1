import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { corsHeaders } from '../../http/index.js';
import type { Recorded } from '../../state/index.js';
import type { EntryView } from './view.js';

/** What is between standin and its client may close connections that say nothing. */
const silenceMaxMs = 15_000;

/** It is asked this often whether the session goes on. */
const lookMs = 1_000;

interface Streaming {
  readonly view: (recorded: Recorded) => EntryView;
  readonly hasEnded: () => Promise<boolean>;
}

/** Writes entries as server-sent events (HTML §9.2), until there are no more of them or the client goes away. */
export async function streamEntries(
  response: ServerResponse,
  entries: AsyncIterable<Recorded | undefined>,
  { view, hasEnded }: Streaming,
): Promise<void> {
  response.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    ...corsHeaders(response.req.headers, []),
    vary: 'Origin',
  });
  response.write(': entries of the journal\n\n');
  let saidMs = performance.now();
  let lookedMs = saidMs;
  for await (const recorded of entries) {
    if (response.destroyed) return;
    if (!recorded && performance.now() - lookedMs >= lookMs) {
      if (await hasEnded()) break;
      lookedMs = performance.now();
    }
    const isSilent = !recorded && performance.now() - saidMs < silenceMaxMs;
    if (isSilent) continue;
    saidMs = performance.now();
    const text = recorded
      ? `id: ${recorded.number}\nevent: entry\ndata: ${JSON.stringify(view(recorded))}\n\n`
      : ': still here\n\n';
    if (!response.write(text)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
  }
  response.end();
}
