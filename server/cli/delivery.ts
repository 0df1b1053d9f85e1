import type { Delivery } from '../callbacks/index.js';

/** One line of how a callback or webhook went. */
export function lineOf({ operation, callback, webhook, method, url, ...outcome }: Delivery): string {
  const what = callback === undefined ? `webhook ${webhook}` : `callback ${callback}`;
  const to = url === undefined ? method : `${method} ${url}`;
  const note = outcome.note === undefined ? '' : ` (${outcome.note})`;
  return `${what}${operation === undefined ? '' : ` of ${operation}`}: ${to} ${wentBy(outcome)}${note}\n`;
}

function wentBy({ status, documented, error }: Pick<Delivery, 'status' | 'documented' | 'error'>): string {
  if (status === undefined) return `not delivered: ${error}`;
  return documented === false ? `was answered ${status}, which is not documented` : `was answered ${status}`;
}
