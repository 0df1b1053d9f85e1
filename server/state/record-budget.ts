import type { RecordPage } from './record-page.js';

/** Takes the details from the oldest pages of journals when there are too many. */
export interface RecordBudget {
  readonly hold: (page: RecordPage) => void;
  /** Of a page that is gone anyway. */
  readonly release: (page: RecordPage) => void;
}

const entriesMax = 20_000;
/** In bytes, of all that journals keep. */
export const recordsSizeMax = 64 * 1024 * 1024;

/** Bounds what the journals of all sessions hold together: each is bounded by itself, but there may be many. */
export function createRecordBudget(): RecordBudget {
  /** In the order they came. */
  const held = new Set<RecordPage>();
  let count = 0;
  let size = 0;
  const release = (page: RecordPage) => {
    if (!held.delete(page)) return;
    count -= page.count;
    size -= page.size;
  };
  return {
    hold: (page) => {
      held.add(page);
      count += page.count;
      size += page.size;
      for (const oldest of held) {
        if (size <= recordsSizeMax && count <= entriesMax) return;
        release(oldest);
        oldest.dropDetails();
      }
    },
    release,
  };
}
