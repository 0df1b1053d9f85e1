import { isObject } from '../documents/index.js';

/** Entries of a journal that were written together. They may be kept in another form until somebody reads them. */
export interface RecordPage {
  readonly count: number;
  /** About what it takes, in bytes. */
  readonly size: number;
  /** The entries as data that JSON can hold. */
  readonly read: () => readonly unknown[];
  /** Lets go of what is long about them. */
  readonly dropDetails: () => void;
  /** Lets go of everything; nobody is going to read it. */
  readonly drop: () => void;
}

/** An entry; its details may be long, and go before it does. */
interface Detailed {
  details?: { readonly size: number } | undefined;
}

export function pageOf(entries: RecordPage | readonly unknown[]): RecordPage {
  if (!Array.isArray(entries)) return entries as RecordPage;
  const detailed = entries.filter(isDetailed);
  return {
    count: entries.length,
    size: detailed.reduce((sum, { details }) => sum + (details?.size ?? 0), 0),
    read: () => entries,
    dropDetails: () => {
      for (const entry of detailed) entry.details = undefined;
    },
    drop: () => {},
  };
}

/** The entries as data, to be sent elsewhere. */
export const entriesOf = (entries: RecordPage | readonly unknown[]): readonly unknown[] =>
  Array.isArray(entries) ? entries : (entries as RecordPage).read();

function isDetailed(entry: unknown): entry is Detailed {
  return isObject(entry) && isObject(entry.details) && typeof entry.details.size === 'number';
}
