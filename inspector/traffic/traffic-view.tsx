import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import { messageOf, useShared } from '../control/context.js';
import type { Entry } from '../control/types.js';
import type { Journal } from '../control/use-journal.js';
import { Notice } from '../parts/notice.js';
import { saveFile } from '../parts/save-file.js';
import { Method, Status } from '../parts/status.js';
import { VirtualList } from '../parts/virtual-list.js';
import { linkTo } from '../route.js';
import { EntryView } from './entry-view.js';
import { matching, noFilter, type TrafficFilter } from './filter.js';

interface TrafficViewProps {
  readonly parts: readonly string[];
  readonly journal: Journal;
  readonly onCleared: () => void;
}

const numberOf = ({ number }: Entry) => number;

/** What is asked and answered, as it happens: `#/traffic`, `#/traffic/NUMBER`. */
export function TrafficView({ parts, journal: { entries, isLive, error }, onCleared }: TrafficViewProps) {
  const { client, tell } = useShared();
  const [filter, setFilter] = useState(noFilter);
  const named = parts[0] === undefined ? undefined : Number(parts[0]);
  // The address follows, too late for keys that are held down.
  const [chosen, setChosen] = useState(named);
  useEffect(() => setChosen(named), [named]);
  const shown = useMemo(() => entries.filter(matching(filter)).reverse(), [entries, filter]);
  const choose = useCallback(({ number }: Entry) => {
    setChosen(number);
    // Arrow keys are not to fill the history.
    location.replace(linkTo('traffic', String(number)));
  }, []);
  const attempt = (work: () => Promise<void>) => work().catch((reason: unknown) => tell(messageOf(reason)));
  const clear = () =>
    attempt(async () => {
      await client.send('DELETE', 'journal');
      location.replace(linkTo('traffic'));
      onCleared();
      tell('Cleared the traffic');
    });
  const exportHar = () =>
    attempt(async () => {
      saveFile(await client.download('journal.har'), 'standin.har');
      tell('Exported standin.har');
    });

  return (
    <div class="traffic">
      <h1>Traffic</h1>
      <div class="bar">
        <Filter filter={filter} change={(changes) => setFilter((before) => ({ ...before, ...changes }))} />
        <span class="grow" />
        <span class="quiet" data-live={isLive}>
          {isLive ? '● live' : '○ not live'}
        </span>
        <span class="quiet">
          {shown.length} of {entries.length}
        </span>
        <button type="button" onClick={exportHar}>
          Export HAR
        </button>
        <button type="button" onClick={clear}>
          Clear
        </button>
      </div>
      {error !== undefined && <Notice kind="error">{error}</Notice>}
      <div class="columns" data-chosen={chosen !== undefined}>
        <div class="side wide">
          {entries.length === 0 && error === undefined && (
            <p class="quiet">No requests yet. What the APIs are asked is shown here as it comes.</p>
          )}
          <VirtualList
            label="Requests, newest first"
            items={shown}
            keyOf={numberOf}
            chosen={chosen}
            onChoose={choose}
            row={Row}
          />
        </div>
        <div class="content">
          {chosen === undefined ? (
            <p class="quiet">Choose a request to see why it got its reply.</p>
          ) : (
            <EntryView key={chosen} number={chosen} />
          )}
        </div>
      </div>
    </div>
  );
}

interface FilterProps {
  readonly filter: TrafficFilter;
  readonly change: (changes: Partial<TrafficFilter>) => void;
}

function Filter({ filter, change }: FilterProps) {
  return (
    <search class="bar">
      <label>
        Filter{' '}
        <input
          type="search"
          placeholder="POST users 201"
          value={filter.text}
          onInput={({ currentTarget: { value } }) => change({ text: value })}
        />
      </label>
      <label>
        Verdict{' '}
        <select
          value={filter.verdict}
          onChange={({ currentTarget: { value } }) => change({ verdict: value as TrafficFilter['verdict'] })}
        >
          <option value="">any</option>
          <option>valid</option>
          <option>invalid</option>
          <option>undocumented</option>
        </select>
      </label>
      <label>
        Status{' '}
        <select value={filter.statusClass} onChange={({ currentTarget: { value } }) => change({ statusClass: value })}>
          <option value="">any</option>
          {['2', '3', '4', '5'].map((digit) => (
            <option key={digit} value={digit}>{`${digit}XX`}</option>
          ))}
        </select>
      </label>
    </search>
  );
}

function Row({ time, request: { method, url }, response: { status }, operation, verdict, reason }: Entry) {
  return (
    <>
      <time dateTime={time}>{new Date(time).toLocaleTimeString(undefined, { hourCycle: 'h23' })}</time>
      <Method method={method} />
      <span class="url">{url}</span>
      <Status status={status} />
      <span class={`verdict ${verdict}`}>{verdict}</span>
      <span class="quiet reason">{reason}</span>
      <span class="quiet operation">{operation}</span>
    </>
  );
}
