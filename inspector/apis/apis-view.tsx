import { useState } from 'preact/hooks';
import { useLoaded, useShared } from '../control/context.js';
import type { Api, Operation } from '../control/types.js';
import { Notice } from '../parts/notice.js';
import { Path } from '../parts/path.js';
import { Side } from '../parts/side.js';
import { Method } from '../parts/status.js';
import { linkTo } from '../route.js';
import { OperationView } from './operation-view.js';
import { ProblemsView } from './problems-view.js';

/** What the documents promise: `#/apis/API`, `#/apis/API/OPERATION`. */
export function ApisView({ parts: [name, id] }: { parts: readonly string[] }) {
  const { apis } = useShared();
  const [filter, setFilter] = useState('');
  const api = apis.find((one) => one.name === name) ?? (apis.length === 1 ? apis[0] : undefined);
  return (
    <div class="columns">
      <Side label="Operations" chosen={id}>
        <label class="field">
          Filter operations{' '}
          <input type="search" value={filter} onInput={({ currentTarget: { value } }) => setFilter(value)} />
        </label>
        {apis.map((one) => (
          <ApiOperations
            key={one.name}
            api={one}
            filter={filter}
            isOpen={filter !== '' || apis.length <= 8 || one === api}
            chosen={one === api ? id : undefined}
          />
        ))}
      </Side>
      <div class="content">
        {api && id !== undefined && <OperationView key={`${api.name} ${id}`} api={api} id={id} />}
        {api && id === undefined && <ApiFront api={api} />}
        {!api && apis.map((one) => <ApiFront key={one.name} api={one} />)}
      </div>
    </div>
  );
}

interface ApiOperationsProps {
  readonly api: Api;
  readonly filter: string;
  readonly isOpen: boolean;
  readonly chosen: string | undefined;
}

function ApiOperations({ api, filter, isOpen, chosen }: ApiOperationsProps) {
  const { client } = useShared();
  const [wasOpened, setOpened] = useState(isOpen);
  const { value, error } = useLoaded(
    async (signal) =>
      wasOpened || isOpen
        ? (await client.get<{ operations: Operation[] }>(`apis/${encodeURIComponent(api.name)}/operations`, signal))
            .operations
        : undefined,
    [client, api.name, wasOpened || isOpen],
  );
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = value?.filter(({ id, method, path, summary = '' }) => {
    const all = `${api.name} ${id} ${method} ${path} ${summary}`.toLowerCase();
    return words.every((word) => all.includes(word));
  });
  if (words.length > 0 && shown?.length === 0) return null;
  return (
    <details open={isOpen} onToggle={() => setOpened(true)}>
      <summary>
        {api.title} <span class="quiet">{api.name}</span>
      </summary>
      {error !== undefined && <Notice kind="error">{error}</Notice>}
      <p>
        <a href={linkTo('apis', api.name)} aria-current={chosen === undefined ? undefined : 'false'}>
          Overview and problems <span class="unseen">of {api.title}</span>
        </a>
      </p>
      <ul class="operations">
        {shown?.map(({ id, method, path, summary, deprecated }) => (
          <li key={id}>
            <a href={linkTo('apis', api.name, id)} aria-current={chosen === id ? 'page' : undefined} title={summary}>
              <Method method={method} />{' '}
              <span class={deprecated ? 'deprecated' : undefined}>
                <Path path={path} />
              </span>
            </a>
          </li>
        ))}
      </ul>
    </details>
  );
}

function ApiFront({ api }: { api: Api }) {
  return (
    <section aria-labelledby={`api-${api.name}`}>
      <h1 id={`api-${api.name}`}>
        {api.title} <span class="quiet">{api.version}</span>
      </h1>
      <p>
        {api.operations} operation{api.operations === 1 ? '' : 's'}, from <code>{api.file}</code>, at{' '}
        <code>{`${location.origin}${api.path}`}</code>
      </p>
      <ProblemsView api={api} />
    </section>
  );
}
