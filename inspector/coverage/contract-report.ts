import type { Coverage } from '../control/types.js';
import type { CoverageRow, Mark } from './rows.js';

type Verdict = 'proved' | 'violated' | 'not provokable';

/** What of a contract run's JSON report is read here; `mediaTypes` some of them lack. */
interface MatrixRow {
  readonly api: string;
  readonly operation: string;
  readonly status: string;
  readonly verdict: Verdict;
  readonly isDocumented?: boolean;
  readonly why?: readonly string[];
  readonly mediaTypes?: readonly {
    readonly examples?: readonly { readonly name: string; readonly verdict: Verdict }[];
  }[];
}

const verdicts: readonly unknown[] = ['proved', 'violated', 'not provokable'];

/**
 * The matrix of a contract run's report, from a text.
 *
 * @throws Error where it is none
 */
export function readContractReport(text: string): readonly MatrixRow[] {
  const report = parse(text);
  const matrix = (report as { matrix?: unknown } | null)?.matrix;
  if (!Array.isArray(matrix))
    throw new Error(
      'this is no report of a contract run: it has no "matrix"; npm run contract-test writes one, and standin test --report json=FILE',
    );
  for (const [index, row] of matrix.entries())
    if (!isRow(row))
      throw new Error(`/matrix/${index} is no row of a contract run: it needs api, operation, status and verdict`);
  return matrix;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`this is no JSON: ${(error as Error).message}`);
  }
}

function isRow(row: unknown): row is MatrixRow {
  const { api, operation, status, verdict } = (row ?? {}) as Record<string, unknown>;
  return [api, operation, status].every((one) => typeof one === 'string') && verdicts.includes(verdict);
}

/** The rows of a matrix, named by method and path where the API is served here. */
export function rowsOfReport(matrix: readonly MatrixRow[], { apis }: Coverage): CoverageRow[] {
  const labels = new Map<string, string>(
    apis.flatMap(({ name, operations }) =>
      operations.map(({ id, method, path }) => [`${name} ${id}`, `${method} ${path}`] as const),
    ),
  );
  const rows = new Map<string, CoverageRow & { cells: CoverageRow['cells'][number][] }>();
  for (const { api, operation: id, status, verdict, isDocumented = true, why = [], mediaTypes = [] } of matrix) {
    if (!isDocumented) continue;
    const name = `${api} ${id}`;
    const row = rows.get(name) ?? { api, id, label: labels.get(name) ?? id, cells: [] };
    rows.set(name, row);
    const examples = mediaTypes.flatMap((mediaType) => mediaType.examples ?? []);
    row.cells.push({
      status,
      mark: { kind: verdict, ...(why.length > 0 && { why: why.join('; ') }) },
      examples: worst(examples).map((example) => ({ name: example.name, mark: { kind: example.verdict } as Mark })),
    });
  }
  return [...rows.values()];
}

/** An example of several media types is one: what is violated anywhere is. */
function worst(examples: readonly { readonly name: string; readonly verdict: Verdict }[]) {
  const found = new Map<string, Verdict>();
  for (const { name, verdict } of examples) {
    const known = found.get(name);
    if (known === undefined || known === 'not provokable' || verdict === 'violated') found.set(name, verdict);
  }
  return Array.from(found, ([name, verdict]) => ({ name, verdict }));
}
