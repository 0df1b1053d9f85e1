import {
  type Contract,
  essenceOf,
  isInRange,
  type Response,
  type ResponseMediaType,
} from '../../server/contract/index.js';
import type { Gap } from '../case.js';
import type { Outcome } from '../run/run-case.js';

/** One status of one operation, and what the cases say of it. */
export interface MatrixRow {
  readonly api: string;
  readonly operation: string;
  /** A documented response's key, or a status that is not documented. */
  readonly status: string;
  readonly isDocumented: boolean;
  readonly verdict: 'proved' | 'violated' | 'not provokable';
  readonly documented: Tally;
  readonly provoked: Tally;
  /** Why some of it is not provokable. */
  readonly why: readonly string[];
  /** What is documented below the status. */
  readonly mediaTypes: readonly MediaTypeRow[];
}

/** A media type of a status, and the examples that have names. */
export interface MediaTypeRow {
  readonly mediaType: string;
  readonly verdict: MatrixRow['verdict'];
  readonly examples: readonly { readonly name: string; readonly verdict: MatrixRow['verdict'] }[];
}

export interface Tally {
  readonly proved: number;
  readonly violated: number;
  readonly notProvokable: number;
}

/** Operation × status, in the order of the documents; undocumented statuses after the documented ones. */
export function createMatrix(
  contracts: readonly Contract[],
  outcomes: readonly Outcome[],
  gaps: readonly Gap[],
): MatrixRow[] {
  return contracts.flatMap((contract) =>
    contract.operations.flatMap((operation) => {
      const own = outcomes.filter(({ case: { api, operation: id } }) => api === contract.name && id === operation.id);
      const documented = operation.responses.map((response) => {
        const { status } = response;
        const mine = own.filter(({ case: { expect } }) => expect.response === status);
        const known = gaps.filter(
          (gap) => gap.api === contract.name && gap.operation === operation.id && gap.status === status,
        );
        return createRow(contract.name, operation.id, status, response, mine, known);
      });
      const others = new Map<string, Outcome[]>();
      for (const outcome of own.filter(({ case: { expect } }) => expect.response === undefined)) {
        const status = String(outcome.case.expect.status);
        others.set(status, [...(others.get(status) ?? []), outcome]);
      }
      const undocumented = [...others]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([status, mine]) => createRow(contract.name, operation.id, status, undefined, mine, []));
      return [...documented, ...undocumented];
    }),
  );
}

function createRow(
  api: string,
  operation: string,
  status: string,
  response: Response | undefined,
  outcomes: readonly Outcome[],
  gaps: readonly Gap[],
): MatrixRow {
  const tally = (kind: 'documented' | 'provoked'): Tally => {
    const count = (verdict: Outcome['verdict']) =>
      outcomes.filter(
        (outcome) => (outcome.case.kind === 'documented') === (kind === 'documented') && outcome.verdict === verdict,
      ).length;
    return { proved: count('proved'), violated: count('violated'), notProvokable: count('not provokable') };
  };
  const why = [...new Set([...outcomes.flatMap((outcome) => outcome.why ?? []), ...gaps.map((gap) => gap.why)])];
  return {
    api,
    operation,
    status,
    isDocumented: response !== undefined,
    verdict: verdictOf(outcomes),
    documented: tally('documented'),
    provoked: tally('provoked'),
    why,
    mediaTypes: (response?.content ?? []).map((mediaType) => createMediaTypeRow(mediaType, outcomes)),
  };
}

function createMediaTypeRow(
  { mediaType, exampleNames }: ResponseMediaType,
  outcomes: readonly Outcome[],
): MediaTypeRow {
  const mine = outcomes.filter((outcome) => isOf(mediaType, outcome));
  return {
    mediaType,
    verdict: verdictOf(mine),
    examples: exampleNames.map((name) => ({
      name,
      verdict: verdictOf(mine.filter((outcome) => outcome.case.example === name)),
    })),
  };
}

/** By what was answered; where nothing was, by what was to be. */
function isOf(mediaType: string, { answer, case: { expect } }: Outcome): boolean {
  const found = [answer?.headers['content-type'] ?? expect.mediaType ?? []].flat()[0];
  const essence = found === undefined ? undefined : essenceOf(found);
  if (essence === undefined) return false;
  return essence === mediaType || (mediaType.includes('*') && isInRange(essence, mediaType));
}

function verdictOf(outcomes: readonly Outcome[]): MatrixRow['verdict'] {
  for (const verdict of ['violated', 'proved'] as const)
    if (outcomes.some((outcome) => outcome.verdict === verdict)) return verdict;
  return 'not provokable';
}

/** The matrix as a table for people, or the rows of it that are wanted, with the sums of all below. */
export function formatMatrix(rows: readonly MatrixRow[], isListed: (row: MatrixRow) => boolean = () => true): string {
  const head = ['API', 'operation', 'status', 'verdict', 'by Prefer', 'provoked', 'note'];
  const cells = rows
    .filter(isListed)
    .map((row) => [
      row.api,
      row.operation,
      row.isDocumented ? row.status : `(${row.status})`,
      row.verdict,
      formatTally(row.documented),
      formatTally(row.provoked),
      note(row),
    ]);
  const widths = head.map((title, column) => Math.max(title.length, ...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  const table = cells.length > 0 ? [line(head), ...cells.map(line), ''] : [];
  return [...table, sums(rows)].join('\n');
}

/** Why there is less proof than there might be. */
function note({ verdict, provoked, why }: MatrixRow): string {
  if (verdict === 'not provokable') return why.join('; ');
  return provoked.proved + provoked.violated === 0 ? `only by Prefer: ${why.join('; ')}` : '';
}

function formatTally({ proved, violated, notProvokable }: Tally): string {
  const total = proved + violated + notProvokable;
  return total === 0 ? '-' : `${proved}/${total}`;
}

function sums(rows: readonly MatrixRow[]): string {
  const documented = rows.filter(({ isDocumented }) => isDocumented);
  const count = (verdict: MatrixRow['verdict']) => documented.filter((row) => row.verdict === verdict).length;
  const cases = (kind: 'documented' | 'provoked', part: keyof Tally) =>
    rows.reduce((sum, row) => sum + row[kind][part], 0);
  const all = (part: keyof Tally) => cases('documented', part) + cases('provoked', part);
  return (
    `${documented.length} documented statuses: ${count('proved')} proved, ${count('violated')} violated, ${count('not provokable')} not provokable\n` +
    `${all('proved') + all('violated') + all('notProvokable')} cases: ${all('proved')} proved, ${all('violated')} violated, ${all('notProvokable')} not provokable`
  );
}
