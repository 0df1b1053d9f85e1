import type { Coverage } from '../control/types.js';

/** How something documented fared: met so often by traffic, or what a contract run says of it. */
export type Mark =
  | { readonly kind: 'met'; readonly requests: number }
  | { readonly kind: 'never met' }
  | { readonly kind: 'proved' | 'violated' | 'not provokable'; readonly why?: string };

export interface StatusCell {
  readonly status: string;
  readonly mark: Mark;
  readonly examples: readonly { readonly name: string; readonly mark: Mark }[];
}

export interface CoverageRow {
  readonly api: string;
  readonly id: string;
  /** `GET /users`; of a contract run the id alone, where the API is not served here. */
  readonly label: string;
  readonly cells: readonly StatusCell[];
}

const byRequests = (requests: number): Mark => (requests > 0 ? { kind: 'met', requests } : { kind: 'never met' });

/** What the traffic met. */
export function rowsOfTraffic({ apis }: Coverage): CoverageRow[] {
  return apis.flatMap(({ name: api, operations }) =>
    operations.map(({ id, method, path, responses }) => ({
      api,
      id,
      label: `${method} ${path}`,
      cells: responses.map(({ status, requests, content }) => ({
        status,
        mark: byRequests(requests),
        examples: merge(
          content.flatMap(({ examples }) =>
            examples.flatMap((example) =>
              example.name === undefined ? [] : [{ name: example.name, requests: example.requests }],
            ),
          ),
        ),
      })),
    })),
  );
}

/** An example of several media types is one. */
function merge(examples: readonly { readonly name: string; readonly requests: number }[]) {
  const sums = new Map<string, number>();
  for (const { name, requests } of examples) sums.set(name, (sums.get(name) ?? 0) + requests);
  return Array.from(sums, ([name, requests]) => ({ name, mark: byRequests(requests) }));
}

/** The statuses of all rows, in their order. */
export function statusesOf(rows: readonly CoverageRow[]): string[] {
  return [...new Set(rows.flatMap(({ cells }) => cells.map(({ status }) => status)))].sort((a, b) =>
    a === 'default' ? 1 : b === 'default' ? -1 : a < b ? -1 : 1,
  );
}

/** Whether all that is documented was met, or proved. */
export const isGood = ({ kind }: Mark) => kind === 'met' || kind === 'proved';

export function isWhole({ cells }: CoverageRow): boolean {
  return cells.every(({ mark, examples }) => isGood(mark) && examples.every((example) => isGood(example.mark)));
}
