import { messageOf, useLoaded, useShared } from '../control/context.js';
import type { Entry, Headers, Operation, Violation } from '../control/types.js';
import { BodyView } from '../parts/body-view.js';
import { CopyButton } from '../parts/copy-button.js';
import { Notice } from '../parts/notice.js';
import { Code } from '../parts/scrollable.js';
import { Method, Status } from '../parts/status.js';
import { asCurl, asFetch, sendRequest } from '../request.js';
import { linkTo } from '../route.js';
import { reasonOf } from './reason.js';
import { replayOf } from './replay.js';

/** A request with its reply, and why that was chosen. */
export function EntryView({ number }: { number: number }) {
  const { client } = useShared();
  const { value, error } = useLoaded(
    async (signal) => {
      const entry = await client.get<Entry>(`journal/${number}`, signal);
      return { entry, operation: await operationOf(entry) };
    },
    [client, number],
  );
  const operationOf = async ({ api, operation }: Entry): Promise<Operation | undefined> => {
    if (api === undefined || operation === undefined) return undefined;
    const path = `apis/${encodeURIComponent(api)}/operations/${encodeURIComponent(operation)}`;
    return client.get<Operation>(path).catch(() => undefined);
  };
  if (error !== undefined) return <Notice kind="error">{error}</Notice>;
  if (!value) return <p class="quiet">Loading…</p>;
  const { entry, operation } = value;
  const { request, response, verdict, violations = [], api, time, duration } = entry;
  const inBody = violations.filter(({ location }) => location === 'body');
  return (
    <article aria-labelledby="entry">
      <h2 id="entry">
        <Method method={request.method} /> <span class="url">{request.url}</span> <Status status={response.status} />
      </h2>
      <dl>
        <dt>Operation</dt>
        <dd>
          {api !== undefined && entry.operation !== undefined ? (
            <a href={linkTo('apis', api, entry.operation)}>
              {entry.operation} of {api}
            </a>
          ) : (
            'none that is documented'
          )}
        </dd>
        <dt>Verdict</dt>
        <dd>
          <span class={`verdict ${verdict}`}>{verdict}</span>
        </dd>
        <dt>Reply</dt>
        <dd>{reasonOf(entry)}</dd>
        <dt>When</dt>
        <dd>
          {new Date(time).toLocaleString()}, in {duration} ms
        </dd>
      </dl>
      <Actions entry={entry} operation={operation} />
      {violations.length > 0 && <Violations violations={violations} />}
      <h3>Request</h3>
      <HeaderList label="Request headers" headers={request.headers} />
      <BodyView label="Request body" body={request.body} violations={inBody} />
      <h3>Reply</h3>
      <HeaderList label="Reply headers" headers={response.headers} />
      <BodyView label="Reply body" body={response.body} />
    </article>
  );
}

function Actions({ entry, operation }: { entry: Entry; operation: Operation | undefined }) {
  const { tell } = useShared();
  const replay = replayOf(entry, operation, location.origin);
  if ('why' in replay) return <p class="quiet">It can't be sent again: {replay.why}.</p>;
  const send = async () => {
    try {
      const { status, isHidden } = await sendRequest(replay.request);
      tell(`Replayed: ${isHidden ? 'a redirect' : status}`);
    } catch (error) {
      tell(`The browser could not send it: ${messageOf(error)}`);
    }
  };
  return (
    <p class="actions">
      <button type="button" class="primary" onClick={send}>
        Replay
      </button>
      <CopyButton what="curl" text={() => asCurl(replay.request)} />
      <CopyButton what="fetch" text={() => asFetch(replay.request)} />
    </p>
  );
}

function Violations({ violations }: { violations: readonly Violation[] }) {
  return (
    <ul class="violations" aria-label="Violations">
      {violations.map(({ location, pointer, keyword, message }) => (
        <li key={`${location} ${pointer} ${keyword} ${message}`}>
          <code>
            {location}
            {pointer}
          </code>{' '}
          {message} <span class="quiet">{keyword}</span>
        </li>
      ))}
    </ul>
  );
}

function HeaderList({ label, headers }: { label: string; headers: Headers | undefined }) {
  if (!headers) return <p class="quiet">Headers and body are kept no more.</p>;
  const pairs = Object.entries(headers).flatMap(([name, value]) => [value].flat().map((one) => `${name}: ${one}`));
  return (
    <details>
      <summary>
        {pairs.length} header{pairs.length === 1 ? '' : 's'}
      </summary>
      <Code label={label}>{pairs.join('\n')}</Code>
    </details>
  );
}
