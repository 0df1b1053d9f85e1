import { useEffect, useMemo, useState } from 'preact/hooks';
import { messageOf, useLoaded, useShared } from '../control/context.js';
import type { Coverage } from '../control/types.js';
import { Notice } from '../parts/notice.js';
import { Path } from '../parts/path.js';
import { Scrollable } from '../parts/scrollable.js';
import { linkTo } from '../route.js';
import { readContractReport, rowsOfReport } from './contract-report.js';
import { type CoverageRow, isGood, isWhole, type Mark, rowsOfTraffic, type StatusCell, statusesOf } from './rows.js';

interface Report {
  readonly name: string;
  readonly matrix: ReturnType<typeof readContractReport>;
}

/** Counts are read again this long after something came. */
const patienceMs = 500;

/** What of the documents was met, by traffic or by a contract run. */
export function CoverageView({ news }: { news: number }) {
  const { client, tell } = useShared();
  const [turn, setTurn] = useState(0);
  const settled = useSettled(news);
  const { value, error } = useLoaded((signal) => client.get<Coverage>('coverage', signal), [client, settled, turn]);
  const [report, setReport] = useState<Report>();
  const [isReport, setIsReport] = useState(false);
  const [wrong, setWrong] = useState<string>();
  const [isOver, setOver] = useState(false);
  const [onlyMissing, setOnlyMissing] = useState(false);

  const read = async (file: File | undefined) => {
    if (!file) return;
    try {
      setReport({ name: file.name, matrix: readContractReport(await file.text()) });
      setIsReport(true);
      setWrong(undefined);
      tell(`Shows the contract run of ${file.name}`);
    } catch (reason) {
      setWrong(`${file.name}: ${messageOf(reason)}`);
    }
  };
  const clear = async () => {
    await client.send('DELETE', 'coverage').catch((reason: unknown) => tell(messageOf(reason)));
    setTurn((before) => before + 1);
    tell('Counts from nothing again');
  };
  const rows = useMemo(() => {
    if (!value) return [];
    return isReport && report ? rowsOfReport(report.matrix, value) : rowsOfTraffic(value);
  }, [value, report, isReport]);
  const apis = [...new Set(rows.map(({ api }) => api))];

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a file can be chosen as well as dropped
    <div
      class={isOver ? 'drop over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        read(event.dataTransfer?.files[0]);
      }}
    >
      <h1>Coverage</h1>
      <div class="bar">
        <fieldset class="inline">
          <legend>Met by</legend>
          <label>
            <input type="radio" name="by" checked={!isReport} onChange={() => setIsReport(false)} /> traffic
          </label>
          <label>
            <input type="radio" name="by" checked={isReport} disabled={!report} onChange={() => setIsReport(true)} />{' '}
            contract run {report?.name}
          </label>
        </fieldset>
        <label class="button">
          Open contract report…
          <input
            type="file"
            accept=".json,application/json"
            onChange={({ currentTarget }) => {
              read(currentTarget.files?.[0]);
              currentTarget.value = '';
            }}
          />
        </label>
        <label>
          <input type="checkbox" checked={onlyMissing} onChange={() => setOnlyMissing(!onlyMissing)} /> only what is
          missing
        </label>
        <button type="button" onClick={clear}>
          Clear counts
        </button>
      </div>
      <p class="quiet">The JSON report of a contract run can be dropped anywhere here.</p>
      {wrong !== undefined && <Notice kind="error">{wrong}</Notice>}
      {error !== undefined && <Notice kind="error">{error}</Notice>}
      <Shares rows={rows} />
      {apis.map((api) => (
        <Matrix key={api} api={api} rows={rows.filter((row) => row.api === api && !(onlyMissing && isWhole(row)))} />
      ))}
    </div>
  );
}

/** A number once it has stood still for a while, or every while as long as it does not. */
function useSettled(news: number): number {
  const [settled, setSettled] = useState(news);
  const isBehind = settled !== news;
  useEffect(() => {
    if (!isBehind) return;
    const timer = setTimeout(() => setSettled(news), patienceMs);
    return () => clearTimeout(timer);
  }, [isBehind, settled]);
  return settled;
}

function Shares({ rows }: { rows: readonly CoverageRow[] }) {
  const cells = rows.flatMap((row) => row.cells);
  const marks = {
    operations: rows.map((row): Mark => row.cells.find(({ mark }) => isGood(mark))?.mark ?? { kind: 'never met' }),
    statuses: cells.map(({ mark }) => mark),
    examples: cells.flatMap(({ examples }) => examples.map(({ mark }) => mark)),
  };
  return (
    <dl class="shares">
      {Object.entries(marks).map(([name, all]) => {
        const good = all.filter(isGood).length;
        return (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <meter aria-label={name} min={0} max={Math.max(1, all.length)} value={good} /> {good} of {all.length}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

function Matrix({ api, rows }: { api: string; rows: readonly CoverageRow[] }) {
  const statuses = statusesOf(rows);
  if (rows.length === 0) return null;
  return (
    <Scrollable label={`Coverage of ${api}`}>
      <table class="matrix">
        <caption>{api}</caption>
        <thead>
          <tr>
            <th scope="col">Operation</th>
            {statuses.map((status) => (
              <th scope="col" key={status}>
                {status}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, label, cells }) => (
            <tr key={id}>
              <th scope="row">
                <a href={linkTo('apis', api, id)}>
                  <Path path={label} />
                </a>
              </th>
              {statuses.map((status) => (
                <Cell key={status} cell={cells.find((one) => one.status === status)} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scrollable>
  );
}

function Cell({ cell }: { cell: StatusCell | undefined }) {
  if (!cell) return <td class="none" />;
  return (
    <td class={classOf(cell.mark)}>
      <MarkText mark={cell.mark} />
      {cell.examples.length > 0 && (
        <ul>
          {cell.examples.map(({ name, mark }) => (
            <li key={name} class={classOf(mark)}>
              {name} <MarkText mark={mark} />
            </li>
          ))}
        </ul>
      )}
    </td>
  );
}

const classOf = ({ kind }: Mark) => (kind === 'violated' ? 'bad' : isGoodKind(kind) ? 'good' : 'missing');
const isGoodKind = (kind: Mark['kind']) => kind === 'met' || kind === 'proved';
const signs = { met: '✓', proved: '✓', violated: '✗', 'never met': '–', 'not provokable': '–' } as const;

function MarkText({ mark }: { mark: Mark }) {
  const why = 'why' in mark ? mark.why : undefined;
  return (
    <span class="mark" title={why}>
      <span aria-hidden="true">{signs[mark.kind]}</span> {mark.kind === 'met' ? `met ${mark.requests}×` : mark.kind}
    </span>
  );
}
