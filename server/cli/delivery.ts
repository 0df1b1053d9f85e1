import type { Delivery } from '../callbacks/index.js';

/** One line of how a callback went. */
export function lineOf({ operation, callback, method, url, status, error }: Delivery): string {
  return `callback ${callback} of ${operation}: ${method} ${url} ${status === undefined ? `not delivered: ${error}` : `was answered ${status}`}\n`;
}
