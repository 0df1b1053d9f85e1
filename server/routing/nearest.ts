import { distance } from 'fastest-levenshtein';
import { type Contract, parsePathKey } from '../contract/index.js';

/** What of a longer path lies beyond this is not compared. */
const comparedMax = 500;

/**
 * The documented path that takes the fewest edits from `path`, with its contract's prefix; of that contract only,
 * where `path` names one. Of equally near ones, one without the base path of a server, and one that asks for the least.
 */
export function nearestPath(
  path: string,
  contracts: readonly Contract[],
  prefixOf: (contract: Contract) => string,
): string | undefined {
  const asked = path.slice(0, comparedMax);
  const named = contracts.filter((contract) => path.startsWith(`${prefixOf(contract)}/`));
  let nearest: { path: string; rank: readonly number[] } | undefined;
  for (const contract of named.length > 0 ? named : contracts) {
    for (const operation of contract.operations) {
      const { template, conditions } = parsePathKey(operation.path);
      for (const basePath of new Set(['', ...operation.servers.map((server) => server.basePath)])) {
        const above = `${prefixOf(contract)}${basePath}`;
        const edits = distance(fillParameters(`${above}${template}`, asked), asked);
        const found = { path: `${above}${operation.path}`, rank: [edits, basePath.length, conditions.length] };
        if (!nearest || precedes(found.rank, nearest.rank)) nearest = found;
      }
    }
  }
  return nearest?.path;
}

function precedes(left: readonly number[], right: readonly number[]): boolean {
  const at = left.findIndex((value, index) => value !== right[index]);
  return at !== -1 && (left[at] as number) < (right[at] as number);
}

/** Puts what the client wrote in place of the template's parameters, so that they do not count as edits. */
function fillParameters(template: string, path: string): string {
  const written = path.split('/');
  return template
    .split('/')
    .map((segment, index) => (segment.includes('{') ? written[index] || segment : segment))
    .join('/');
}
