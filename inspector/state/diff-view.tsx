import { diffItems, type ItemChange } from './diff.js';

interface DiffViewProps {
  readonly seed: readonly unknown[];
  readonly items: readonly unknown[];
  readonly itemKey: string;
}

const signs = { added: '+', removed: '−', changed: '~' } as const;

/** What clients have made of what the collection started with. */
export function DiffView({ seed, items, itemKey }: DiffViewProps) {
  const differences = diffItems(seed, items, itemKey);
  if (differences.length === 0) return <p>Nothing differs from the start.</p>;
  return (
    <ul class="diff" aria-label="Differences">
      {differences.map(({ key, kind, changes }) => (
        <li key={`${kind} ${key}`} class={kind}>
          <strong>
            {signs[kind]} {key}
          </strong>{' '}
          {kind}
          <ul>
            {changes.map((change) => (
              <Change key={change.pointer} change={change} />
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}

function Change({ change: { pointer, before, after } }: { change: ItemChange }) {
  return (
    <li>
      {pointer !== '' && <code>{pointer}</code>} {before !== undefined && <del>{JSON.stringify(before)}</del>}{' '}
      {after !== undefined && <ins>{JSON.stringify(after)}</ins>}
    </li>
  );
}
