import { useState } from 'preact/hooks';
import { useLoaded, useShared } from '../control/context.js';
import type { Api, Operation, Response } from '../control/types.js';
import { JsonView } from '../parts/body-view.js';
import { Notice } from '../parts/notice.js';
import { Code } from '../parts/scrollable.js';
import { Method, Status } from '../parts/status.js';
import { linkTo } from '../route.js';
import { ProblemsView } from './problems-view.js';
import { TryIt } from './try-it.js';

export function OperationView({ api, id }: { api: Api; id: string }) {
  const { client } = useShared();
  const { value: operation, error } = useLoaded(
    (signal) =>
      client.get<Operation>(`apis/${encodeURIComponent(api.name)}/operations/${encodeURIComponent(id)}`, signal),
    [client, api.name, id],
  );
  if (error !== undefined) return <Notice kind="error">{error}</Notice>;
  if (!operation) return <p class="quiet">Loading…</p>;
  const { method, path, summary, place, deprecated, collection, effect, limit } = operation;
  return (
    <article aria-labelledby="operation">
      <h1 id="operation">
        <Method method={method} /> {path}
      </h1>
      <p>
        {summary} {deprecated && <strong>Deprecated.</strong>} <code>{id}</code>{' '}
        {place !== undefined && <code class="quiet">{place}</code>}
      </p>
      <p class="quiet">
        {collection !== undefined && (
          <>
            Works on the collection <a href={linkTo('state', api.name, collection)}>{collection}</a> ({effect}).{' '}
          </>
        )}
        {limit && `At most ${limit.requests} requests in ${limit.seconds} s. `}
        <a href={linkTo('next', api.name, id)}>Force its next reply</a>
      </p>
      <ProblemsView api={api} within={operation.pointer} />
      <TryIt api={api} operation={operation} />
      <h2>Replies</h2>
      {operation.responses.map((response) => (
        <ResponseView key={response.status} response={response} />
      ))}
    </article>
  );
}

function ResponseView({ response: { status, description, headers, content } }: { response: Response }) {
  const [isOpen, setOpen] = useState(false);
  const count = content.reduce((sum, { examples }) => sum + examples.length, 0);
  return (
    <details class="reply" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        <Status status={status} /> {description}{' '}
        <span class="quiet">{content.length === 0 ? 'no body' : `${count} example${count === 1 ? '' : 's'}`}</span>
      </summary>
      {headers.length > 0 && <p class="quiet">Headers: {headers.join(', ')}</p>}
      {isOpen &&
        content.flatMap(({ mediaType, examples }) =>
          examples.map(({ name, summary, origin, isValid, pointer, value, text }) => (
            <section key={`${mediaType} ${pointer}`}>
              <h3>
                {name ?? 'Example'} <span class="quiet">{mediaType}</span>
              </h3>
              <p class="quiet">
                {summary} {origin === 'documented' ? '' : `(${origin === 'schema' ? 'from the schema' : 'made up'})`}{' '}
                {isValid === false && <strong>Its own schema refuses it.</strong>}
              </p>
              {text === undefined ? (
                <JsonView label={`${status} ${name ?? 'example'}`} value={value} />
              ) : (
                <Code label={`${status} ${name ?? 'example'}`}>{text}</Code>
              )}
            </section>
          )),
        )}
    </details>
  );
}
