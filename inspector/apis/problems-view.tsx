import { useLoaded, useShared } from '../control/context.js';
import type { Api, DocumentProblem } from '../control/types.js';
import { Notice } from '../parts/notice.js';
import { Prose } from '../parts/prose.js';

interface Problems {
  readonly problems: readonly DocumentProblem[];
}

/** What `check` says of the document; of one operation, what is in it. */
export function ProblemsView({ api, within }: { api: Api; within?: string }) {
  const { client } = useShared();
  const { value, error } = useLoaded(
    (signal) => client.get<Problems>(`apis/${encodeURIComponent(api.name)}/problems`, signal),
    [client, api.name],
  );
  if (error !== undefined) return <Notice kind="error">{error}</Notice>;
  if (!value) return <p class="quiet">Checking the document…</p>;
  const isMeant = ({ pointer = '' }: DocumentProblem) =>
    within === undefined || pointer === within || pointer.startsWith(`${within}/`);
  const found = value.problems.filter(isMeant);
  if (found.length === 0) return within === undefined ? <p>The document has no open problems.</p> : null;
  return (
    <details class="problems" open={within === undefined || found.length < 6}>
      <summary>
        {found.length} open problem{found.length === 1 ? '' : 's'}
        {within === undefined ? '' : ' here'}
      </summary>
      <ul>
        {found.map(({ severity, rule, message, advice, place }) => (
          <li key={`${rule} ${place} ${message}`}>
            <span class={`severity ${severity}`}>{severity}</span> <Prose text={message} />
            {advice !== undefined && (
              <span class="quiet">
                ; <Prose text={advice} />
              </span>
            )}{' '}
            <code>{place}</code> <span class="quiet">{rule}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
