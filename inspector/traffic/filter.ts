import type { Entry } from '../control/types.js';

export interface TrafficFilter {
  /** Words, each of which must be somewhere in the method, URL, operation, status, reason or example. */
  readonly text: string;
  readonly verdict: '' | Entry['verdict'];
  /** The first digit of the status. */
  readonly statusClass: string;
}

export const noFilter: TrafficFilter = { text: '', verdict: '', statusClass: '' };

export function matching({ text, verdict, statusClass }: TrafficFilter): (entry: Entry) => boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return (entry) => {
    if (verdict !== '' && entry.verdict !== verdict) return false;
    if (statusClass !== '' && !String(entry.response.status).startsWith(statusClass)) return false;
    if (words.length === 0) return true;
    const { request, response, api = '', operation = '', reason, example = '' } = entry;
    const all =
      `${request.method} ${request.url} ${api} ${operation} ${response.status} ${reason} ${example}`.toLowerCase();
    return words.every((word) => all.includes(word));
  };
}
