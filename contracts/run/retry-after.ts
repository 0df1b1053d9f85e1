import type { Answer } from './answer.js';

/** Seconds, or a date (RFC 9110 §10.2.3); a second where nothing is said. */
export function retryAfter({ headers }: Answer): number {
  const text = String(headers['retry-after'] ?? '');
  if (/^\d+$/.test(text)) return Number(text);
  const date = Date.parse(text);
  return Number.isNaN(date) ? 1 : Math.max(0, (date - Date.now()) / 1000);
}
