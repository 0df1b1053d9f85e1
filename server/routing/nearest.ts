import { distance } from 'fastest-levenshtein';
import type { Contract } from '../contract/index.js';

/** The documented path that takes the fewest edits from `path`, with its contract's prefix; of that contract only, where `path` names one. */
export function nearestPath(
  path: string,
  contracts: readonly Contract[],
  prefixOf: (contract: Contract) => string,
): string | undefined {
  const named = contracts.filter((contract) => path.startsWith(`${prefixOf(contract)}/`));
  let nearest: { path: string; edits: number } | undefined;
  for (const contract of named.length > 0 ? named : contracts) {
    for (const operation of contract.operations) {
      for (const basePath of new Set(['', ...operation.servers.map((server) => server.basePath)])) {
        const candidate = `${prefixOf(contract)}${basePath}${operation.path}`;
        const edits = distance(fillParameters(candidate, path), path);
        if (!nearest || edits < nearest.edits) nearest = { path: candidate, edits };
      }
    }
  }
  return nearest?.path;
}

/** Puts what the client wrote in place of the template's parameters, so that they do not count as edits. */
function fillParameters(template: string, path: string): string {
  const written = path.split('/');
  return template
    .split('/')
    .map((segment, index) => (segment.includes('{') ? (written[index] ?? segment) : segment))
    .join('/');
}
