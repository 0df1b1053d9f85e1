import { useState } from 'preact/hooks';
import { messageOf, useLoaded, useShared } from '../control/context.js';
import type { Collection } from '../control/types.js';
import { Notice } from '../parts/notice.js';
import { Path } from '../parts/path.js';
import { saveFile } from '../parts/save-file.js';
import { Side } from '../parts/side.js';
import { linkTo } from '../route.js';
import { PartitionView } from './partition-view.js';

interface StateViewProps {
  readonly parts: readonly string[];
  readonly onReset: () => void;
}

/** What is remembered: `#/state/API/COLLECTION/SCOPE…`. */
export function StateView({ parts: [api, name, ...scope], onReset }: StateViewProps) {
  const { client, apis, tell } = useShared();
  const [turn, setTurn] = useState(0);
  const { value, error } = useLoaded(
    async (signal) => (await client.get<{ collections: Collection[] }>('collections', signal)).collections,
    [client, turn],
  );
  const again = () => setTurn((before) => before + 1);
  const attempt = async (work: () => Promise<string>) => {
    try {
      tell(await work());
      again();
    } catch (reason) {
      tell(messageOf(reason));
    }
  };
  const snapshot = () =>
    attempt(async () => {
      saveFile(await client.download('snapshot'), 'snapshot.json');
      return 'Saved snapshot.json';
    });
  const restore = (file: File) =>
    attempt(async () => {
      await client.send('PUT', 'snapshot', JSON.parse(await file.text()));
      return `Restored ${file.name}`;
    });
  const resetCollections = () =>
    attempt(async () => {
      await client.send('DELETE', 'collections');
      return 'All collections are back at their start';
    });
  const resetSession = () =>
    attempt(async () => {
      await client.send('POST', 'reset');
      onReset();
      return 'The session has begun anew';
    });

  const collection = value?.find((one) => one.api === api && one.collection === name);
  return (
    <>
      <h1>State</h1>
      <div class="bar">
        <button type="button" onClick={snapshot}>
          Snapshot
        </button>
        <label class="button">
          Restore…
          <input
            type="file"
            accept=".json,application/json"
            onChange={({ currentTarget }) => {
              const [file] = currentTarget.files ?? [];
              if (file) restore(file);
              currentTarget.value = '';
            }}
          />
        </label>
        <button type="button" onClick={resetCollections}>
          Reset all collections
        </button>
        <button type="button" onClick={resetSession}>
          Begin session anew
        </button>
      </div>
      {error !== undefined && <Notice kind="error">{error}</Notice>}
      <div class="columns">
        <Side label="Collections" chosen={collection && [api, name, ...scope].join('/')}>
          {value?.length === 0 && <p class="quiet">These documents have no collections.</p>}
          <ul class="operations">
            {value?.map((one) => (
              <CollectionLinks
                key={`${one.api} ${one.collection}`}
                collection={one}
                isOnlyApi={apis.length === 1}
                chosen={one === collection ? scope : undefined}
              />
            ))}
          </ul>
        </Side>
        <div class="content">
          {collection && scope.length === collection.scope.length && (
            <PartitionView
              key={[api, name, ...scope].join('/')}
              collection={collection}
              scope={scope}
              turn={turn}
              onChange={again}
            />
          )}
          {collection && scope.length < collection.scope.length && (
            <ScopeForm key={`${api} ${name}`} collection={collection} />
          )}
          {!collection && value && <p class="quiet">Choose a collection.</p>}
        </div>
      </div>
    </>
  );
}

interface CollectionLinksProps {
  readonly collection: Collection;
  readonly isOnlyApi: boolean;
  readonly chosen: readonly string[] | undefined;
}

function CollectionLinks({ collection, isOnlyApi, chosen }: CollectionLinksProps) {
  const { api, collection: name, scope, isInferred, partitions } = collection;
  const isChosen = (one: readonly string[]) => chosen !== undefined && one.join('/') === chosen.join('/');
  const [only] = partitions;
  return (
    <li>
      <a href={linkTo('state', api, name)} aria-current={isChosen([]) ? 'page' : undefined}>
        <Path path={isOnlyApi ? name : `${api} / ${name}`} />{' '}
        <span class="quiet">
          {scope.length > 0 ? `by ${scope.join(', ')}` : only ? `${only.items}` : ''}
          {isInferred ? ' inferred' : ''}
        </span>
      </a>
      {scope.length > 0 && partitions.length > 0 && (
        <ul>
          {partitions.map((one) => (
            <li key={one.scope.join('/')}>
              <a
                href={linkTo('state', api, name, ...one.scope)}
                aria-current={isChosen(one.scope) ? 'page' : undefined}
              >
                {one.scope.join(', ')} <span class="quiet">{one.items}</span>
              </a>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

/** A collection that path parameters partition has one list of items for each of their values. */
function ScopeForm({ collection: { api, collection, scope } }: { collection: Collection }) {
  const [values, setValues] = useState<readonly string[]>(scope.map(() => ''));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        location.hash = linkTo('state', api, collection, ...values);
      }}
    >
      <h2>{collection}</h2>
      <p>It is kept apart for each value of these path parameters.</p>
      {scope.map((name, index) => (
        <label class="field" key={name}>
          {name}{' '}
          <input
            required
            value={values[index]}
            onInput={({ currentTarget: { value } }) => setValues(values.with(index, value))}
          />
        </label>
      ))}
      <button type="submit" class="primary">
        Show
      </button>
    </form>
  );
}
