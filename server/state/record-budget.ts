import { isObject } from '../documents/index.js';

/** Takes note of an entry, and the `details` from the oldest ones that are too many. */
export type RecordBudget = (entry: unknown) => void;

/** An entry of a journal; its details may be long, and go before it does. */
export interface Detailed {
  details?: { readonly size: number } | undefined;
}

const entriesMax = 20_000;
const sizeMax = 64 * 1024 * 1024;

/** Bounds what the journals of all sessions hold together: each is bounded by itself, but there may be many. */
export function createRecordBudget(): RecordBudget {
  let held: Detailed[] = [];
  /** Before it nothing is held; the list is shortened now and then. */
  let first = 0;
  let size = 0;
  return (entry) => {
    if (!isDetailed(entry)) return;
    held.push(entry);
    size += entry.details?.size ?? 0;
    while (size > sizeMax || held.length - first > entriesMax) {
      const oldest = held[first++] as Detailed;
      size -= oldest.details?.size ?? 0;
      oldest.details = undefined;
    }
    if (first < entriesMax) return;
    held = held.slice(first);
    first = 0;
  };
}

function isDetailed(entry: unknown): entry is Detailed {
  return isObject(entry) && isObject(entry.details) && typeof entry.details.size === 'number';
}
