import { useState } from 'preact/hooks';
import { messageOf, useLoaded, useShared } from '../control/context.js';
import type { Collection, Partition } from '../control/types.js';
import { Notice } from '../parts/notice.js';
import { Scrollable } from '../parts/scrollable.js';
import { keyOfItem } from './diff.js';
import { DiffView } from './diff-view.js';
import { ItemEditor } from './item-editor.js';

interface PartitionViewProps {
  readonly collection: Collection;
  readonly scope: readonly string[];
  /** Loads it again when it changes. */
  readonly turn: number;
  readonly onChange: () => void;
}

/** More than this are shown when they are asked for. */
const pageSize = 200;
const columnsMax = 5;

/** The items of a collection, or of a part of it. */
export function PartitionView({ collection: { api, collection, key }, scope, turn, onChange }: PartitionViewProps) {
  const { client, tell } = useShared();
  const [edited, setEdited] = useState<string | undefined>();
  const [isDiff, setDiff] = useState(false);
  const [shownMax, setShownMax] = useState(pageSize);
  const base = `collections/${encodeURIComponent(api)}/${encodeURIComponent(collection)}`;
  const query = scope.map((value) => `scope=${encodeURIComponent(value)}`).join('&');
  const path = `${base}?${query}`;
  const { value, error } = useLoaded(
    async (signal) => {
      const [now, seed] = await Promise.all([
        client.get<Partition>(path, signal),
        client.get<Partition>(`${base}/seed?${query}`, signal),
      ]);
      return { items: now.items, seed: seed.items };
    },
    [client, path, turn],
  );
  if (error !== undefined) return <Notice kind="error">{error}</Notice>;
  if (!value) return <p class="quiet">Loading…</p>;
  const { items, seed } = value;

  /** Requests may have changed the collection since it was read: only what is meant is changed, in what is there now. */
  const change = async (message: string, make: (now: readonly unknown[]) => readonly unknown[]) => {
    const now = await client.get<Partition>(path);
    await client.send('PUT', path, { items: make(now.items) });
    setEdited(undefined);
    tell(message);
    onChange();
  };
  const save = (name: string, before: unknown) => (item: unknown) =>
    change(`Saved ${name}`, (now) => {
      const index = now.findIndex((one) => keyOfItem(one, key) === name);
      if (JSON.stringify(now[index]) !== JSON.stringify(before))
        throw new Error(`${name} was changed by a request meanwhile; cancel to see it as it is now`);
      return now.with(index, item);
    });
  const attempt = (work: Promise<void>) => work.catch((reason: unknown) => tell(messageOf(reason)));
  const remove = (name: string) =>
    attempt(change(`Deleted ${name}`, (now) => now.filter((one) => keyOfItem(one, key) !== name)));
  const reset = () =>
    attempt(
      client.send('DELETE', path).then(() => {
        tell(`${collection} is back at its start`);
        onChange();
      }),
    );

  const columns = columnsOf(items, key);
  return (
    <section aria-labelledby="partition">
      <h2 id="partition">
        {collection} <span class="quiet">{scope.join(', ')}</span>
      </h2>
      <div class="bar">
        <button type="button" aria-pressed={isDiff} onClick={() => setDiff(!isDiff)}>
          Diff against the start
        </button>
        <button type="button" class="primary" onClick={() => setEdited('')}>
          Add item
        </button>
        <button type="button" onClick={reset}>
          Reset collection
        </button>
      </div>
      {edited === '' && (
        <ItemEditor
          label="New item"
          item={template(items[0] ?? seed[0])}
          onCancel={() => setEdited(undefined)}
          onSave={(item) => change('Added an item', (now) => [...now, item])}
        />
      )}
      {isDiff && <DiffView seed={seed} items={items} itemKey={key} />}
      {!isDiff && items.length === 0 && <p class="quiet">There are no items.</p>}
      {!isDiff && items.length > 0 && (
        <Scrollable label={`Items of ${collection}`}>
          <table>
            <caption class="unseen">Items of {collection}</caption>
            <thead>
              <tr>
                <th scope="col">{key.slice(1)}</th>
                {columns.map((name) => (
                  <th scope="col" key={name}>
                    {name}
                  </th>
                ))}
                <th scope="col">Actions</th>
              </tr>
            </thead>
            <tbody>
              {items.slice(0, shownMax).map((item) => {
                const name = keyOfItem(item, key);
                return (
                  <tr key={name}>
                    <th scope="row">{name}</th>
                    {edited === name ? (
                      <td colSpan={columns.length + 1}>
                        <ItemEditor
                          label={`Item ${name}`}
                          item={item}
                          onCancel={() => {
                            setEdited(undefined);
                            onChange();
                          }}
                          onSave={save(name, item)}
                        />
                      </td>
                    ) : (
                      <>
                        {columns.map((column) => (
                          <td key={column}>{cell((item as Record<string, unknown>)[column])}</td>
                        ))}
                        <td class="actions">
                          <button type="button" aria-label={`Edit ${name}`} onClick={() => setEdited(name)}>
                            Edit
                          </button>
                          <button type="button" aria-label={`Delete ${name}`} onClick={() => remove(name)}>
                            Delete
                          </button>
                        </td>
                      </>
                    )}
                  </tr>
                );
              })}
            </tbody>
          </table>
          {items.length > shownMax && (
            <button type="button" onClick={() => setShownMax(shownMax + pageSize)}>
              Show {Math.min(pageSize, items.length - shownMax)} more of {items.length}
            </button>
          )}
        </Scrollable>
      )}
    </section>
  );
}

/** The first properties that items have, besides the key. */
function columnsOf(items: readonly unknown[], key: string): string[] {
  const names = new Set(items.slice(0, 50).flatMap((item) => Object.keys(item as object)));
  return [...names].filter((name) => `/${name}` !== key).slice(0, columnsMax);
}

function cell(value: unknown): string {
  const text = typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** What a new item may look like: as one that is there, so that only what differs is to be typed. */
const template = (item: unknown) => item ?? {};
