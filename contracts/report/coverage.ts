import type { InputRow } from './inputs.js';
import type { MatrixRow } from './matrix.js';
import type { Coverage, Share } from './run-report.js';

/** What was proved of what is documented. What can't be provoked counts as not proved. */
export function coverageOf(matrix: readonly MatrixRow[], inputs: readonly InputRow[]): Coverage {
  const documented = matrix.filter(({ isDocumented }) => isDocumented);
  const statuses = share(documented);
  const mediaTypes = documented.flatMap((row) => row.mediaTypes);
  const keywords = inputs.flatMap((row) => row.keywords);
  return {
    percent: statuses.documented === 0 ? 100 : Math.floor((1000 * statuses.proved) / statuses.documented) / 10,
    statuses,
    mediaTypes: share(mediaTypes),
    examples: share(mediaTypes.flatMap(({ examples }) => examples)),
    parameters: {
      proved: inputs.filter((row) => row.keywords.length > 0 && share(row.keywords).proved === row.keywords.length)
        .length,
      documented: inputs.filter((row) => row.keywords.length > 0).length,
    },
    keywords: share(keywords),
  };
}

function share(rows: readonly { readonly verdict: string }[]): Share {
  return { proved: rows.filter(({ verdict }) => verdict === 'proved').length, documented: rows.length };
}
