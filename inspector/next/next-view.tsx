import { useState } from 'preact/hooks';
import { messageOf, useLoaded, useShared } from '../control/context.js';
import type { Forced } from '../control/types.js';
import { Notice } from '../parts/notice.js';
import { linkTo } from '../route.js';
import { textOfCriterion } from './criterion.js';
import { ForceForm } from './force-form.js';

/** What is to be answered next: `#/next`, `#/next/API/OPERATION` with that chosen. */
export function NextView({ parts: [api, id], news }: { parts: readonly string[]; news: number }) {
  const { client, tell } = useShared();
  const [turn, setTurn] = useState(0);
  // Requests use forced replies up.
  const { value, error } = useLoaded(
    async (signal) => (await client.get<{ forced: Forced[] }>('forced', signal)).forced,
    [client, turn, news],
  );
  const again = () => setTurn((before) => before + 1);
  const remove = async (path: string, message: string) => {
    await client.send('DELETE', path).then(
      () => tell(message),
      (reason: unknown) => tell(messageOf(reason)),
    );
    again();
  };
  return (
    <>
      <h1>Next reply</h1>
      <ForceForm api={api} id={id} onForced={again} />
      <h2>Waiting to be used</h2>
      {error !== undefined && <Notice kind="error">{error}</Notice>}
      {value?.length === 0 && <p class="quiet">Nothing is forced: standin decides.</p>}
      {value && value.length > 0 && (
        <>
          <ul class="forced" aria-label="Forced replies">
            {value.map((forced) => (
              <li key={forced.id}>
                <a href={linkTo('apis', forced.api, forced.operation)}>
                  {forced.operation} of {forced.api}
                </a>{' '}
                gets {describe(forced)}{' '}
                <button
                  type="button"
                  aria-label={`Delete ${describe(forced)} of ${forced.operation}`}
                  onClick={() => remove(`forced/${encodeURIComponent(forced.id)}`, 'Deleted the forced reply')}
                >
                  Delete
                </button>
              </li>
            ))}
          </ul>
          <button type="button" onClick={() => remove('forced', 'Deleted all forced replies')}>
            Delete all
          </button>
        </>
      )}
    </>
  );
}

function describe({ status, example, delay, times, body, criteria }: Forced): string {
  const what = [status, example].filter((one) => one !== undefined).join(' ') || 'the usual reply';
  return [
    what,
    body === undefined ? '' : 'with a body of its own',
    delay === undefined || delay === 0 ? '' : `after ${delay} ms`,
    criteria ? `where ${criteria.map(textOfCriterion).join(' and ')}` : '',
    times === 'always' ? 'always' : times === 1 ? 'once' : `${times} times`,
  ]
    .filter(Boolean)
    .join(', ');
}
