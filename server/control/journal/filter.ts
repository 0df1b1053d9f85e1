import type { JournalEntry } from './entry.js';
import { type Verdict, verdictOf } from './view.js';

/** What an entry must be like; what is left out may be anything. */
export interface JournalFilter {
  readonly api?: string;
  readonly operation?: string;
  readonly method?: string;
  readonly path?: string;
  readonly status?: string;
  readonly verdict?: Verdict;
}

export function createFilter({
  api,
  operation,
  method,
  path,
  status,
  verdict,
}: JournalFilter): (entry: JournalEntry) => boolean {
  const isPath = path === undefined ? undefined : patternOf(path);
  const isStatus = status === undefined ? undefined : new RegExp(`^${status.replace(/x/gi, '\\d')}$`);
  return (entry) =>
    (api === undefined || entry.api === api) &&
    (operation === undefined || entry.operation === operation) &&
    (method === undefined || entry.method === method.toUpperCase()) &&
    (isPath === undefined || isPath.test(entry.url.replace(/\?.*$/s, ''))) &&
    (isStatus === undefined || isStatus.test(String(entry.status))) &&
    (verdict === undefined || verdictOf(entry) === verdict);
}

function patternOf(path: string): RegExp {
  const parts = path.split(/\*+/).map((text) => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's');
}
